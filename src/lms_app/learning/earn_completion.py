"""Keep that somebody completed a course."""

from datetime import datetime
from uuid import UUID

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope


async def earn_completion(
    uow: UnitOfWork, scope: TenantScope, user_id: UUID, course_id: UUID, *, now: datetime
) -> None:
    """Write down that a person has completed a course, if they have: what is added to it later takes nothing back.

    Call it after the commit of what may have completed it: of two last steps at once each then sees the other's.
    """
    async with uow.begin(scope) as tx:
        await tx.progress.record_completion(user_id, course_id, at=now)
        await tx.commit()
