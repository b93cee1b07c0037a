"""Ask for the link that proves one's address."""

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.asked_mail import AskedMail
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.accounts.person import User


class ResendVerification:
    """Ask again for the link that proves one's address. The answer is always the same, and takes the same time,
    whether or not there is such an account and whether or not its address is proven already."""

    def __init__(self, asked: AskedMail, mail: AccountMail) -> None:
        self._asked = asked
        self._mail = mail

    async def __call__(self, *, school: HostedSchool | None, email: str, address: str) -> None:
        """Args: ``school`` is that of the host, None on the platform's own host; ``address`` is the client's.

        Raises:
            TooManyTries: this network asked too often.
        """
        await self._asked.queue(school, email=email, address=address, send=self._send)

    async def _send(self, tx: TenantTransaction, user: User) -> None:
        if not user.email_verified:
            await self._mail.ask_to_verify(tx, user)
