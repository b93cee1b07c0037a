"""Accept an invitation."""

from lms_app.accounts.mailed_links import LinkedPassword, MailedLink
from lms_app.accounts.views import UserView, view_of_user
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.clock import Clock
from lms_app.ports.host_directory import HostedSchool
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.one_time_token import TokenPurpose, token_invalid


class AcceptInvitation:
    """Choose a password by the link of an invitation, which works once. The address is proven by it. The person can
    then sign in, and finds a notification for each course that is theirs."""

    def __init__(
        self,
        uow: UnitOfWork,
        passwords: LinkedPassword,
        sessions: SessionDirectory,
        tell: TellOfCourses,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._passwords = passwords
        self._sessions = sessions
        self._tell = tell
        self._clock = clock

    async def __call__(self, *, school: HostedSchool | None, link: MailedLink, new_password: str) -> UserView:
        """Args: ``school`` is that of the host, None on the platform's own host, where nobody is invited.

        Raises:
            InvalidInput: ``token_invalid``, or the password is refused.
            HasherSaturated: see there.
        """
        if school is None:
            raise token_invalid()
        new_hash = await self._passwords.hash(school, link, new_password, TokenPurpose.INVITATION)
        async with self._uow.begin(TenantScope(school.tenant_id)) as tx:
            user = await self._passwords.take(tx, link, new_hash, TokenPurpose.INVITATION)
            # Somebody may have used an initial password meanwhile.
            ended = await tx.sessions.revoke_all(user.id, now=self._clock.now())
            await self._tell.to_person(tx, user.id, is_mailed=False)
            await tx.commit()
        for session_id in ended:
            self._sessions.forget(session_id)
        return view_of_user(user)
