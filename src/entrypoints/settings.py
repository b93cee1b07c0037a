"""Settings: ``LMS_*`` environment variables, read once; every mistake is named at once, with its remedy.

What each variable means stands in ``variables.py``, what values look like in ``setting_values.py``.
"""

import base64
import difflib
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from adapters.faster_whisper.bundled_model import BUNDLED, bundled_model_directory
from adapters.openai_quiz.service import ModelService
from entrypoints import setting_values as values
from entrypoints.variables import BY_NAME, OF_OTHER_PROGRAMS
from entrypoints.weak_secrets import weakness
from lms_domain.video.garbage import COLLECT_AFTER

DEFAULT_PORT = 8000
_PREFIX = "LMS_"
_GUARDED = (
    "LMS_DATABASE_URL",
    "LMS_DATABASE_SYSTEM_URL",
    "LMS_DATABASE_OWNER_URL",
    "LMS_DATABASE_DIRECT_URL",
    "LMS_REDIS_URL",
    "LMS_STORAGE_URL",
)
"""Addresses whose passwords guard everything that schools have."""

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one variable. ``wrong`` never holds a password."""

    name: str
    wrong: str

    def __str__(self) -> str:
        """Everything that somebody needs who has to set it right."""
        variable = BY_NAME.get(self.name)
        if variable is None:
            return f"{self.name}: {self.wrong}"
        return f"{self.name}: {self.wrong}\n  {variable.meaning}\n  Example: {self.name}={variable.example}"


class SettingsError(Exception):
    """Settings are wrong; all mistakes are in it. The process ends with exit code 2."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)


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
    smtp_url: str | None = field(repr=False)
    """None: mails are files in the data directory."""
    mail_from: str
    """Address that mails come from."""
    secret_keys: Mapping[str, bytes] = field(repr=False)
    """By key id; the first one signs, all verify."""
    platform_domain: str
    platform_name: str
    public_url: str
    """Scheme and port of links, such as ``https://lms.example`` or ``http://localhost:8000``."""
    trusted_proxies: tuple[str, ...]
    whisper_model: str
    model_dir: Path
    quiz_model: ModelService | None
    """None: questions are made by rules alone."""
    log_format: str
    """``json`` or ``text``."""
    lease_seconds: float
    """How long a worker may be silent before its step is given to another."""
    sweep_seconds: float
    """How often due steps that nobody was told of are looked for."""
    collect_after_seconds: float
    """How long ago a file must have been needed last before it is removed."""
    collect_every_seconds: float
    """How often such files are looked for."""

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

    A variable that is empty counts as not set.

    Raises:
        SettingsError: variables are wrong, or nobody knows them. Nothing has been written then.
    """
    given = _Given(os.environ if environment is None else environment)
    settings = _read(given)
    if given.mistakes:
        raise SettingsError(given.mistakes)
    return settings if settings.secret_keys else replace(settings, secret_keys=_kept_keys(settings.data_dir))


def find_mistakes(environment: Mapping[str, str]) -> tuple[Mistake, ...]:
    """Everything that is wrong with these variables. Nothing is written."""
    given = _Given(environment)
    _read(given)
    return tuple(given.mistakes)


def _read(given: "_Given") -> Settings:
    """What is given, without the keys that are kept in the data directory; mistakes are noted."""
    data_dir = given.get("LMS_DATA_DIR", values.folder, values.folder("./.data"))
    port = given.get("LMS_PORT", values.port, DEFAULT_PORT)
    domain = given.get("LMS_PLATFORM_DOMAIN", values.platform_domain, "localhost")
    default_url = f"http://localhost:{port}" if domain == "localhost" else f"https://{domain}"
    no_keys: Mapping[str, bytes] = {}
    settings = Settings(
        data_dir=data_dir,
        port=port,
        database=_database(given),
        redis_url=given.get("LMS_REDIS_URL", values.address("redis", "rediss"), None),
        storage_url=given.get("LMS_STORAGE_URL", values.address("file", "s3"), (data_dir / "storage").as_uri()),
        smtp_url=given.get("LMS_SMTP_URL", values.smtp_address, None),
        mail_from=given.get("LMS_MAIL_FROM", values.mail_address, f"no-reply@{domain}"),
        secret_keys=given.get("LMS_SECRET_KEYS", values.secret_keys, no_keys),
        platform_domain=domain,
        platform_name=given.get("LMS_PLATFORM_NAME", str, "Brain LMS"),
        public_url=given.get("LMS_PUBLIC_URL", values.address("http", "https"), default_url).rstrip("/"),
        trusted_proxies=given.get("LMS_TRUSTED_PROXIES", values.networks, ()),
        whisper_model=given.get("LMS_WHISPER_MODEL", str, _usual_model(domain)),
        model_dir=given.get("LMS_MODEL_DIR", values.folder, data_dir / "models"),
        quiz_model=_quiz_model(given),
        log_format=given.get("LMS_LOG_FORMAT", values.choice("text", "json"), "text"),
        lease_seconds=given.get("LMS_LEASE_SECONDS", values.seconds, 60.0),
        sweep_seconds=given.get("LMS_SWEEP_SECONDS", values.seconds, 15.0),
        collect_after_seconds=given.get(
            "LMS_COLLECT_AFTER_SECONDS",
            values.collect_after(is_local=domain == "localhost"),
            COLLECT_AFTER.total_seconds(),
        ),
        collect_every_seconds=given.get("LMS_COLLECT_EVERY_SECONDS", values.seconds, 3600.0),
    )
    given.refuse_unknown()
    if not settings.is_local:
        given.refuse_weak()
    return settings


class _Given:
    """The environment, and every mistake found in it so far."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._texts = {name: text.strip() for name, text in environment.items() if name.startswith(_PREFIX)}
        self.mistakes: list[Mistake] = []

    def get(self, name: str, parse: Callable[[str], T], default: D) -> T | D:
        """The value of ``name``; the default also where it is wrong, which is noted."""
        text = self._texts.get(name)
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            self.note(name, str(error))
            return default

    def has(self, name: str) -> bool:
        """Whether it is set, rightly or wrongly."""
        return bool(self._texts.get(name))

    def note(self, name: str, wrong: str) -> None:
        """One mistake more."""
        self.mistakes.append(Mistake(name, wrong))

    def refuse_unknown(self) -> None:
        """A misspelt name would leave the default in force, and nobody would know."""
        for name in sorted(self._texts.keys() - BY_NAME.keys() - OF_OTHER_PROGRAMS):
            close = difflib.get_close_matches(name, BY_NAME, n=1, cutoff=0.75)
            meant = f"Did you mean {close[0]}?" if close else "See all of them with: lms settings"
            self.note(name, f"There is no such setting. {meant}")

    def refuse_weak(self) -> None:
        """Nothing that everybody knows may guard a platform on the internet."""
        wrong_already = {mistake.name for mistake in self.mistakes}
        for name in _GUARDED:
            text = self._texts.get(name)
            if text and name not in wrong_already:
                found = weakness(text, needs_password=name == "LMS_REDIS_URL")
                if found is not None:
                    self.note(name, f"{found} With LMS_PLATFORM_DOMAIN other than localhost this is refused.")


