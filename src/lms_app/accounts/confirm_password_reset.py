"""Choose a new password by a link."""

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.mailed_links import LinkedPassword, MailedLink
from lms_app.notices.words.security import PASSWORD_CHOSEN_BY_LINK
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.one_time_token import TokenPurpose, token_invalid


class ConfirmPasswordReset:
    """Choose a new password by a link that was mailed at most 30 minutes ago and works once. Every session of the
    person ends, they are let in again at once after failed sign-ins, and a mail tells of the change."""

    def __init__(
        self,
        uow: UnitOfWork,
        passwords: LinkedPassword,
        sessions: SessionDirectory,
        mail: AccountMail,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._passwords = passwords
        self._sessions = sessions
        self._mail = mail
        self._clock = clock

    async def __call__(self, *, school: HostedSchool | None, link: MailedLink, new_password: str) -> None:
        """Args: ``school`` is that of the host, None on the platform's own host, whose operators get no links.

        Raises:
            InvalidInput: ``token_invalid``, or the password is refused.
            HasherSaturated: see there.
        """
        if school is None:
            raise token_invalid()
        new_hash = await self._passwords.hash(school, link, new_password, TokenPurpose.PASSWORD_RESET)
        async with self._uow.begin(TenantScope(school.tenant_id)) as tx:
            user = await self._passwords.take(tx, link, new_hash, TokenPurpose.PASSWORD_RESET)
            await tx.sign_in_failures.clear_account(user.email_folded)
            await self._mail.tell(tx, user, PASSWORD_CHOSEN_BY_LINK)
            ended = await tx.sessions.revoke_all(user.id, now=self._clock.now())
            await tx.commit()
        for session_id in ended:
            self._sessions.forget(session_id)
