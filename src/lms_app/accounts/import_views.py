"""Imports of people as clients see them."""

from datetime import datetime
from uuid import UUID

import msgspec

from lms_app.ports.teacher_imports import RowStatus


class RowErrorView(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a row; ``field`` is empty when it is the row as a whole."""

    field: str
    code: str
    message: str


class ImportRowView(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a row. ``row`` counts as spreadsheets do: the names of the columns are row 1.

    ``user_id`` is whom it made, or whom there was before. ``email`` is empty where nobody has come of the row and its
    file is not at hand.
    """

    row: int
    email: str
    status: RowStatus
    user_id: UUID | None
    errors: list[RowErrorView]


class ImportCountsView(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows there were of each status."""

    created: int
    skipped: int
    error: int


class TeacherImportView(msgspec.Struct, frozen=True, kw_only=True):
    """An import, or, with ``dry_run``, what it would do; then ``id`` is null and nothing was done.

    Until ``undo_until`` it can be taken back. ``ignored_columns`` are those of which nobody knows what they are.
    """

    id: UUID | None
    dry_run: bool
    file_name: str
    counts: ImportCountsView
    ignored_columns: list[str]
    rows: list[ImportRowView]
    created_at: datetime
    undo_until: datetime | None
    undone_at: datetime | None


class UndoneImportView(msgspec.Struct, frozen=True, kw_only=True):
    """An import that was taken back. ``kept`` have been here since, and stay."""

    id: UUID
    removed: int
    kept: int
