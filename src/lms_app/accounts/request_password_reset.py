"""Ask for a new password."""

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.asked_mail import AskedMail
from lms_app.ports.host_directory import HostedSchool


class RequestPasswordReset:
    """Ask for a link to choose a new password. The answer is always the same, and takes the same time, whether or not
    there is an account. The link is mailed to the account's address, works once, and for 30 minutes.

    Operators get no links: their passwords are reset at the command line.
    """

    def __init__(self, asked: AskedMail, mail: AccountMail) -> None:
        self._asked = asked
        self._mail = mail

    async def __call__(self, *, school: HostedSchool | None, email: str, address: str) -> None:
        """Args: ``school`` is that of the host, None on the platform's own host; ``address`` is the client's.

        Raises:
            TooManyTries: this network asked too often.
        """
        await self._asked.queue(school, email=email, address=address, send=self._mail.offer_reset)
