"""Register a person of the school."""

from dataclasses import dataclass

from lms_app.accounts.views import UserView, view_of_user
from lms_app.actor import Actor
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.password_hasher import PasswordHasher
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.password import check_new_password
from lms_domain.accounts.person import Profile, new_user
from lms_domain.accounts.roles import LEARNER_ROLES, Permission, Role
from lms_domain.errors import Conflict, FieldError, InvalidInput, PlanLimitReached


@dataclass(frozen=True, slots=True)
class NewTeacher:
    """What an administrator knows of a new person."""

    email: str
    first_name: str
    last_name: str
    role: Role
    password: str
    profile: Profile


class RegisterTeacher:
    """Register a person of the school with an initial password, which they must change at their first sign-in.

    Counts against the plan's teachers, also when two administrators do it at once.
    """

    def __init__(self, uow: UnitOfWork, hasher: PasswordHasher, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._hasher = hasher
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, teacher: NewTeacher) -> UserView:
        """Raises:
        InvalidInput: something about the person is refused.
        Conflict: ``email_taken`` within this school.
        PlanLimitReached: the plan has no room for another learner.
        HasherSaturated: see there.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
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
            password_hash=await self._hasher.hash(teacher.password),
            must_change_password=True,
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
            await tx.commit()
        return view_of_user(user)


def check_confirmation(password: str, confirmation: str | None) -> None:
    """Raises InvalidInput when a repeated password differs from the first."""
    if confirmation is not None and confirmation != password:
        raise InvalidInput.for_field("password_confirm", "mismatch", "The two passwords differ.")
