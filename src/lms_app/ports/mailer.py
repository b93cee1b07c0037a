"""Port: sending one mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MailMessage:
    """A mail to one person. The sender's address is the installation's. No text becomes a header."""

    id: UUID
    """Makes the ``Message-ID``: the same at every attempt, so that mail programs can tell doubles."""
    to: str
    to_name: str
    from_name: str
    """The school's name, or the platform's."""
    subject: str
    text: str
    html: str
    created_at: datetime
    """For the header ``Date``."""
    reply_to: str | None = None
    """The address that answers go to."""
    unsubscribe_url: str | None = None
    """For unsubscribing with one click (RFC 8058); None for mail about the account."""


class MailRefused(Exception):
    """This mail will never be taken. ``reason`` is one line for administrators."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MailUnavailable(Exception):
    """Not now; a later attempt makes sense. ``reason`` is one line for administrators. ``may_have_been_sent``: nobody
    knows what became of the mail: the server had its text and did not answer."""

    def __init__(self, reason: str, *, may_have_been_sent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_have_been_sent = may_have_been_sent


class Mailer(Protocol):
    """Hands mail over to whoever delivers it."""

    async def send(self, message: MailMessage) -> None:
        """Returns once the mail was taken. Takes less than ``LEASE`` of ``lms_domain.notices.mail_delivery``.

        Raises:
            MailRefused: see there.
            MailUnavailable: see there.
        """
        ...

    async def check(self) -> None:
        """Raises MailUnavailable unless mail could be sent just now. Sends nothing."""
        ...
