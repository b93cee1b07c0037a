"""Reading what was written instead of being sent."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import parsedate_to_datetime
from pathlib import Path

from adapters.mail_files.mailer import SUFFIX


@dataclass(frozen=True, slots=True)
class WrittenMail:
    """A mail as its reader would see it. ``html`` was made by us, yet show it like a stranger's: in a sandbox."""

    name: str
    """Of its file; names it in ``written_mail``."""
    sender: str
    recipient: str
    subject: str
    created_at: datetime
    text: str
    html: str


def written_mails(folder: Path, *, recipient: str | None = None, limit: int = 50) -> tuple[WrittenMail, ...]:
    """The newest mails in ``folder``, the newest first; none when there is no folder. Reads files: use a thread.

    Args:
        recipient: only those to this address, whatever its upper and lower case.
    """
    found: list[WrittenMail] = []
    for path in sorted(folder.glob(f"*{SUFFIX}"), reverse=True):
        mail = _read(path)
        if mail is None or (recipient is not None and recipient.casefold() not in mail.recipient.casefold()):
            continue
        found.append(mail)
        if len(found) == limit:
            break
    return tuple(found)


def written_mail(folder: Path, name: str) -> WrittenMail | None:
    """The mail with that ``name``, as a listing gave it; None when there is none. ``name`` may be anything."""
    is_ours = name.endswith(SUFFIX) and name == Path(name).name and "\x00" not in name and not name.startswith(".")
    return _read(folder / name) if is_ours and len(name) < 200 else None


def _read(path: Path) -> WrittenMail | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None  # made room for a newer one meanwhile
    mail = message_from_string(content.decode("utf-8", "replace"), _class=EmailMessage, policy=SMTPUTF8)
    return WrittenMail(
        name=path.name,
        sender=mail["From"],
        recipient=mail["To"],
        subject=mail["Subject"],
        created_at=parsedate_to_datetime(mail["Date"]),
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
    )


def _part(mail: EmailMessage, subtype: str) -> str:
    part = mail.get_body((subtype,))
    text: str = part.get_content() if part is not None else ""
    return text.replace("\r\n", "\n")
