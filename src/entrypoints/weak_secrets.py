"""Passwords and keys that a platform on the internet must not have."""

import ipaddress
from urllib.parse import unquote, urlsplit

MIN_PASSWORD_LENGTH = 12
_WELL_KNOWN = frozenset(
    {
        "admin", "brain", "change-me", "changeit", "changeme", "default", "demo", "demo123", "example", "guest", "lms",
        "lms_app", "lms_owner", "lms_system", "minio", "minio123", "minioadmin", "minioadmin123", "password",
        "password1234", "postgres", "postgrespostgres", "redis", "root", "secret", "secretsecret", "superadmin123",
        "test", "your-password", "yourpassword",
    }
)  # fmt: skip
"""Of images, manuals and the demo."""


def weakness(url: str, *, needs_password: bool = False) -> str | None:
    """What is wrong with the password in ``url``, in words that do not hold it; None when it may be used.

    An address without a password is right where something else guards it (a certificate, a socket), unless
    ``needs_password`` and the server is on another machine.
    """
    parts = urlsplit(url)
    if parts.password is None:
        if needs_password and not _is_this_machine(parts.hostname):
            return "It has no password, so whoever reaches the server commands it."
        return None
    password = unquote(parts.password)
    if password.casefold() in _WELL_KNOWN or password.casefold() == unquote(parts.username or "").casefold():
        return "Its password is one that everybody knows."
    if len(password) < MIN_PASSWORD_LENGTH:
        return f"Its password is too short: {MIN_PASSWORD_LENGTH} characters or more."
    return None


def _is_this_machine(host: str | None) -> bool:
    if host is None or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
