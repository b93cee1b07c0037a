"""People as clients see them."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from lms_app.files.addresses import public_address
from lms_domain.accounts.person import Operator, User
from lms_domain.accounts.roles import Role


class UserView(msgspec.Struct, frozen=True, kw_only=True):
    """A person. ``tenant_id`` is null for operators of the platform."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    role: Role
    tenant_id: UUID | None
    employee_id: str
    subjects: list[str]
    grades: list[str]
    department: str
    designation: str
    bio: str
    profile_picture_url: str | None
    date_of_joining: date | None
    is_active: bool
    email_verified: bool
    must_change_password: bool
    created_at: datetime


def view_of_user(user: User) -> UserView:
    """A school's person."""
    return UserView(
        id=user.id,
        email=user.email,
        first_name=user.first_name,
        last_name=user.last_name,
        role=user.role,
        tenant_id=user.tenant_id,
        employee_id=user.profile.employee_id,
        subjects=list(user.profile.subjects),
        grades=list(user.profile.grades),
        department=user.profile.department,
        designation=user.profile.designation,
        bio=user.profile.bio,
        profile_picture_url=public_address(user.picture_key),
        date_of_joining=user.profile.date_of_joining,
        is_active=user.is_active,
        email_verified=user.email_verified,
        must_change_password=user.must_change_password,
        created_at=user.created_at,
    )


def view_of(person: User | Operator) -> UserView:
    """Either of them."""
    return view_of_user(person) if isinstance(person, User) else view_of_operator(person)


def view_of_operator(operator: Operator) -> UserView:
    """An operator, in the same shape."""
    return UserView(
        id=operator.id,
        email=operator.email,
        first_name=operator.first_name,
        last_name=operator.last_name,
        role=Role.SUPER_ADMIN,
        tenant_id=None,
        employee_id="",
        subjects=[],
        grades=[],
        department="",
        designation="",
        bio="",
        profile_picture_url=None,
        date_of_joining=None,
        is_active=operator.is_active,
        email_verified=True,
        must_change_password=operator.must_change_password,
        created_at=operator.created_at,
    )
