"""What is written to the trail, and what is not."""

from uuid import UUID

from adapters.memory.clock import MemoryClock
from adapters.memory.ids import SequentialIds
from lms_app.actor import Actor, Origin
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.audit import AuditRepository
from lms_domain.accounts.roles import Role
from lms_domain.audit.entry import AuditEntry

SCHOOL, OTHER, PERSON, OPERATOR = (UUID(int=number) for number in range(1, 5))
ADMIN = Actor(
    user_id=PERSON,
    tenant_id=SCHOOL,
    role=Role.SCHOOL_ADMIN,
    session_id=UUID(int=9),
    email="admin@north.test",
    impersonated_by=OPERATOR,
    origin=Origin("192.0.2.7", "request-1"),
)
COURSE = AuditedObject("course", UUID(int=8), "Safety")


class Trail(AuditRepository):
    """A transaction's trail, kept as a list; the transaction of itself."""

    def __init__(self) -> None:
        self.audit: AuditRepository = self
        self.entries: list[AuditEntry] = []

    async def add(self, entry: AuditEntry) -> None:
        self.entries.append(entry)


async def test_who_did_it_for_whom_and_from_where() -> None:
    trail, clock = Trail(), MemoryClock()
    await AuditTrail(clock, SequentialIds()).record(
        trail, ADMIN, "course.updated", COURSE, before={"title": "A", "order": 1}, after={"title": "B", "order": 1}
    )
    (entry,) = trail.entries
    assert (entry.tenant_id, entry.actor_id, entry.actor_email) == (SCHOOL, PERSON, "admin@north.test")
    assert (entry.impersonated_by, entry.address, entry.request_id) == (OPERATOR, "192.0.2.7", "request-1")
    assert (entry.object_type, entry.object_id, entry.object_name) == ("course", UUID(int=8), "Safety")
    assert (entry.before, entry.after, entry.at) == ({"title": "A"}, {"title": "B"}, clock.now())


async def test_a_change_that_changes_nothing_is_no_entry() -> None:
    trail = Trail()
    record = AuditTrail(MemoryClock(), SequentialIds()).record
    await record(trail, ADMIN, "course.updated", COURSE, before={"title": "A"}, after={"title": "A"})
    assert trail.entries == []


async def test_the_system_and_a_school_that_is_not_the_actors_own() -> None:
    trail = Trail()
    record = AuditTrail(MemoryClock(), SequentialIds()).record
    await record(trail, None, "tenant.expired", AuditedObject("tenant", OTHER, "South"), tenant_id=OTHER)
    (entry,) = trail.entries
    assert (entry.tenant_id, entry.actor_id, entry.actor_email, entry.address) == (OTHER, None, "", "")
