"""What every audit trail promises. A subclass provides the fixtures ``uow`` and ``audit_queries``, over the same
database."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms_app.audit.views import AuditEntryView
from lms_app.listing import PageRequest
from lms_app.ports.audit import AuditFilter, AuditQueries
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import SystemScope, TenantScope
from lms_domain.audit.entry import AuditEntry
from tests.contracts.notice_samples import an_entry
from tests.contracts.samples import NOW, SYSTEM, new_school

ALL = AuditFilter()
PAGE = PageRequest(1, 100)
MINUTE = timedelta(minutes=1)


class AuditContract:
    """Entries are added, listed, and nothing else."""

    async def test_an_entry_comes_back_as_it_was(self, uow: UnitOfWork, audit_queries: AuditQueries) -> None:
        scope = await new_school(uow)
        entry = an_entry(scope, impersonated_by=uuid4())
        await add(uow, scope, entry)
        listing = await audit_queries.entries(scope, ALL, PAGE)
        assert listing.count == 1
        assert listing.results == [
            AuditEntryView(
                id=entry.id,
                tenant_id=scope.tenant_id,
                at=entry.at,
                actor_id=entry.actor_id,
                actor_email="ada@school.test",
                impersonated_by=entry.impersonated_by,
                action="course.published",
                object_type="course",
                object_id=entry.object_id,
                object_name="Formative assessment",
                address="2001:db8::1",
                request_id="r-1",
                before={"is_published": False, "tags": ["a", 1, None]},
                after={"is_published": True},
            )
        ]

    async def test_an_entry_is_never_written_again(self, uow: UnitOfWork, audit_queries: AuditQueries) -> None:
        scope, platforms = await new_school(uow), an_entry(None)
        entry = an_entry(scope)
        await add(uow, scope, entry)
        await add(uow, SYSTEM, platforms)
        for begun, changed in ((scope, replace(entry, after={})), (SYSTEM, replace(platforms, after={}))):
            with pytest.raises(Taken) as taken:
                await add(uow, begun, changed)
            assert taken.value.what == "other"
        assert (await audit_queries.entries(scope, ALL, PAGE)).results[0].after == {"is_published": True}

    async def test_it_happened_with_what_it_is_about_or_not_at_all(
        self, uow: UnitOfWork, audit_queries: AuditQueries
    ) -> None:
        scope = await new_school(uow)
        async with uow.begin(scope) as tx:
            await tx.audit.add(an_entry(scope))
        assert (await audit_queries.entries(scope, ALL, PAGE)).count == 0

    async def test_a_school_sees_its_own_and_the_platform_all(
        self, uow: UnitOfWork, audit_queries: AuditQueries
    ) -> None:
        ours, theirs, actor = await new_school(uow), await new_school(uow), uuid4()
        entries = [an_entry(scope, actor_id=actor, at=NOW + n * MINUTE) for n, scope in enumerate((ours, theirs, None))]
        await add(uow, ours, entries[0])
        await add(uow, SYSTEM, *entries[1:])
        of_actor = AuditFilter(actor_id=actor)
        assert await ids(audit_queries, ours, of_actor) == [entries[0].id]
        assert await ids(audit_queries, theirs, of_actor) == [entries[1].id]
        assert await ids(audit_queries, SYSTEM, of_actor) == [entry.id for entry in reversed(entries)]

    async def test_a_school_writes_its_own_only(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        for foreign in (an_entry(theirs), an_entry(None)):
            async with uow.begin(ours) as tx:
                with pytest.raises(ValueError, match="school"):
                    await tx.audit.add(foreign)

    async def test_the_newest_come_first_page_by_page(self, uow: UnitOfWork, audit_queries: AuditQueries) -> None:
        scope = await new_school(uow)
        entries = [an_entry(scope, at=NOW + n * MINUTE) for n in (1, 3, 2)]
        await add(uow, scope, *entries)
        listing = await audit_queries.entries(scope, ALL, PageRequest(1, 2))
        assert listing.count == 3
        assert [each.id for each in listing.results] == [entries[1].id, entries[2].id]
        listing = await audit_queries.entries(scope, ALL, PageRequest(2, 2))
        assert [each.id for each in listing.results] == [entries[0].id]

    async def test_filters(self, uow: UnitOfWork, audit_queries: AuditQueries) -> None:
        scope = await new_school(uow)
        entry = an_entry(scope, actor_email="Zoë@School.test", object_name="100 % Größe_1")
        other = an_entry(
            scope,
            at=NOW + 2 * MINUTE,
            actor_email="bob@school.test",
            action="quiz.retired",
            object_type="quiz",
            object_name="Another",
        )
        await add(uow, scope, entry, other)
        matching = [
            AuditFilter(actor_id=entry.actor_id),
            AuditFilter(action="course.published"),
            AuditFilter(object_type="course"),
            AuditFilter(object_id=entry.object_id),
            AuditFilter(since=entry.at, until=other.at),
            AuditFilter(search="GRÖSSE_"),
            AuditFilter(search="00 %"),
            AuditFilter(search="zoë@"),
            AuditFilter(object_type="course", search="größe", actor_id=entry.actor_id),
        ]
        for filters in matching:
            assert await ids(audit_queries, scope, filters) == [entry.id], filters
        assert await ids(audit_queries, scope, AuditFilter(since=other.at)) == [other.id]
        for filters in (AuditFilter(search="%%"), AuditFilter(object_type="course", action="quiz.retired")):
            assert await ids(audit_queries, scope, filters) == [], filters


async def ids(queries: AuditQueries, scope: TenantScope | SystemScope, filters: AuditFilter) -> list[UUID]:
    """The entries that are found, in order."""
    return [each.id for each in (await queries.entries(scope, filters, PAGE)).results]


async def add(uow: UnitOfWork, scope: TenantScope | SystemScope, *entries: AuditEntry) -> None:
    """Write and commit, as a school or as the platform."""
    if isinstance(scope, TenantScope):
        async with uow.begin(scope) as tx:
            for entry in entries:
                await tx.audit.add(entry)
            await tx.commit()
    else:
        async with uow.begin(scope) as system:
            for entry in entries:
                await system.audit.add(entry)
            await system.commit()