def _usual_model(domain: str) -> str:
    """On somebody's own machine the model that comes as a package, where it is there: it needs no download."""
    return BUNDLED if domain == "localhost" and bundled_model_directory() is not None else "small"


def _quiz_model(given: _Given) -> ModelService | None:
    url = given.get("LMS_QUIZ_MODEL_URL", values.model_address, None)
    name = given.get("LMS_QUIZ_MODEL_NAME", values.model_name, None)
    key = given.get("LMS_QUIZ_MODEL_KEY", values.model_key, None)
    if given.has("LMS_QUIZ_MODEL_URL") and not given.has("LMS_QUIZ_MODEL_NAME"):
        given.note("LMS_QUIZ_MODEL_NAME", "It is missing, while LMS_QUIZ_MODEL_URL is set.")
    if not given.has("LMS_QUIZ_MODEL_URL") and (given.has("LMS_QUIZ_MODEL_NAME") or given.has("LMS_QUIZ_MODEL_KEY")):
        given.note("LMS_QUIZ_MODEL_URL", "It is missing, while another LMS_QUIZ_MODEL_… variable is set.")
    return ModelService(url, name, key) if url is not None and name is not None else None


def _database(given: _Given) -> DatabaseUrls | None:
    parse = values.address("postgresql", "postgres")
    app = given.get("LMS_DATABASE_URL", parse, None)
    system = given.get("LMS_DATABASE_SYSTEM_URL", parse, None)
    owner = given.get("LMS_DATABASE_OWNER_URL", parse, None)
    direct = given.get("LMS_DATABASE_DIRECT_URL", parse, None)
    names = ("LMS_DATABASE_URL", "LMS_DATABASE_SYSTEM_URL", "LMS_DATABASE_OWNER_URL")
    if any(map(given.has, (*names, "LMS_DATABASE_DIRECT_URL"))):
        for name in names:
            if not given.has(name):
                given.note(
                    name,
                    "It is missing, while another LMS_DATABASE_… variable is set: a server of your own needs one DSN "
                    "for each of the three roles. deploy/postgres/ has the SQL that makes them.",
                )
    if app is None or system is None or owner is None:
        return None
    return DatabaseUrls(app=app, system=system, owner=owner, direct=direct or system)


def _kept_keys(data_dir: Path) -> Mapping[str, bytes]:
    """The keys of this data directory, made now if it has none."""
    path = data_dir / "secret-keys"
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        text = _make_keys(path)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            [Mistake("LMS_SECRET_KEYS", f"{path}, where keys are kept, cannot be read: {error}")]
        ) from error
    try:
        return values.secret_keys(text)
    except ValueError as error:
        raise SettingsError([Mistake("LMS_SECRET_KEYS", f"In {path}: {error}")]) from error


def _make_keys(path: Path) -> str:
    made = f"k1:{base64.urlsafe_b64encode(secrets.token_bytes(values.MIN_SECRET_BYTES)).decode().rstrip('=')}"
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(made)
        # A link fails where another process was first: both then use the same keys.
        os.link(temporary, path)
    except FileExistsError:
        made = path.read_text(encoding="ascii")
    except OSError as error:
        raise SettingsError([Mistake("LMS_DATA_DIR", f"Nothing can be written there: {error}")]) from error
    finally:
        temporary.unlink(missing_ok=True)
    return made
