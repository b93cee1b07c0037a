"""Settings: ``LMS_*`` environment variables, read once, wrong ones named with their remedy."""

import base64
import binascii
import ipaddress
import math
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from lms_domain.schools.host import MAX_HOST_LENGTH

DEFAULT_PORT = 8000
MIN_SECRET_BYTES = 32
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.ASCII)


class SettingsError(Exception):
    """A setting is wrong. The text names the variable and says what to do; the process ends with exit code 2."""


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """DSNs by what they are for. The application works as ``app``, a role that row-level security binds."""

    app: str = field(repr=False)
    system: str = field(repr=False)
    owner: str = field(repr=False)
    direct: str = field(repr=False)
    """Bypasses a pooler: LISTEN and session locks. As the system role."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside. None as ``database``: the embedded server."""

    data_dir: Path
    port: int
    database: DatabaseUrls | None
    redis_url: str | None = field(repr=False)
    storage_url: str = field(repr=False)
    secret_keys: Mapping[str, bytes] = field(repr=False)
    """By key id; the first one signs, all verify."""
    platform_domain: str
    platform_name: str
    public_url: str
    """Scheme and port of links, such as ``https://lms.example`` or ``http://localhost:8000``."""
    trusted_proxies: tuple[str, ...]
    whisper_model: str
    model_dir: Path
    log_format: str
    """``json`` or ``text``."""
    lease_seconds: float
    """How long a worker may be silent before its step is given to another."""
    sweep_seconds: float
    """How often is looked for steps that are due but that nobody was told of."""

    @property
    def is_local(self) -> bool:
        """Whether this runs on somebody's own machine: plain http, and the demo's passwords are allowed."""
        return self.platform_domain == "localhost"

    @property
    def current_key(self) -> str:
        """The id of the key that signs."""
        return next(iter(self.secret_keys))


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; secrets are made and kept in the data directory when none are given.

    Raises:
        SettingsError: some variable is wrong.
    """
    env = os.environ if environment is None else environment
    data_dir = Path(env.get("LMS_DATA_DIR") or "./.data").expanduser().absolute()
    port = _port(env.get("LMS_PORT", str(DEFAULT_PORT)))
    platform_domain = _platform_domain(env.get("LMS_PLATFORM_DOMAIN", "localhost"))
    default_url = f"http://localhost:{port}" if platform_domain == "localhost" else f"https://{platform_domain}"
    return Settings(
        data_dir=data_dir,
        port=port,
        database=_database(env),
        redis_url=_url(env, "LMS_REDIS_URL", ("redis", "rediss")),
        storage_url=_url(env, "LMS_STORAGE_URL", ("file", "s3")) or (data_dir / "storage").as_uri(),
        secret_keys=_secret_keys(env.get("LMS_SECRET_KEYS"), data_dir),
        platform_domain=platform_domain,
        platform_name=env.get("LMS_PLATFORM_NAME", "Brain LMS"),
        public_url=(_url(env, "LMS_PUBLIC_URL", ("http", "https")) or default_url).rstrip("/"),
        trusted_proxies=_proxies(env.get("LMS_TRUSTED_PROXIES", "")),
        whisper_model=env.get("LMS_WHISPER_MODEL", "small"),
        model_dir=Path(env.get("LMS_MODEL_DIR") or data_dir / "models").expanduser().absolute(),
        log_format=_choice(env, "LMS_LOG_FORMAT", ("text", "json")),
        lease_seconds=_seconds(env, "LMS_LEASE_SECONDS", 60.0),
        sweep_seconds=_seconds(env, "LMS_SWEEP_SECONDS", 15.0),
    )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(f"LMS_PORT is “{text}”. Give a port from 1 to 65535, such as 8000.")
    return int(text)


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    text = env.get(name)
    if not text:
        return default
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 1 <= seconds <= 3600:
        raise SettingsError(f"{name} is “{text}”. Give seconds from 1 to 3600, such as {default:g}.")
    return seconds


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = env.get(name, choices[0])
    if value not in choices:
        raise SettingsError(f"{name} is “{value}”. Choose one of: {', '.join(choices)}.")
    return value


def _platform_domain(text: str) -> str:
    domain = text.strip().lower()
    if len(domain) > MAX_HOST_LENGTH or not _DOMAIN.fullmatch(domain) or ".." in domain:
        raise SettingsError(f"LMS_PLATFORM_DOMAIN is “{text}”. Give a host name without port, such as lms.example.")
    return domain


def _url(env: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    value = env.get(name)
    if not value:
        return None
    # The value itself may hold a password, so it is never repeated.
    if urlsplit(value).scheme not in schemes:
        raise SettingsError(f"{name} must start with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
    return value


def _proxies(text: str) -> tuple[str, ...]:
    proxies = tuple(part.strip() for part in text.split(",") if part.strip())
    for proxy in proxies:
        try:
            ipaddress.ip_network(proxy, strict=False)
        except ValueError as error:
            raise SettingsError(
                f"LMS_TRUSTED_PROXIES has “{proxy}”. Give addresses or networks such as 10.0.0.0/8, with commas."
            ) from error
    return proxies


def _database(env: Mapping[str, str]) -> DatabaseUrls | None:
    names = ("LMS_DATABASE_URL", "LMS_DATABASE_SYSTEM_URL", "LMS_DATABASE_OWNER_URL")
    schemes = ("postgresql", "postgres")
    app, system, owner = (_url(env, name, schemes) for name in names)
    direct = _url(env, "LMS_DATABASE_DIRECT_URL", schemes)
    if app is None:
        if system or owner or direct:
            raise SettingsError("LMS_DATABASE_URL is missing, while another LMS_DATABASE_… variable is set.")
        return None
    missing = [name for name, value in zip(names[1:], (system, owner), strict=True) if value is None]
    if system is None or owner is None:
        raise SettingsError(
            f"{' and '.join(missing)} missing: with a server of your own, give one DSN for each of the roles lms_app "
            "(LMS_DATABASE_URL), lms_system and lms_owner. deploy/postgres/ has the SQL that makes them."
        )
    return DatabaseUrls(app=app, system=system, owner=owner, direct=direct or system)


def _secret_keys(text: str | None, data_dir: Path) -> Mapping[str, bytes]:
    if text:
        return _parse_keys(text, "LMS_SECRET_KEYS")
    path = data_dir / "secret-keys"
    try:
        return _parse_keys(path.read_text(encoding="ascii"), str(path))
    except FileNotFoundError:
        pass
    data_dir.mkdir(parents=True, exist_ok=True)
    made = f"k1:{base64.urlsafe_b64encode(secrets.token_bytes(MIN_SECRET_BYTES)).decode().rstrip('=')}"
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made)
    try:
        # A link fails where another process was first: both then use the same keys.
        os.link(temporary, path)
    except FileExistsError:
        made = path.read_text(encoding="ascii")
    finally:
        temporary.unlink()
    return _parse_keys(made, str(path))


def _parse_keys(text: str, origin: str) -> Mapping[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in text.strip().split(","):
        kid, colon, encoded = entry.strip().partition(":")
        try:
            key = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        except (binascii.Error, ValueError):
            key = b""
        if not colon or not re.fullmatch(r"[a-z0-9]{1,16}", kid) or len(key) < MIN_SECRET_BYTES or len(set(key)) < 8:
            raise SettingsError(
                f"{origin} must be “id:key” pairs with commas, each key {MIN_SECRET_BYTES} random bytes or more in "
                "URL-safe base64. Make a key with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        if kid in keys:
            raise SettingsError(f"{origin} names the key “{kid}” twice.")
        keys[kid] = key
    return keys
