"""A person of one school, and an operator of the platform."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from lms_domain.accounts.email import clean_email, fold_email
from lms_domain.accounts.preferences import DEFAULT_PREFERENCES, NotificationPreferences
from lms_domain.accounts.roles import LEARNER_ROLES, SCHOOL_ROLES, Role
from lms_domain.errors import Conflict, InvalidInput
from lms_domain.text import clean_line, clean_text

MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class Profile:
    """What a school knows of a person beyond the account."""

    employee_id: str = ""
    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    department: str = ""
    designation: str = ""
    bio: str = ""
    date_of_joining: date | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A person of one school. The same human may have an account at two schools; the two know nothing of each other."""

    id: UUID
    tenant_id: UUID
    email: str
    first_name: str
    last_name: str
    role: Role
    profile: Profile
    password_hash: str
    must_change_password: bool
    is_active: bool
    email_verified: bool
    created_at: datetime
    picture_key: str | None = None
    """Where the profile picture lies in storage."""
    preferences: NotificationPreferences = DEFAULT_PREFERENCES

    def __post_init__(self) -> None:
        if self.role not in SCHOOL_ROLES:
            raise InvalidInput.for_field("role", "invalid", "A school's person cannot have this role.")

    @property
    def email_folded(self) -> str:
        """The form by which addresses are compared within the school."""
        return fold_email(self.email)

    @property
    def is_learner(self) -> bool:
        """Whether the person counts as a teacher of the school: active, in one of the three roles that learn."""
        return self.is_active and self.role in LEARNER_ROLES

    @property
    def is_erased(self) -> bool:
        """Whether everything personal is gone. Nobody sees such a person any more; their figures stay."""
        return self.email == erased_email(self.id)

    @property
    def is_active_admin(self) -> bool:
        """Whether the person can run the school."""
        return self.is_active and self.role is Role.SCHOOL_ADMIN

    def renamed(self, *, first_name: str, last_name: str) -> "User":
        """The person under another name, or InvalidInput."""
        first, last = _clean_name(first_name, last_name)
        return replace(self, first_name=first, last_name=last)

    def with_email(self, email: str, *, verified: bool) -> "User":
        """The person under another address, or InvalidInput. It is unverified until a mail sent there proves it."""
        return replace(self, email=clean_email(email), email_verified=verified)

    def verified(self, email: str) -> "User":
        """The person, whose address is proven by a link that was sent to ``email``.

        Raises:
            InvalidInput: ``token_invalid``: the address has changed since.
        """
        if fold_email(email) != self.email_folded:
            raise InvalidInput("This link is for an address that you no longer use.", code="token_invalid")
        return replace(self, email_verified=True)

    def erased(self) -> "User":
        """The person with everything personal gone, for good: what they did still counts, nobody can tell whose it was,
        and nobody can sign in."""
        return replace(
            self,
            email=erased_email(self.id),
            first_name="Former",
            last_name="Member",
            profile=Profile(),
            password_hash="",
            must_change_password=False,
            is_active=False,
            email_verified=False,
            picture_key=None,
            preferences=NotificationPreferences(mail=False),
        )


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who runs the platform. Operators belong to no school and live in a table of their own."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    password_hash: str
    must_change_password: bool
    is_active: bool
    created_at: datetime

    @property
    def email_folded(self) -> str:
        """The form by which addresses are compared."""
        return fold_email(self.email)

    def renamed(self, *, first_name: str, last_name: str) -> "Operator":
        """The operator under another name, or InvalidInput."""
        first, last = _clean_name(first_name, last_name)
        return replace(self, first_name=first, last_name=last)


def new_user(
    *,
    user_id: UUID,
    tenant_id: UUID,
    email: str,
    first_name: str,
    last_name: str,
    role: Role,
    profile: Profile,
    password_hash: str,
    must_change_password: bool,
    now: datetime,
    field_prefix: str = "",
) -> User:
    """A person as an administrator registers them: active, address not yet verified.

    Args:
        field_prefix: what stands before ``email``, ``first_name`` and ``last_name`` in the request.

    Raises:
        InvalidInput: a name, address, role or profile that the rules refuse.
    """
    return User(
        id=user_id,
        tenant_id=tenant_id,
        email=clean_email(email, field=f"{field_prefix}email"),
        first_name=clean_line(first_name, field=f"{field_prefix}first_name", max_length=MAX_NAME),
        last_name=clean_line(last_name, field=f"{field_prefix}last_name", max_length=MAX_NAME),
        role=role,
        profile=clean_profile(profile),
        password_hash=password_hash,
        must_change_password=must_change_password,
        is_active=True,
        email_verified=False,
        created_at=now,
    )


def erased_email(user_id: UUID) -> str:
    """What stands in place of the address of somebody who was erased. No mail can ever go there (RFC 6761)."""
    return f"erased-{user_id}@erased.invalid"


def check_admin_remains(before: User, after: User | None, *, active_admins: frozenset[UUID]) -> None:
    """Whether ``before`` may become ``after`` (None: go): somebody must always be able to run the school.

    Args:
        active_admins: ids of the school's active administrators, locked until the change is made.

    Raises:
        Conflict: ``last_admin``.
    """
    stays = after is not None and after.is_active_admin
    if before.is_active_admin and not stays and not active_admins - {before.id}:
        raise Conflict("A school keeps at least one active administrator.", code="last_admin")


def clean_profile(profile: Profile) -> Profile:
    """``profile`` with every text fit to keep.

    Raises:
        InvalidInput: a text too long or with characters that cannot be shown.
    """

    def optional(value: str, field: str, max_length: int = 120) -> str:
        return clean_line(value, field=field, max_length=max_length) if value.strip() else ""

    return Profile(
        employee_id=optional(profile.employee_id, "employee_id", 60),
        subjects=tuple(clean_line(s, field="subjects", max_length=80) for s in profile.subjects[:50]),
        grades=tuple(clean_line(g, field="grades", max_length=40) for g in profile.grades[:50]),
        department=optional(profile.department, "department"),
        designation=optional(profile.designation, "designation"),
        bio=clean_text(profile.bio, field="bio", max_length=2000),
        date_of_joining=profile.date_of_joining,
    )


def _clean_name(first_name: str, last_name: str) -> tuple[str, str]:
    """First and last name, fit to keep, or InvalidInput."""
    return (
        clean_line(first_name, field="first_name", max_length=MAX_NAME),
        clean_line(last_name, field="last_name", max_length=MAX_NAME),
    )
