"""What clients send about people and their sessions."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from entrypoints.http.requests.values import NO_CONTROL, Code, Email, Line, Password, Request, ShortLine, Token
from lms_domain.accounts.roles import Role
from lms_domain.notices.notification import NotificationKind


class LoginRequest(Request, frozen=True, kw_only=True):
    """Who wants to sign in. With ``session: "cookie"`` the refresh token comes as a cookie, out of reach of scripts."""

    email: Email
    password: Password
    portal: Literal["tenant", "super_admin"] | None = None
    session: Literal["body", "cookie"] = "body"
    otp: Code | None = None


class RefreshRequest(Request, frozen=True, kw_only=True):
    """The refresh token; without it the session cookie counts."""

    refresh_token: Token | None = None


class ChangePasswordRequest(Request, frozen=True, kw_only=True):
    """The present password and the one that is to replace it."""

    current_password: Password
    new_password: Password


class EditMeRequest(Request, frozen=True, kw_only=True):
    """What changes."""

    first_name: Line | UnsetType = UNSET
    last_name: Line | UnsetType = UNSET
    bio: Annotated[str, Meta(max_length=2000, pattern=NO_CONTROL)] | UnsetType = UNSET


class EditPreferencesRequest(Request, frozen=True, kw_only=True):
    """What changes."""

    mail: bool | UnsetType = UNSET
    digest: bool | UnsetType = UNSET
    muted: Annotated[frozenset[NotificationKind], Meta(max_length=20)] | UnsetType = UNSET
    unmailed: Annotated[frozenset[NotificationKind], Meta(max_length=20)] | UnsetType = UNSET


class AddressRequest(Request, frozen=True, kw_only=True):
    """Whose account it is about."""

    email: Email


class LinkRequest(Request, frozen=True, kw_only=True):
    """What stands in the address that a mailed link leads to."""

    uid: UUID
    token: Token


class LinkedPasswordRequest(LinkRequest, frozen=True, kw_only=True):
    """The same, and the password that is chosen."""

    new_password: Password


class ExchangeRequest(Request, frozen=True, kw_only=True):
    """The code of a visit."""

    code: Token


class StepUpRequest(Request, frozen=True, kw_only=True):
    """One of the two."""

    password: Password | None = None
    otp: Code | None = None


class CodeRequest(Request, frozen=True, kw_only=True):
    """A code of the authenticator app, or, where that is said, a recovery code."""

    code: Code


class RegisterTeacherRequest(Request, frozen=True, kw_only=True):
    """A new person of the school."""

    email: Email
    first_name: Line
    last_name: Line
    role: Role = Role.TEACHER
    password: Password | None = None
    password_confirm: Password | None = None
    employee_id: ShortLine = ""
    subjects: Annotated[tuple[ShortLine, ...], Meta(max_length=50)] = ()
    grades: Annotated[tuple[ShortLine, ...], Meta(max_length=50)] = ()
    department: ShortLine = ""
    designation: ShortLine = ""
    date_of_joining: date | None = None
    group_ids: Annotated[tuple[UUID, ...], Meta(max_length=200)] = ()
