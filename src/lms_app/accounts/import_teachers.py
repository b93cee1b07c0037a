"""Register many people of a school from a file."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from lms_app.accounts.account_mail import AccountMail
from lms_app.accounts.import_views import TeacherImportView
from lms_app.accounts.shown_imports import view_of_import
from lms_app.accounts.teacher_table import TableRow, TeacherRow, decoded, read_row, read_table
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_app.ports.teacher_imports import ImportedRow, KnownAlready, RowStatus, TeacherImport
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.accounts.email import fold_email
from lms_domain.accounts.person import User, new_user
from lms_domain.accounts.roles import Permission
from lms_domain.errors import FieldError, InvalidInput
from lms_domain.text import display_filename


@dataclass(frozen=True, slots=True)
class TeacherFile:
    """A file of people, or its text."""

    file_name: str
    content: bytes | str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row that is fit, and whom it would make."""

    row: TableRow
    user: User
    group_names: tuple[str, ...]


class ImportTeachers:
    """Register people of the school from a table (CSV; UTF-8 or Windows-1252; separated by commas, semicolons or tabs),
    up to 2,000 at once. Required columns are `email`, `first_name` and `last_name`; also known are `role`,
    `employee_id`, `subjects`, `grades`, `department`, `designation`, `date_of_joining` and `groups` (names of groups
    that there are; several in one cell are separated by `|`).

    Every row has a result of its own, and a bad one stops nothing: `created` people are invited by mail, `skipped`
    ones have an account already and stay as they are. Rows beyond the plan's teachers are errors. A dry run says the
    same and does nothing. For a day the import can be taken back.
    """

    def __init__(self, uow: UnitOfWork, mail: AccountMail, trail: AuditTrail, clock: Clock, ids: Ids) -> None:
        self._uow = uow
        self._mail = mail
        self._trail = trail
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, file: TeacherFile, *, dry_run: bool) -> TeacherImportView:
        """Raises:
        InvalidInput: this is no table of people.
        NotAllowed: ``impersonating``: a visiting operator invites nobody in the school's name; a dry run is fine.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        if not dry_run:
            actor.require_in_person()
        return await self.into(scope, actor, file, dry_run=dry_run)

    async def into(
        self, scope: TenantScope, actor: Actor | None, file: TeacherFile, *, dry_run: bool
    ) -> TeacherImportView:
        """The same for whoever may do it anyway. Args: ``actor`` None: somebody at the command line."""
        content = file.content
        table = read_table(content, name="csv") if isinstance(content, str) else read_table(decoded(content))
        candidates, results = self._candidates(scope, table.rows)
        async with self._uow.begin(scope) as tx:
            limits, _ = await tx.usage.lock_limits()
            known = await tx.teacher_imports.known(
                frozenset(each.user.email_folded for each in candidates),
                frozenset(name for each in candidates for name in each.group_names),
            )
            seats = limits.teachers - await tx.usage.teacher_count()
            chosen = self._choose(candidates, known, seats, results)
            if not dry_run:
                await self._register(tx, chosen, known, results)
            made = TeacherImport(
                id=self._ids.new(),
                tenant_id=scope.tenant_id,
                requested_by=actor.user_id if actor is not None else None,
                file_name=display_filename(file.file_name) or "import.csv",
                rows=tuple(results[row.number] for row in table.rows),
                created_at=self._clock.now(),
            )
            if not dry_run:
                await self._remember(tx, actor, made)
                await tx.commit()
        emails = {row.number: row.cells.get("email", "") for row in table.rows}
        return view_of_import(made, emails, ignored_columns=table.ignored_columns, dry_run=dry_run)

    def _candidates(
        self, scope: TenantScope, rows: Iterable[TableRow]
    ) -> tuple[list[_Candidate], dict[int, ImportedRow]]:
        """Rows that are fit by themselves, and what is wrong with the others."""
        fit: list[_Candidate] = []
        results: dict[int, ImportedRow] = {}
        first_with: dict[str, int] = {}
        for row in rows:
            said, errors = read_row(row)
            if said is not None:
                try:
                    candidate = _Candidate(row, self._newcomer(scope, said), said.groups)
                except InvalidInput as error:
                    errors = error.errors
                else:
                    before = first_with.setdefault(fold_email(said.email), row.number)
                    if before == row.number:
                        fit.append(candidate)
                        continue
                    errors = (FieldError("email", "duplicate", f"This is the same person as in row {before}."),)
            results[row.number] = ImportedRow(row.number, RowStatus.ERROR, errors=errors)
        return fit, results

    def _newcomer(self, scope: TenantScope, said: TeacherRow) -> User:
        return new_user(
            user_id=self._ids.new(),
            tenant_id=scope.tenant_id,
            email=said.email,
            first_name=said.first_name,
            last_name=said.last_name,
            role=said.role,
            profile=said.profile,
            password_hash="",
            must_change_password=False,
            now=self._clock.now(),
        )

    def _choose(
        self, candidates: list[_Candidate], known: KnownAlready, seats: int, results: dict[int, ImportedRow]
    ) -> list[_Candidate]:
        """Those for whom there is room, in the order of the file."""
        chosen: list[_Candidate] = []
        for each in candidates:
            number = each.row.number
            present = known.people.get(each.user.email_folded)
            unknown = [name for name in each.group_names if name not in known.groups]
            if present is not None:
                results[number] = _skipped(number, present)
            elif unknown:
                errors = tuple(
                    FieldError("groups", "unknown", f"There is no group “{name[:120]}”.") for name in unknown
                )
                results[number] = ImportedRow(number, RowStatus.ERROR, errors=errors)
            elif len(chosen) >= seats:
                full = FieldError("", "plan_limit", "Your plan has no room for another teacher.")
                results[number] = ImportedRow(number, RowStatus.ERROR, errors=(full,))
            else:
                results[number] = ImportedRow(number, RowStatus.CREATED)
                chosen.append(each)
        return chosen

    async def _register(
        self, tx: TenantTransaction, chosen: list[_Candidate], known: KnownAlready, results: dict[int, ImportedRow]
    ) -> None:
        memberships = frozenset((each.user.id, known.groups[name]) for each in chosen for name in each.group_names)
        now = self._clock.now()
        added = await tx.teacher_imports.add_people(tuple(each.user for each in chosen), memberships, on=now)
        for each in chosen:
            number = each.row.number
            # Somebody else was faster with this address.
            is_new = each.user.id in added
            results[number] = replace(results[number], user_id=each.user.id) if is_new else _skipped(number, None)
        await self._mail.invite_many(tx, (each.user for each in chosen if each.user.id in added))

    async def _remember(self, tx: TenantTransaction, actor: Actor | None, made: TeacherImport) -> None:
        await tx.teacher_imports.add(made)
        counts = {status.value: sum(row.status is status for row in made.rows) for status in RowStatus}
        await self._trail.record(
            tx,
            actor,
            "teachers.imported",
            AuditedObject("teacher_import", made.id, made.file_name),
            after=counts,
            tenant_id=made.tenant_id,
        )


def _skipped(number: int, user_id: UUID | None) -> ImportedRow:
    taken = FieldError("email", "taken", "There is already an account with this e-mail address.")
    return ImportedRow(number, RowStatus.SKIPPED, user_id, (taken,))
