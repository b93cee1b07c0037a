"""Where the mail server is, and how it is spoken to."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

_FORM = "smtp://[USER:PASSWORD@]host[:port][?starttls=always|auto|never], smtp+starttls://… or smtps://…"


class Encryption(StrEnum):
    """What protects the connection."""

    TLS = "tls"
    """From the first byte (``smtps://``); the certificate is verified."""
    STARTTLS = "always"
    """Before anything of value is said; the certificate is verified."""
    WHEN_OFFERED = "auto"
    """By a server that offers it, whatever its certificate: better than nothing, and no worse than not to ask."""
    NONE = "never"


_DEFAULT_PORTS = {Encryption.TLS: 465, Encryption.STARTTLS: 587, Encryption.WHEN_OFFERED: 25, Encryption.NONE: 25}


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """A mail server. ``username`` is None when it asks for no sign-in."""

    host: str
    port: int
    encryption: Encryption
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        """For administrators; without credentials."""
        return f"{self.host}:{self.port}"


def parse_smtp_url(url: str) -> SmtpAddress:
    """The mail server at ``url``.

    - ``smtps://USER:PASSWORD@mail.example``: TLS from the start, port 465
    - ``smtp+starttls://USER:PASSWORD@mail.example``: STARTTLS or nothing, port 587; the same as
      ``smtp://…:587?starttls=always``
    - ``smtp://mail.example:25``: STARTTLS when the server offers it; ``?starttls=never`` leaves it out

    User and password are percent-encoded. With a password, ``smtp://`` means STARTTLS or nothing too: it never
    travels in the clear, unless ``?starttls=never`` says that it may.

    Raises:
        ValueError: not such an address. The message holds no credentials.
    """
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port must be a number from 1 to 65535") from None
    if not parts.hostname or parts.path not in {"", "/"} or parts.fragment or port == 0:
        raise ValueError(f"a mail server is written {_FORM}")
    has_password = parts.username is not None
    if has_password and not (parts.username and parts.password):
        raise ValueError("a mail server's user and password are written USER:PASSWORD@, percent-encoded")
    encryption = _encryption(parts.scheme, given, has_password=has_password)
    return SmtpAddress(
        host=parts.hostname,
        port=port or _DEFAULT_PORTS[encryption],
        encryption=encryption,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def _encryption(scheme: str, given: dict[str, str], *, has_password: bool) -> Encryption:
    match scheme, given:
        case "smtps", {**rest} if not rest:
            return Encryption.TLS
        case "smtp+starttls", {**rest} if not rest:
            return Encryption.STARTTLS
        case "smtp", {**rest} if not rest:
            return Encryption.STARTTLS if has_password else Encryption.WHEN_OFFERED
        case "smtp", {"starttls": "always" | "auto" | "never" as choice, **rest} if not rest:
            encryption = Encryption(choice)
            if has_password and encryption is Encryption.WHEN_OFFERED:
                raise ValueError("with a password, starttls is always, or never when it may travel in the clear")
            return encryption
        case _:
            raise ValueError(f"a mail server is written {_FORM}")
