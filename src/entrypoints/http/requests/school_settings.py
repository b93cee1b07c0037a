"""What a school's administrators send about their school."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from entrypoints.http.requests.values import Email, Line, Request, ZoneName
from lms_domain.schools.policies import QuizPolicy

Color = Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}$", examples=["#1d4ed8"])]
Locale = Annotated[str, Meta(max_length=20, pattern=r"^[A-Za-z-]*$", examples=["en", "pt-BR"])]
FontName = Annotated[str, Meta(max_length=60, pattern=r"^[A-Za-z0-9 ]*$", examples=["Inter"])]
Hostname = Annotated[
    str, Meta(min_length=1, max_length=253, pattern=r"^[^\x00-\x20\x7f]*$", examples=["learn.school.org"])
]


class UpdateSettingsRequest(Request, frozen=True, kw_only=True):
    """What is to change; what is absent stays as it is. ``logo`` is a file that was uploaded as one; null takes the
    logo away."""

    name: Line | UnsetType = UNSET
    contact_email: Email | UnsetType = UNSET
    time_zone: ZoneName | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    primary_color: Color | UnsetType = UNSET
    secondary_color: Color | UnsetType = UNSET
    font_family: FontName | UnsetType = UNSET
    logo: UUID | UnsetType | None = UNSET
    quiz_policy: QuizPolicy | UnsetType = UNSET
    remote_quiz_consent: bool | UnsetType = UNSET


class AddDomainRequest(Request, frozen=True, kw_only=True):
    """A host name of the school's own."""

    hostname: Hostname
