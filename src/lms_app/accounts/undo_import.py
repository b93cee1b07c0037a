"""Take an import back."""

from uuid import UUID

from lms_app.accounts.import_views import UndoneImportView
from lms_app.accounts.shown_imports import UNDO_WITHIN
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, NotFound


class UndoImport:
    """Take an import back within a day: whoever it made is removed, unless they have chosen a password or signed in.
    Their invitations end, and those that wait are not sent. Whoever was there before stays as they are."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, import_id: UUID) -> UndoneImportView:
        """Raises:
        NotFound: no such import.
        Conflict: ``import_undone``, ``undo_too_late``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        now = self._clock.now()
        async with self._uow.begin(scope) as tx:
            made = await tx.teacher_imports.get(import_id, for_update=True)
            if made is None:
                raise NotFound("There is no such import.")
            if made.undone_at is not None:
                raise Conflict("This import was taken back already.", code="import_undone")
            if now > made.created_at + UNDO_WITHIN:
                raise Conflict("An import can be taken back for a day.", code="undo_too_late")
            removed = await tx.teacher_imports.remove_newcomers(made.created_ids)
            await tx.teacher_imports.save_undone(import_id, at=now)
            shown = UndoneImportView(id=import_id, removed=len(removed), kept=len(made.created_ids) - len(removed))
            await self._trail.record(
                tx,
                actor,
                "teachers.import_undone",
                AuditedObject("teacher_import", import_id, made.file_name),
                after={"removed": shown.removed, "kept": shown.kept},
            )
            await tx.commit()
        return shown
