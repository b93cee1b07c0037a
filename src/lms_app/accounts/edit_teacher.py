"""Change a person of the school."""

from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from lms_app.accounts.account_mail import AccountMail
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.tell_of_courses import TellOfCourses
from lms_app.ports.clock import Clock
from lms_app.ports.repositories import NOBODY, Staffing, Taken
from lms_app.ports.session_directory import SessionDirectory
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.one_time_token import TokenPurpose
from lms_domain.accounts.person import Profile, User, check_admin_remains, clean_profile
from lms_domain.accounts.roles import Permission, Role
from lms_domain.errors import Conflict, FieldError, InvalidInput, NotFound, PlanLimitReached

T = TypeVar("T")


class TeacherChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What is to change; what is UNSET stays. ``group_ids``: exactly these groups from now on."""

    email: str | UnsetType = UNSET
    first_name: str | UnsetType = UNSET
    last_name: str | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET
    employee_id: str | UnsetType = UNSET
    subjects: tuple[str, ...] | UnsetType = UNSET
    grades: tuple[str, ...] | UnsetType = UNSET
    department: str | UnsetType = UNSET
    designation: str | UnsetType = UNSET
    bio: str | UnsetType = UNSET
    date_of_joining: date | UnsetType | None = UNSET
    group_ids: frozenset[UUID] | UnsetType = UNSET

    def apply(self, user: User) -> User:
        """``user`` with these changes. Raises InvalidInput."""
        profile = user.profile
        changed = user.renamed(
            first_name=_given(self.first_name, user.first_name), last_name=_given(self.last_name, user.last_name)
        )
        if self.email is not UNSET and self.email.strip() != user.email:
            changed = changed.with_email(self.email, verified=False)
        return replace(
            changed,
            role=_given(self.role, user.role),
            is_active=_given(self.is_active, user.is_active),
            profile=clean_profile(
                Profile(
                    employee_id=_given(self.employee_id, profile.employee_id),
                    subjects=_given(self.subjects, profile.subjects),
                    grades=_given(self.grades, profile.grades),
                    department=_given(self.department, profile.department),
                    designation=_given(self.designation, profile.designation),
                    bio=_given(self.bio, profile.bio),
                    date_of_joining=_given(self.date_of_joining, profile.date_of_joining),
                )
            ),
        )


class EditTeacher:
    """Change a person's profile, address, role, groups, or whether they are active; only what is given changes.

    Another role or a deactivation ends all their sessions. Nobody changes their own role or deactivates themselves,
    and a school keeps at least one active administrator. Who becomes an active learner counts against the plan. A new
    address must be confirmed by a link that is sent there; links sent to the old one end.
    """

    def __init__(
        self,
        uow: UnitOfWork,
        sessions: SessionDirectory,
        mail: AccountMail,
        tell: TellOfCourses,
        trail: AuditTrail,
        clock: Clock,
    ) -> None:
        self._uow = uow
        self._sessions = sessions
        self._mail = mail
        self._tell = tell
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, user_id: UUID, changes: TeacherChanges) -> None:
        """Raises:
        NotFound: nobody of this school has that id.
        InvalidInput: a value is refused.
        Conflict: ``email_taken``, ``last_admin``, ``own_account``.
        PlanLimitReached: the plan has no room for another learner.
        NotAllowed: ``impersonating``: a visiting operator gives nobody another address or role, and neither opens nor
            closes an administrator's account.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        if changes.email is not UNSET or changes.role is not UNSET:
            actor.require_in_person()
        if changes.role is Role.SUPER_ADMIN:
            raise InvalidInput.for_field("role", "invalid", "A school's person cannot have this role.")
        try:
            is_over = await self._edit(scope, actor, user_id, changes)
        except Taken:
            message = "There is already an account with this e-mail address."
            raise Conflict(message, code="email_taken", errors=(FieldError("email", "taken", message),)) from None
        if is_over:
            self._sessions.forget_person(user_id)

    async def _edit(self, scope: TenantScope, actor: Actor, user_id: UUID, changes: TeacherChanges) -> bool:
        """Whether their sessions ended. Raises Taken ``email``."""
        async with self._uow.begin(scope) as tx:
            before, after = await self._changed(tx, actor, user_id, changes)
            await self._save(tx, before, after)
            # Another role ends what was begun in the old one.
            is_over = before.role is not after.role or (before.is_active and not after.is_active)
            if is_over:
                await tx.sessions.end_with_commit(after.id, now=self._clock.now())
            joined = await self._join(tx, after, changes)
            await self._trail.record(
                tx,
                actor,
                "user.changed",
                AuditedObject("user", after.id, after.email),
                before=_facts(before),
                after={**_facts(after), **joined},
            )
            if joined and changes.group_ids is not UNSET:
                # They may have done everything in a course while it was theirs before.
                await tx.progress.record_completions_of_groups(frozenset(changes.group_ids), at=self._clock.now())
            if joined or (after.is_learner and not before.is_learner):
                await self._tell.to_person(tx, after.id)
            await tx.commit()
        return is_over

    async def _changed(
        self, tx: TenantTransaction, actor: Actor, user_id: UUID, changes: TeacherChanges
    ) -> tuple[User, User]:
        """The person before and after. Locks come in the order in which everybody takes them: plan, then people."""
        about_standing = changes.role is not UNSET or changes.is_active is not UNSET
        limits = (await tx.usage.lock_limits())[0] if about_standing else None
        # Whoever makes learners holds the limits, which are ours: no seat is taken that is not counted here.
        before, staffing = (
            await teacher_and_staffing(tx, user_id) if about_standing else (await present_teacher(tx, user_id), NOBODY)
        )
        if changes.is_active is not UNSET and before.role is Role.SCHOOL_ADMIN:
            actor.require_in_person()
        after = changes.apply(before)
        is_other = (before.role, before.is_active) != (after.role, after.is_active)
        if is_other and before.id == actor.user_id:
            raise own_account()
        check_admin_remains(before, after, active_admins=staffing.admins)
        joins = after.is_learner and not before.is_learner
        if limits is not None and joins and staffing.learners >= limits.teachers:
            raise PlanLimitReached(f"Your plan has room for {limits.teachers} teachers.")
        return before, after

    async def _save(self, tx: TenantTransaction, before: User, after: User) -> None:
        await tx.users.save(after)
        is_new_address, all_links = before.email != after.email, frozenset(TokenPurpose)
        if is_new_address and after.is_active:
            await (self._mail.ask_to_verify if after.password_hash else self._mail.invite)(tx, after, ends=all_links)
        elif is_new_address or (before.is_active and not after.is_active):
            await tx.one_time_tokens.revoke_all(after.id, all_links, now=self._clock.now())

    async def _join(self, tx: TenantTransaction, user: User, changes: TeacherChanges) -> dict[str, object]:
        """What the trail says about groups."""
        wanted = changes.group_ids
        if wanted is UNSET:
            return {}
        try:
            changed = await tx.groups.set_groups_of(user.id, wanted, on=self._clock.now())
        except NotFound:
            raise InvalidInput.for_field("group_ids", "unknown", "There is no such group.") from None
        return {"group_ids": sorted(map(str, wanted))} if changed else {}


