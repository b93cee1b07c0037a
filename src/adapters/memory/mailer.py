"""A mail server in memory."""

from lms_app.notices.internet_message import InternetMessage, Mailbox, compose
from lms_app.ports.mailer import Mailer, MailMessage, MailRefused, MailUnavailable


class MemoryMailer(Mailer):
    """``sent`` holds every mail that was taken, in order, and ``composed`` the same as bytes.

    ``refused`` are addresses that it refuses for good. ``failures`` are raised one after the other, each by one
    attempt, before anything else is looked at. While ``is_down`` is true it does not answer.
    """

    def __init__(self) -> None:
        self.sent: list[MailMessage] = []
        self.composed: list[InternetMessage] = []
        self.refused: set[str] = set()
        self.failures: list[MailRefused | MailUnavailable] = []
        self.is_down = False

    async def send(self, message: MailMessage) -> None:
        """See the port."""
        composed = compose(message, Mailbox("no-reply", "lms.example"))
        if self.failures:
            failure = self.failures.pop(0)
            if isinstance(failure, MailUnavailable) and failure.may_have_been_sent:
                self._take(message, composed)
            raise failure
        await self.check()
        if message.to in self.refused:
            raise MailRefused("550 No such person here.")
        self._take(message, composed)

    async def check(self) -> None:
        """See the port."""
        if self.is_down:
            raise MailUnavailable("told so")

    def _take(self, message: MailMessage, composed: InternetMessage) -> None:
        self.sent.append(message)
        self.composed.append(composed)
