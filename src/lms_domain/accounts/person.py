"""A person of one school, and an operator of the platform."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms_domain.accounts.email import clean_email, fold_email
from lms_domain.accounts.roles import SCHOOL_ROLES, Role
from lms_domain.errors import InvalidInput
from lms_domain.text import clean_line, clean_text


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

    def __post_init__(self) -> None:
        if self.role not in SCHOOL_ROLES:
            raise InvalidInput.for_field("role", "invalid", "A school's person cannot have this role.")

    @property
    def email_folded(self) -> str:
        """The form by which addresses are compared within the school."""
        return fold_email(self.email)


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
        first_name=clean_line(first_name, field=f"{field_prefix}first_name", max_length=100),
        last_name=clean_line(last_name, field=f"{field_prefix}last_name", max_length=100),
        role=role,
        profile=clean_profile(profile),
        password_hash=password_hash,
        must_change_password=must_change_password,
        is_active=True,
        email_verified=False,
        created_at=now,
    )


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