class DeactivateTeacher:
    """Close somebody's account. They cannot sign in any more and no longer count against the plan; all that they did
    is kept, and an administrator can activate them again. To have their personal data removed, erase them.

    All their sessions end. Nobody closes their own account, and a school keeps at least one active administrator.
    """

    def __init__(self, edit: EditTeacher) -> None:
        self._edit = edit

    async def __call__(self, actor: Actor, user_id: UUID) -> None:
        """Raises:
        NotFound: nobody of this school has that id.
        Conflict: ``last_admin``, ``own_account``.
        NotAllowed: ``impersonating``: an administrator's account is not closed by a visiting operator.
        """
        await self._edit(actor, user_id, TeacherChanges(is_active=False))


def own_account() -> Conflict:
    """The one answer to whoever would lock themselves out."""
    return Conflict("Ask another administrator: nobody does this to their own account.", code="own_account")


async def present_teacher(tx: TenantTransaction, user_id: UUID) -> User:
    """A person of the school, locked. Raises NotFound when there is none, or none any more."""
    user = await tx.users.lock(user_id)
    if user is None or user.is_erased:
        raise NotFound("There is nobody with this id.")
    return user


async def teacher_and_staffing(tx: TenantTransaction, user_id: UUID) -> tuple[User, Staffing]:
    """The same, and the active administrators, locked with them, and how many learners there are."""
    user, staffing = await tx.users.lock_with_staffing(user_id)
    if user is None or user.is_erased:
        raise NotFound("There is nobody with this id.")
    return user, staffing


def _given(value: T | UnsetType, present: T) -> T:
    return present if value is UNSET else value


def _facts(user: User) -> dict[str, object]:
    profile = user.profile
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role.value,
        "is_active": user.is_active,
        "employee_id": profile.employee_id,
        "subjects": list(profile.subjects),
        "grades": list(profile.grades),
        "department": profile.department,
        "designation": profile.designation,
        "bio": profile.bio,
        "date_of_joining": profile.date_of_joining.isoformat() if profile.date_of_joining else None,
    }
