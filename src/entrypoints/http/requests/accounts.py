"""What clients send about people and their sessions."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from entrypoints.http.requests.values import Email, Line, Password, Request, ShortLine, Token
from lms_domain.accounts.roles import Role


class LoginRequest(Request, frozen=True, kw_only=True):
    """Who wants to sign in. With ``session: "cookie"`` the refresh token comes as a cookie, out of reach of scripts."""

    email: Email
    password: Password
    portal: Literal["tenant", "super_admin"] | None = None
    session: Literal["body", "cookie"] = "body"


class RefreshRequest(Request, frozen=True, kw_only=True):
    """The refresh token; without it the session cookie counts."""

    refresh_token: Token | None = None


class ChangePasswordRequest(Request, frozen=True, kw_only=True):
    """The present password and the one that is to replace it."""

    current_password: Password
    new_password: Password


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
