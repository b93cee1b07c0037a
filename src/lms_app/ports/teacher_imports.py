"""Port: many people registered at once."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from lms_domain.accounts.person import User
from lms_domain.errors import FieldError


class RowStatus(StrEnum):
    """What became of a row."""

    CREATED = "created"
    SKIPPED = "skipped"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a file. ``number`` counts as spreadsheets do: the names of the columns are row 1.

    ``user_id`` is whom it made, or whom there was before.
    """

    number: int
    status: RowStatus
    user_id: UUID | None = None
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class TeacherImport:
    """A file of people that was imported."""

    id: UUID
    tenant_id: UUID
    requested_by: UUID | None
    """None: somebody at the command line."""
    file_name: str
    rows: tuple[ImportedRow, ...]
    created_at: datetime
    undone_at: datetime | None = None

    @property
    def created_ids(self) -> frozenset[UUID]:
        """Who was made."""
        return frozenset(
            row.user_id for row in self.rows if row.status is RowStatus.CREATED and row.user_id is not None
        )


@dataclass(frozen=True, slots=True)
class KnownAlready:
    """What an import has to know of the school: people by the folded form of their address, groups by the name that
    was asked for."""

    people: dict[str, UUID] = field(default_factory=dict)
    groups: dict[str, UUID] = field(default_factory=dict)


class TeacherImportRepository(Protocol):
    """Imports of one school. As many statements for thousands of people as for one."""

    async def known(self, emails_folded: frozenset[str], group_names: frozenset[str]) -> KnownAlready:
        """Which of these people and groups there are. Names of groups that differ in case only are the same."""
        ...

    async def add_people(
        self, people: tuple[User, ...], memberships: frozenset[tuple[UUID, UUID]], *, on: datetime
    ) -> frozenset[UUID]:
        """Register those whose addresses are free, each in their groups.

        Args:
            memberships: ids of a person and a group of the school.

        Returns:
            The ids of those who were registered.
        """
        ...

    async def add(self, made: TeacherImport) -> None:
        """Remember an import."""
        ...

    async def get(self, import_id: UUID, *, for_update: bool = False) -> TeacherImport | None:
        """One import; with ``for_update`` its row is locked until the transaction ends."""
        ...

    async def save_undone(self, import_id: UUID, *, at: datetime) -> None:
        """It was taken back."""
        ...

    async def remove_newcomers(self, user_ids: frozenset[UUID]) -> frozenset[UUID]:
        """Remove those who have never been here: no password, no session, nobody who visited as them. With them go
        their links, groups, assigned courses, notifications and mails.

        Returns:
            The ids of those who are gone.
        """
        ...
