"""Prove one's address."""

from lms_app.accounts.mailed_links import MailedLink, use_link
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.one_time_token import TokenPurpose, token_invalid


class VerifyEmail:
    """Prove by a link that one reads the mail of one's address. It works once, for that address only, and only when
    somebody confirms: a mail scanner that opens the link changes nothing."""

    def __init__(self, uow: UnitOfWork, clock: Clock) -> None:
        self._uow = uow
        self._clock = clock

    async def __call__(self, *, school: HostedSchool | None, link: MailedLink) -> None:
        """Args: ``school`` is that of the host, None on the platform's own host.

        Raises:
            InvalidInput: ``token_invalid``.
        """
        if school is None:
            raise token_invalid()
        async with self._uow.begin(TenantScope(school.tenant_id)) as tx:
            user = await use_link(tx, link, TokenPurpose.EMAIL_VERIFICATION, self._clock)
            await tx.users.save(user)
            await tx.commit()
