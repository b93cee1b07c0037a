"""A mail as bytes on the wire (RFC 5322, MIME), made so that no text can become a header, an address or a second mail.

The header is written here line by line. `email.message.EmailMessage` is used for the body only: folding a header, it
turns long addresses of links into encoded words that no mail program understands, and refuses harmless names.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from lms_app.ports.mailer import MailMessage, MailRefused

_MAX_NAME = 100
_MAX_SUBJECT = 250
_MAX_ADDRESS = 254
_SHORT = 60
"""What fits into a line with the name of its header."""
_LOCAL_PART = re.compile(r"[^\s@,;:<>()\[\]\"\\]{1,64}")
_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_LINK = re.compile(r"https?://[!-;=?-~]{1,900}", re.ASCII)
_FOLD = "\r\n "
_JOINERS = "\u200c\u200d"
"""Needed inside words of some scripts, and inside emoji."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address that can stand in a header and in an SMTP command. ``domain`` is in ASCII."""

    local_part: str
    domain: str

    @property
    def is_ascii(self) -> bool:
        """Whether every server can deliver to it; others need the extension SMTPUTF8."""
        return self.local_part.isascii()

    def __str__(self) -> str:
        return f"{self.local_part}@{self.domain}"


@dataclass(frozen=True, slots=True)
class InternetMessage:
    """An envelope and what is in it. ``content`` is the same at every attempt; 7 bit, unless ``needs_utf8``."""

    sender: Mailbox
    recipient: Mailbox
    content: bytes
    needs_utf8: bool


def parse_mailbox(address: str) -> Mailbox:
    """``address``, its domain turned into ASCII (IDNA).

    Raises:
        ValueError: nothing can be sent to it.
    """
    local_part, _, domain = unicodedata.normalize("NFC", address).rpartition("@")
    mailbox = Mailbox(local_part, _ascii_domain(domain))
    if (
        not _LOCAL_PART.fullmatch(local_part)
        or not address.isprintable()
        or not _DOMAIN.fullmatch(mailbox.domain)
        or len(str(mailbox)) > _MAX_ADDRESS
    ):
        raise ValueError("not an address")
    return mailbox


def compose(message: MailMessage, sender: Mailbox) -> InternetMessage:
    """``message`` as it travels.

    Raises:
        MailRefused: nothing can be sent to its address, or some other address or link in it is none.
    """
    recipient = _mailbox_or_refuse(message.to)
    lines = [
        f"From: {_person(message.from_name, sender)}",
        f"To: {_person(message.to_name, recipient)}",
        f"Subject: {_text(message.subject, _MAX_SUBJECT)}",
        f"Date: {format_datetime(message.created_at.astimezone(UTC))}",
        f"Message-ID: <{message.id}@{sender.domain}>",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
    ]
    needs_utf8 = not (sender.is_ascii and recipient.is_ascii)
    if message.reply_to is not None:
        reply_to = _mailbox_or_refuse(message.reply_to)
        needs_utf8 = needs_utf8 or not reply_to.is_ascii
        lines.append(f"Reply-To: {reply_to}")
    if message.unsubscribe_url is not None:
        lines += _unsubscribe(message.unsubscribe_url)
    header = "".join(f"{_one_header(line)}\r\n" for line in lines)
    return InternetMessage(sender, recipient, header.encode() + _body(message), needs_utf8)


def _body(message: MailMessage) -> bytes:
    body = EmailMessage(policy=SMTP)
    body.set_content(_encodable(message.text), cte="quoted-printable")
    body.add_alternative(_encodable(message.html), subtype="html", cte="quoted-printable")
    # Quoted-printable writes every "=" as "=3D", so this line cannot occur in a part.
    body.set_boundary(f"=_{message.id.hex}")
    return bytes(body)


def _unsubscribe(url: str) -> list[str]:
    if not _LINK.fullmatch(url):
        raise MailRefused("The link to unsubscribe cannot be written into a mail.")
    return [f"List-Unsubscribe: <{url}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]


def _mailbox_or_refuse(address: str) -> Mailbox:
    try:
        return parse_mailbox(address)
    except ValueError:
        raise MailRefused(f"“{_plain(address, _MAX_ADDRESS)}” is not an e-mail address.") from None


def _person(name: str, mailbox: Mailbox) -> str:
    name = _plain(name, _MAX_NAME)
    if not name:
        return str(mailbox)
    phrase = _quoted(name) if _may_stand_as_it_is(name) else _encoded_words(name)
    return f"{phrase}{' ' if len(phrase) + len(str(mailbox)) < _SHORT else _FOLD}<{mailbox}>"


def _quoted(name: str) -> str:
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{escaped}"'


def _text(value: str, max_length: int) -> str:
    value = _plain(value, max_length)
    return value if _may_stand_as_it_is(value) else _encoded_words(value)


def _may_stand_as_it_is(value: str) -> bool:
    """A text with ``=?`` in it might be taken for an encoded word."""
    return value.isascii() and "=?" not in value


def _encoded_words(value: str) -> str:
    return Header(value, "utf-8", maxlinelen=75, header_name="Subject").encode(linesep="\r\n")


def _plain(value: str, max_length: int) -> str:
    """One line without control characters, and without those that turn the direction of writing."""
    kept = (c if c in _JOINERS or unicodedata.category(c) not in _UNFIT else " " for c in value)
    return " ".join("".join(kept).split())[:max_length].rstrip()


_UNFIT = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _encodable(value: str) -> str:
    """Without halves of surrogate pairs, which have no form in UTF-8; line ends as the library wants them."""
    value = value.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    return value.replace("\x00", "")


def _one_header(line: str) -> str:
    """The last gate: ``line``, which must be one header whatever went into it."""
    if re.search(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]", line.replace(_FOLD, "")):
        raise MailRefused("A header of this mail has characters that cannot stand there.")
    return line


def _ascii_domain(domain: str) -> str:
    """A-labels of IDNA 2008. The standard library's own codec is of 2003: it would send mail for faß.de to fass.de."""
    folded = unicodedata.normalize("NFKC", domain.replace("。", ".")).lower()
    labels = unicodedata.normalize("NFC", folded).split(".")
    return ".".join(x if x.isascii() else f"xn--{x.encode('punycode').decode('ascii')}" for x in labels)
