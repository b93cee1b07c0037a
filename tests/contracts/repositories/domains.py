"""What every repository of schools' own host names promises. A subclass provides the fixture ``uow``."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.schools.custom_domain import DomainStatus, TenantDomain
from tests.contracts.samples import NOW, SYSTEM, a_domain, new_school


class DomainRepositoryContract:
    """The host names of one school."""

    async def test_host_names_come_back_the_oldest_first(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        newer, older = a_domain(scope, created_at=NOW + timedelta(days=1)), a_domain(scope)
        await add(uow, scope, newer, older)
        changed = verified(older)
        async with uow.begin(scope) as tx:
            assert await tx.domains.get(older.id, for_update=True) == older
            await tx.domains.save(changed)
            await tx.domains.save(a_domain(scope))
            assert await tx.domains.all() == (changed, newer)
            await tx.domains.delete(newer.id)
            await tx.domains.delete(uuid4())
            assert await tx.domains.get(newer.id) is None
            assert await tx.domains.all() == (changed,)

    async def test_a_school_has_a_name_once(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        domain = a_domain(scope)
        await add(uow, scope, domain)
        async with uow.begin(scope) as tx:
            with pytest.raises(Taken) as taken:
                await tx.domains.add(a_domain(scope, hostname=domain.hostname))
        assert taken.value.what == "hostname"

    async def test_several_may_wait_for_a_name_and_one_gets_it(self, uow: UnitOfWork) -> None:
        scopes = [await new_school(uow) for _ in range(3)]
        first = a_domain(scopes[0])
        second, third = (a_domain(scope, hostname=first.hostname) for scope in scopes[1:])
        await add(uow, scopes[0], first)
        await add(uow, scopes[1], second)
        await save(uow, scopes[0], verified(first))
        for scope, attempt in ((scopes[1], save), (scopes[2], add)):
            with pytest.raises(Taken) as taken:
                await attempt(uow, scope, verified(second) if attempt is save else third)
            assert taken.value.what == "hostname"
        async with uow.begin(scopes[1]) as tx:
            assert await tx.domains.all() == (second,)

    async def test_of_two_verified_at_once_one_wins(self, uow: UnitOfWork) -> None:
        one, two = await new_school(uow), await new_school(uow)
        first = a_domain(one)
        second = a_domain(two, hostname=first.hostname)
        await add(uow, one, first)
        await add(uow, two, second)
        results = await asyncio.gather(
            save(uow, one, verified(first)), save(uow, two, verified(second)), return_exceptions=True
        )
        assert [type(result) for result in results if result is not None] == [Taken]

    async def test_a_name_that_is_not_served_may_be_claimed_but_not_proven_by_another(self, uow: UnitOfWork) -> None:
        loser, other = await new_school(uow, features=frozenset()), await new_school(uow)
        domain = verified(a_domain(loser))
        await add(uow, loser, domain)
        claim = a_domain(other, hostname=domain.hostname)
        await add(uow, other, claim)
        with pytest.raises(Taken):
            await save(uow, other, verified(claim))

    async def test_verified_names_of_all_schools_by_their_ids(self, uow: UnitOfWork) -> None:
        one, two = await new_school(uow), await new_school(uow)
        domains = [verified(a_domain(one)), a_domain(one), verified(a_domain(two)), verified(a_domain(one))]
        for domain in domains:
            await add(uow, TenantScope(domain.tenant_id), domain)
        wanted = sorted((d.id, d.tenant_id) for d in domains if d.status is DomainStatus.VERIFIED)
        async with uow.begin(SYSTEM) as system:
            everything = await system.verified_domains.after(None, 10_000)
            pairs = [(ref.domain_id, ref.tenant_id) for ref in everything]
            assert pairs == sorted(pairs)
            assert [pair for pair in pairs if pair in wanted] == wanted
            first = await system.verified_domains.after(None, 1)
            assert first == everything[:1]
            assert await system.verified_domains.after(first[0].domain_id, 10_000) == everything[1:]
            assert await system.verified_domains.after(everything[-1].domain_id, 1) == ()

    async def test_since_when_a_proof_is_missing(self, uow: UnitOfWork) -> None:
        scope = await new_school(uow)
        domain = verified(a_domain(scope))
        await add(uow, scope, domain)
        missing = replace(domain, missing_since=NOW + timedelta(days=2))
        await save(uow, scope, missing)
        async with uow.begin(scope) as tx:
            assert await tx.domains.get(domain.id) == missing

    async def test_another_schools_names_are_out_of_reach(self, uow: UnitOfWork) -> None:
        ours, theirs = await new_school(uow), await new_school(uow)
        domain = a_domain(theirs)
        await add(uow, theirs, domain)
        async with uow.begin(ours) as tx:
            assert await tx.domains.get(domain.id) is None
            assert await tx.domains.get(domain.id, for_update=True) is None
            assert await tx.domains.all() == ()
            await tx.domains.delete(domain.id)
            for attempt in (tx.domains.add, tx.domains.save):
                with pytest.raises(ValueError, match="school"):
                    await attempt(verified(domain))
            await tx.domains.save(replace(verified(domain), tenant_id=ours.tenant_id))
            await tx.commit()
        async with uow.begin(theirs) as tx:
            assert await tx.domains.all() == (domain,)


def verified(domain: TenantDomain) -> TenantDomain:
    """The same host name, proven."""
    return replace(domain, status=DomainStatus.VERIFIED, verified_at=NOW + timedelta(hours=1))


async def add(uow: UnitOfWork, scope: TenantScope, *domains: TenantDomain) -> None:
    """Have these host names there."""
    async with uow.begin(scope) as tx:
        for domain in domains:
            await tx.domains.add(domain)
        await tx.commit()


async def save(uow: UnitOfWork, scope: TenantScope, domain: TenantDomain) -> None:
    """Save one in a transaction of its own."""
    async with uow.begin(scope) as tx:
        await tx.domains.save(domain)
        await tx.commit()
