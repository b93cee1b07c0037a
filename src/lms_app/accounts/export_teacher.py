"""Give a person's data away."""

from uuid import UUID

from lms_app.accounts.people_views import PersonalDataView
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.people_queries import PeopleQueries
from lms_app.ports.unit_of_work import UnitOfWork
from lms_domain.accounts.roles import Permission
from lms_domain.errors import NotFound


class ExportTeacher:
    """Everything that is kept about one person, for them to take along. That it was handed out is audited."""

    def __init__(self, uow: UnitOfWork, queries: PeopleQueries, trail: AuditTrail) -> None:
        self._uow = uow
        self._queries = queries
        self._trail = trail

    async def __call__(self, actor: Actor, user_id: UUID) -> PersonalDataView:
        """Raises NotFound: nobody of this school has that id."""
        scope = actor.school(Permission.MANAGE_SCHOOL)
        data = await self._queries.personal_data(scope, user_id)
        if data is None:
            raise NotFound("There is nobody with this id.")
        async with self._uow.begin(scope) as tx:
            await self._trail.record(tx, actor, "user.exported", AuditedObject("user", user_id, data.person.email))
            await tx.commit()
        return data
