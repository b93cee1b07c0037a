"""Register a person of the school."""

from dataclasses import dataclass
from uuid import UUID

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.views import UserView, view_of_user
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_domain.accounts.password import check_new_password
from lms_domain.accounts.person import Profile, User, new_user
from lms_domain.accounts.roles import LEARNER_ROLES, Permission, Role
from lms_domain.errors import Conflict, FieldError, InvalidInput, NotFound, PlanLimitReached


@dataclass(frozen=True, slots=True)
class NewTeacher:
    """What an administrator knows of a new person. Without a ``password`` they are invited to choose one."""

    email: str
    first_name: str
    last_name: str
    role: Role
    password: str | None
    profile: Profile
    group_ids: frozenset[UUID] = frozenset()


class RegisterTeacher:
    """Register a person of the school. They get an invitation by mail and choose a password themselves; or, with an
    initial password, they must change it at their first sign-in and confirm their address by a link. They find a
    notification for each course that is theirs when they join.

    Counts against the plan's teachers, also when two administrators do it at once.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        hasher: PasswordHasher,
        mail: AccountMail,
        tell: TellOfCourses,
        trail: AuditTrail,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._hasher = hasher
        self._mail = mail
        self._tell = tell
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, teacher: NewTeacher) -> UserView:
        """Raises:
        InvalidInput: something about the person is refused.
        Conflict: ``email_taken`` within this school.
        PlanLimitReached: the plan has no room for another learner.
        NotAllowed: ``impersonating``: a visiting operator makes no accounts, and invites nobody in the school's name.
        HasherSaturated: see there.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        actor.require_in_person()
        if teacher.password is not None:
            check_new_password(
                teacher.password,
                role=teacher.role,
                context=(teacher.first_name, teacher.last_name, teacher.email.partition("@")[0]),
                field="password",
            )
        user = new_user(
            user_id=self._ids.new(),
            tenant_id=scope.tenant_id,
            email=teacher.email,
            first_name=teacher.first_name,
            last_name=teacher.last_name,
            role=teacher.role,
            profile=teacher.profile,
            password_hash=await self._hasher.hash(teacher.password) if teacher.password is not None else "",
            must_change_password=teacher.password is not None,
            now=self._clock.now(),
        )
        async with self._uow.begin(scope) as tx:
            limits, _ = await tx.usage.lock_limits()
            if user.role in LEARNER_ROLES and await tx.usage.teacher_count() >= limits.teachers:
                raise PlanLimitReached(f"Your plan has room for {limits.teachers} teachers.")
            try:
                await tx.users.add(user)
            except Taken:
                message = "There is already an account with this e-mail address."
                raise Conflict(message, code="email_taken", errors=(FieldError("email", "taken", message),)) from None
            await (self._mail.ask_to_verify if teacher.password is not None else self._mail.invite)(tx, user)
            await self._join(tx, user, teacher.group_ids)
            await self._trail.record(
                tx,
                actor,
                "user.registered",
                AuditedObject("user", user.id, user.email),
                after={"role": user.role.value, "is_invited": teacher.password is None},
            )
            if teacher.password is not None:
                await self._tell.to_person(tx, user.id)
            await tx.commit()
        return view_of_user(user)

    async def _join(self, tx: TenantTransaction, user: User, group_ids: frozenset[UUID]) -> None:
        """Raises InvalidInput when one of the groups is none of this school's."""
        try:
            await tx.groups.set_groups_of(user.id, group_ids, on=self._clock.now())
        except NotFound:
            raise InvalidInput.for_field("group_ids", "unknown", "There is no such group.") from None


def check_confirmation(password: str | None, confirmation: str | None) -> None:
    """Raises InvalidInput when a repeated password differs from the first."""
    if confirmation is not None and confirmation != password:
        raise InvalidInput.for_field("password_confirm", "mismatch", "The two passwords differ.")
