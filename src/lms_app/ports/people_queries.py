"""Ports: screens about the people of a school. One statement per screen."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from lms_app.accounts.people_views import PersonalDataView, SchoolStatsView, TeacherView, TeamMemberView
from lms_app.courses.group_views import GroupMemberView, GroupView
from lms_app.listing import Listing, PageRequest
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.courses.group import GroupKind


class TeacherFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which people. ``is_invited``: they have not chosen a password yet. Every word of ``search`` is in the name, the
    address or the employee id. ``ordering`` is one of name, email, created_at, with ``-`` in front for descending."""

    role: Role | None = None
    department: str | None = None
    group: UUID | None = None
    is_active: bool | None = None
    is_invited: bool | None = None
    search: str = ""
    ordering: str = "name"


class PeopleQueries(Protocol):
    """People for administrators. Nobody who was erased is ever among them."""

    async def teachers(self, scope: TenantScope, filters: TeacherFilter, page: PageRequest) -> Listing[TeacherView]:
        """People of the school, its administrators included."""
        ...

    async def teacher(self, scope: TenantScope, user_id: UUID) -> TeacherView | None:
        """One of them."""
        ...

    async def personal_data(self, scope: TenantScope, user_id: UUID) -> PersonalDataView | None:
        """Everything about one of them."""
        ...


class OverviewQueries(Protocol):
    """How many people stand with their courses."""

    async def team(
        self, scope: TenantScope, viewer_id: UUID, search: str, page: PageRequest, *, now: datetime
    ) -> Listing[TeamMemberView]:
        """The active people whom ``viewer_id`` sees (see ``lms_domain.accounts.team``), by name."""
        ...

    async def stats(self, scope: TenantScope, *, now: datetime) -> SchoolStatsView | None:
        """The school at a glance; None once it is erased."""
        ...


class GroupFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which groups."""

    kind: GroupKind | None = None
    search: str = ""


class GroupQueries(Protocol):
    """Groups for administrators."""

    async def groups(self, scope: TenantScope, filters: GroupFilter, page: PageRequest) -> Listing[GroupView]:
        """All groups by name."""
        ...

    async def group(self, scope: TenantScope, group_id: UUID) -> GroupView | None:
        """One group."""
        ...

    async def members(self, scope: TenantScope, group_id: UUID, page: PageRequest) -> Listing[GroupMemberView] | None:
        """Who is in a group, by name; None when there is no such group."""
        ...
