"""What the audit trail keeps of assignments, and how they are locked."""

from collections.abc import Mapping
from uuid import UUID

from lms_app.audit.audit_trail import AuditedObject
from lms_app.ports.unit_of_work import TenantTransaction
from lms_domain.errors import NotFound
from lms_domain.learning.assignment import Assignment


def audited_assignment(assignment: Assignment) -> AuditedObject:
    """An assignment, as the trail names it."""
    return AuditedObject("assignment", assignment.id, assignment.title)


def facts_of_assignment(assignment: Assignment) -> Mapping[str, object]:
    """What administrators decide about an assignment."""
    return {
        "title": assignment.title,
        "instructions": assignment.instructions,
        "course_id": str(assignment.course_id),
        "kind": assignment.kind.value,
        "due_date": assignment.due_date.isoformat() if assignment.due_date is not None else None,
        "max_score": assignment.max_score,
        "passing_score": assignment.passing_score,
        "is_mandatory": assignment.is_mandatory,
        "is_published": assignment.is_published,
    }


async def lock_assignment(tx: TenantTransaction, assignment_id: UUID) -> Assignment:
    """An assignment of a course that is not deleted, locked until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    assignment = await tx.assignments.lock_open(assignment_id)
    if assignment is None:
        raise NotFound("There is no such assignment.")
    return assignment
