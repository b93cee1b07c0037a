"""Imports of people, as they are shown afterwards."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from lms_app.accounts.import_views import ImportCountsView, ImportRowView, RowErrorView, TeacherImportView
from lms_app.actor import Actor
from lms_app.csv_text import csv_lines
from lms_app.ports.teacher_imports import RowStatus, TeacherImport
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound

UNDO_WITHIN = timedelta(days=1)

_COLUMNS = ("row", "email", "status", "errors")


class ShowImport:
    """What became of an import. Addresses are those of the people it made or found, as they are now; of other rows
    nothing is kept but the number."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def __call__(self, actor: Actor, import_id: UUID) -> TeacherImportView:
        """Raises NotFound: no such import."""
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            made = await tx.teacher_imports.get(import_id)
            if made is None:
                raise NotFound("There is no such import.")
            people = await tx.users.get_many(frozenset(row.user_id for row in made.rows if row.user_id is not None))
        emails = {user.id: user.email for user in people if not user.is_erased}
        by_row = {row.number: emails.get(row.user_id, "") for row in made.rows if row.user_id is not None}
        return view_of_import(made, by_row)


def result_file(shown: TeacherImportView) -> bytes:
    """The results as a table for a spreadsheet, which runs nothing in it."""
    lines = (
        (row.row, row.email, row.status.value, " ".join(error.message for error in row.errors)) for row in shown.rows
    )
    # The mark tells spreadsheets that this is UTF-8.
    return b"\xef\xbb\xbf" + csv_lines([_COLUMNS, *lines])


def view_of_import(
    made: TeacherImport, emails: Mapping[int, str], *, ignored_columns: Iterable[str] = (), dry_run: bool = False
) -> TeacherImportView:
    """``made`` as clients see it. Args: ``emails`` by the numbers of rows."""
    counts = {status: sum(row.status is status for row in made.rows) for status in RowStatus}
    return TeacherImportView(
        id=None if dry_run else made.id,
        dry_run=dry_run,
        file_name=made.file_name,
        counts=ImportCountsView(
            created=counts[RowStatus.CREATED], skipped=counts[RowStatus.SKIPPED], error=counts[RowStatus.ERROR]
        ),
        ignored_columns=list(ignored_columns),
        rows=[
            ImportRowView(
                row=row.number,
                email=emails.get(row.number, ""),
                status=row.status,
                user_id=row.user_id,
                errors=[RowErrorView(field=e.field, code=e.code, message=e.message) for e in row.errors],
            )
            for row in made.rows
        ],
        created_at=made.created_at,
        undo_until=None if dry_run else made.created_at + UNDO_WITHIN,
        undone_at=made.undone_at,
    )
