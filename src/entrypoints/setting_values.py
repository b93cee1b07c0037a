"""What values of settings look like. Each function takes the text of a variable, and says in words what is wrong.

A ``ValueError`` never repeats a value that may hold a password.
"""

import base64
import binascii
import ipaddress
import math
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from adapters.smtp.address import parse_smtp_url
from entrypoints.variables import EXAMPLE_KEY
from lms_app.notices.internet_message import parse_mailbox
from lms_domain.schools.host import MAX_HOST_LENGTH
from lms_domain.video.garbage import COLLECT_AFTER

MIN_SECRET_BYTES = 32
_MIN_DIFFERENT_BYTES = 8
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.ASCII)
_HOW_TO_MAKE = "Make a key with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"


def folder(text: str) -> Path:
    """A path, ``~`` and relative ones allowed."""
    return Path(text).expanduser().absolute()


def port(text: str) -> int:
    """A TCP port."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise ValueError(f"It is “{text}”. Give a port from 1 to 65535.")
    return int(text)


def seconds(text: str) -> float:
    """From a second to an hour."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 1 <= number <= 3600:
        raise ValueError(f"It is “{text}”. Give seconds from 1 to 3600.")
    return number


def collect_after(*, is_local: bool) -> Callable[[str], float]:
    """Up to a month; at least the time after which nobody can be watching, except on somebody's own machine."""
    least = 1.0 if is_local else COLLECT_AFTER.total_seconds()

    def chosen(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not least <= number <= 30 * 86_400:
            raise ValueError(f"It is “{text}”. Give seconds from {least:.0f}, so that nothing vanishes under viewers.")
        return number

    return chosen


def choice(*choices: str) -> Callable[[str], str]:
    """One of ``choices``."""

    def chosen(text: str) -> str:
        if text not in choices:
            raise ValueError(f"It is “{text}”. Choose one of: {', '.join(choices)}.")
        return text

    return chosen


def platform_domain(text: str) -> str:
    """A host name, in lower case."""
    domain = text.lower()
    if len(domain) > MAX_HOST_LENGTH or not _DOMAIN.fullmatch(domain) or ".." in domain:
        raise ValueError(f"It is “{text}”. Give a host name without scheme and port.")
    return domain


def address(*schemes: str) -> Callable[[str], str]:
    """A URL of one of ``schemes``, with a host or a path."""

    def checked(text: str) -> str:
        try:
            parts = urlsplit(text)
            _ = parts.port
        except ValueError:
            raise ValueError("It is no address. Look at the example.") from None
        if parts.scheme not in schemes or not (parts.netloc or parts.path.strip("/")):
            raise ValueError(f"It must start with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
        return text

    return checked


def model_address(text: str) -> str:
    """Where a model is asked: https, or http to a machine that is not on the internet."""
    url = address("http", "https")(text)
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("It must be a host with a path and nothing more; the key has a setting of its own.")
    if parts.scheme == "http" and not _is_nearby(parts.hostname):
        raise ValueError("Captions and the key would cross the internet for everybody to read: https:// is needed.")
    return url.rstrip("/")


def _is_nearby(host: str) -> bool:
    """Whether a host is this machine or in a private network, as far as its name says."""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".internal", ".local", ".localhost", ".lan"))
    return number.is_loopback or number.is_private


def model_name(text: str) -> str:
    """A name as services have them."""
    if not re.fullmatch(r"[\w.:/@+-]{1,100}", text, re.ASCII):
        raise ValueError(f"It is “{text}”. Give up to 100 letters, digits and any of . _ : / @ + -")
    return text


def model_key(text: str) -> str:
    """What fits into a header."""
    if not re.fullmatch(r"[!-~]{1,1000}", text):
        raise ValueError("It has characters that no key has.")
    return text


def smtp_address(text: str) -> str:
    """A mail server."""
    try:
        parse_smtp_url(text)
    except ValueError as error:
        sentence = str(error)
        raise ValueError(f"{sentence[0].upper()}{sentence[1:]}.") from None
    return text


def mail_address(text: str) -> str:
    """An e-mail address."""
    try:
        parse_mailbox(text)
    except ValueError:
        raise ValueError(f"It is “{text}”, which is no e-mail address.") from None
    return text


def networks(text: str) -> tuple[str, ...]:
    """Addresses and networks, with commas."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for network in found:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            raise ValueError(f"“{network}” is neither an address nor a network such as 10.0.0.0/8.") from None
    return found


def secret_keys(text: str) -> Mapping[str, bytes]:
    """``id:key`` with commas, in their order."""
    keys: dict[str, bytes] = {}
    for entry in text.strip().split(","):
        kid, colon, encoded = entry.strip().partition(":")
        if not colon or not re.fullmatch(r"[a-z0-9]{1,16}", kid):
            raise ValueError(
                f"It must be id:key pairs with commas, each id of lower case letters and digits. {_HOW_TO_MAKE}"
            )
        if kid in keys:
            raise ValueError(f"It names the key “{kid}” twice.")
        keys[kid] = _key(kid, encoded)
    return keys


def _key(kid: str, encoded: str) -> bytes:
    if encoded.rstrip("=") == EXAMPLE_KEY:
        raise ValueError(f"The key “{kid}” is the manual's, which everybody knows. {_HOW_TO_MAKE}")
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"The key “{kid}” is no URL-safe base64. {_HOW_TO_MAKE}") from None
    if len(key) < MIN_SECRET_BYTES or len(set(key)) < _MIN_DIFFERENT_BYTES:
        raise ValueError(
            f"The key “{kid}” is too short or too regular; {MIN_SECRET_BYTES} random bytes. {_HOW_TO_MAKE}"
        )
    return key
