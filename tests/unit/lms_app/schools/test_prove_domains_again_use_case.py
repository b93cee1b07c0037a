"""Schools' own host names are proven again every day."""

from collections.abc import Mapping

import pytest

from adapters.memory.dns_resolver import MemoryDnsResolver
from lms_app.ports.dns_resolver import DnsUnavailable
from lms_app.schools.prove_domains_again import ProveDomainsAgain
from lms_app.scope import TenantScope
from lms_domain.accounts.roles import Role
from lms_domain.schools.custom_domain import DomainStatus, TenantDomain
from lms_domain.schools.features import Feature
from lms_domain.schools.host import CustomDomain
from lms_domain.schools.tenant import Tenant
from tests.contracts.samples import a_domain
from tests.unit.lms_app.world import World

TITLES: Mapping[DomainStatus, str] = {
    DomainStatus.VERIFIED: "The proof of learn.school.org is missing",
    DomainStatus.PENDING: "Your school is no longer reached under learn.school.org",
}


@pytest.fixture
def dns() -> MemoryDnsResolver:
    return MemoryDnsResolver()


@pytest.fixture
def prove(world: World, dns: MemoryDnsResolver) -> ProveDomainsAgain:
    return ProveDomainsAgain(world.uow, dns, world.tell, world.trail, world.clock)


@pytest.fixture
async def school(world: World) -> Tenant:
    school = await world.new_school("green", features=frozenset({Feature.CUSTOM_DOMAIN}))
    await world.new_user(school, "ada@green.test", role=Role.SCHOOL_ADMIN)
    await world.new_user(school, "tom@green.test")
    return school


async def a_proven_name(world: World, dns: MemoryDnsResolver, school: Tenant, hostname: str) -> TenantDomain:
    scope, now = TenantScope(school.id), world.clock.now()
    domain = a_domain(scope, hostname=hostname, status=DomainStatus.VERIFIED, verified_at=now)
    async with world.uow.begin(scope) as tx:
        await tx.domains.add(domain)
        await tx.commit()
    dns.records[domain.txt_name] = (domain.txt_value,)
    return domain


async def test_a_name_without_proof_is_lost_after_a_week(
    world: World, dns: MemoryDnsResolver, prove: ProveDomainsAgain, school: Tenant
) -> None:
    kept = await a_proven_name(world, dns, school, "teach.school.org")
    domain = await a_proven_name(world, dns, school, "learn.school.org")
    assert await prove() == 0
    dns.records[domain.txt_name] = ("v=spf1 -all",)
    lost = []
    for _ in range(9):
        lost.append(await prove())
        world.pass_time(days=1)
    assert lost == [0] * 7 + [1, 0]
    assert await world.hosts.school(CustomDomain(domain.hostname)) is None
    assert await world.hosts.school(CustomDomain(kept.hostname)) is not None
    (entry,) = world.database.audit.rows()
    assert (entry.action, entry.tenant_id, entry.actor_id, entry.object_id) == (
        "domain.proof_lost",
        school.id,
        None,
        domain.id,
    )
    assert [mail.to for mail in await world.mails()] == ["ada@green.test"] * 2
    titles = [notification.title for notification in world.database.notifications.rows()]
    assert sorted(titles) == sorted(TITLES.values())


async def test_a_proof_that_comes_back_is_enough(
    world: World, dns: MemoryDnsResolver, prove: ProveDomainsAgain, school: Tenant
) -> None:
    domain = await a_proven_name(world, dns, school, "learn.school.org")
    for _ in range(2):
        # Missing for six days, found, and again.
        records = dns.records.pop(domain.txt_name)
        for _ in range(6):
            assert await prove() == 0
            world.pass_time(days=1)
        dns.records[domain.txt_name] = records
        assert await prove() == 0
        world.pass_time(days=1)
    (now,) = world.database.domains.rows()
    assert now == domain
    # Once for each time that it went.
    assert [mail.subject for mail in await world.mails()] == [TITLES[DomainStatus.VERIFIED]] * 2


async def test_silence_of_the_dns_changes_nothing(
    world: World,
    dns: MemoryDnsResolver,
    prove: ProveDomainsAgain,
    school: Tenant,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    domains = [await a_proven_name(world, dns, school, f"l{number}.school.org") for number in range(5)]
    del dns.records[domains[0].txt_name]
    assert await prove() == 0
    asked: list[str] = []

    async def txt(name: str) -> tuple[str, ...]:
        asked.append(name)
        raise DnsUnavailable("told so")

    monkeypatch.setattr(dns, "txt", txt)
    world.pass_time(days=30)
    assert await prove() == 0
    # It is not waited for five times.
    assert len(asked) == 3
    assert all(domain.status is DomainStatus.VERIFIED for domain in world.database.domains.rows())


async def test_a_name_that_went_meanwhile_is_nobodys(
    world: World, dns: MemoryDnsResolver, prove: ProveDomainsAgain, school: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    domain = await a_proven_name(world, dns, school, "learn.school.org")

    async def txt(_: str) -> tuple[str, ...]:
        async with world.uow.begin(TenantScope(school.id)) as tx:
            await tx.domains.delete(domain.id)
            await tx.commit()
        return ()

    monkeypatch.setattr(dns, "txt", txt)
    assert await prove() == 0
    assert await world.mails() == []
