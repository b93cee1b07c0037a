"""What administrators change about their school, and the host names that they prove."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from adapters.memory.dns_resolver import MemoryDnsResolver
from adapters.memory.randomness import SequentialRandomness
from lms_app.actor import Actor
from lms_app.schools.addresses import PublicAddresses
from lms_app.schools.custom_domains import AddDomain, ListDomains, RemoveDomain, VerifyDomain
from lms_app.schools.school_settings import EditSettings, SettingsChanges, ShowSettings
from lms_app.schools.views import DomainView
from lms_domain.accounts.roles import Role
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, PlanLimitReached, Unavailable
from lms_domain.schools.custom_domain import MAX_DOMAINS, DomainStatus
from lms_domain.schools.features import Feature
from lms_domain.schools.host import CustomDomain
from lms_domain.schools.policies import QuizPolicy
from lms_domain.schools.tenant import Tenant
from tests.unit.lms_app.world import World

OWN_NAMES = {"features": frozenset({Feature.CUSTOM_DOMAIN})}


@pytest.fixture
async def green(world: World) -> Tenant:
    return await world.new_school("green", **OWN_NAMES)


@pytest.fixture
async def admin(world: World, green: Tenant) -> Actor:
    return await world.new_admin(green)


class TestSettings:
    async def test_only_what_is_given_changes(self, world: World, admin: Actor) -> None:
        show, edit = ShowSettings(world.uow), EditSettings(world.uow, world.trail)
        before = await show(admin)
        assert (before.name, before.features["CUSTOM_DOMAIN"], before.features["REPORTS_PDF"]) == ("Green", True, False)
        changes = SettingsChanges(
            name=" Green  Hill ", time_zone="Europe/Zurich", primary_color="#AABBCC", quiz_policy=QuizPolicy.OFF
        )
        after = await edit(admin, changes)
        assert (after.name, after.time_zone, after.primary_color) == ("Green Hill", "Europe/Zurich", "#aabbcc")
        assert (after.quiz_policy, after.font_family, after.contact_email) == (
            QuizPolicy.OFF,
            before.font_family,
            before.contact_email,
        )
        assert await show(admin) == after
        (entry,) = world.database.audit.rows()
        assert (entry.action, entry.before, entry.after) == (
            "school.updated",
            {"name": "Green", "time_zone": "UTC", "primary_color": before.primary_color, "quiz_policy": "AUTOMATIC"},
            {"name": "Green Hill", "time_zone": "Europe/Zurich", "primary_color": "#aabbcc", "quiz_policy": "OFF"},
        )
        await edit(admin, SettingsChanges())
        assert len(world.database.audit.rows()) == 1

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            (SettingsChanges(name="  "), "name"),
            (SettingsChanges(contact_email="nobody"), "contact_email"),
            (SettingsChanges(time_zone="Mars/Olympus"), "time_zone"),
            (SettingsChanges(locale="english"), "locale"),
            (SettingsChanges(primary_color="red;}"), "primary_color"),
            (SettingsChanges(font_family="Comic Sans MS"), "font_family"),
            (SettingsChanges(logo=UUID(int=1)), "logo"),
        ],
    )
    async def test_what_is_refused(self, world: World, admin: Actor, changes: SettingsChanges, field: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            await EditSettings(world.uow, world.trail)(admin, changes)
        assert [error.field for error in refused.value.errors] == [field]


class Domains:
    """Host names of schools, with a DNS."""

    def __init__(self, world: World) -> None:
        addresses = PublicAddresses("https://lms.example", "lms.example")
        self.dns = MemoryDnsResolver()
        self.add = AddDomain(world.uow, addresses, world.trail, SequentialRandomness(), world.clock, world.ids)
        self.verify = VerifyDomain(world.uow, self.dns, addresses, world.trail, world.clock)
        self.remove = RemoveDomain(world.uow, world.trail)
        self.list = ListDomains(world.uow, addresses)

    def publish(self, domain: DomainView) -> None:
        self.dns.records[domain.txt_name] = ("unrelated", domain.txt_value)


class TestDomains:
    async def test_a_proven_name_is_served(self, world: World, green: Tenant, admin: Actor) -> None:
        domains, site = Domains(world), CustomDomain("learn.school.org")
        added = await domains.add(admin, " Learn.School.ORG. ")
        assert (added.hostname, added.status, added.url) == (
            "learn.school.org",
            DomainStatus.PENDING,
            "https://learn.school.org/",
        )
        with pytest.raises(Conflict) as early:
            await domains.verify(admin, added.id)
        assert early.value.code == "domain_not_verified"
        assert await world.hosts.school(site) is None
        domains.publish(added)
        verified = await domains.verify(admin, added.id)
        assert (verified.status, verified.verified_at) == (DomainStatus.VERIFIED, world.clock.now())
        hosted = await world.hosts.school(site)
        assert hosted is not None
        assert hosted.tenant_id == green.id
        assert await domains.list(admin) == [verified]
        await domains.remove(admin, added.id)
        assert (await world.hosts.school(site), await domains.list(admin)) == (None, [])
        assert [entry.action for entry in world.database.audit.rows()] == [
            "domain.added", "domain.verified", "domain.removed",
        ]  # fmt: skip
        assert added.txt_value not in str(world.database.audit.rows())

    async def test_of_two_schools_the_first_to_prove_it_has_it(self, world: World, admin: Actor) -> None:
        domains = Domains(world)
        rival = await world.new_admin(await world.new_school("blue", **OWN_NAMES))
        ours, theirs = await domains.add(admin, "learn.school.org"), await domains.add(rival, "learn.school.org")
        domains.dns.records[ours.txt_name] = (ours.txt_value, theirs.txt_value)
        answers = await asyncio.gather(
            domains.verify(admin, ours.id), domains.verify(rival, theirs.id), return_exceptions=True
        )
        (refused,) = [answer for answer in answers if isinstance(answer, Conflict)]
        assert refused.code == "hostname_taken"
        third = await world.new_admin(await world.new_school("red", **OWN_NAMES))
        for actor in (third, admin):
            with pytest.raises(Conflict):
                await domains.add(actor, "learn.school.org")

    async def test_what_is_refused(self, world: World, admin: Actor) -> None:
        domains = Domains(world)
        for hostname in ("x", "lms.example", "a.lms.example", "10.0.0.1", "school.local", "a b.org", "https://a.org"):
            with pytest.raises(InvalidInput):
                await domains.add(admin, hostname)
        plain = await world.new_admin(await world.new_school("plain"))
        with pytest.raises(PlanLimitReached):
            await domains.add(plain, "learn.school.org")
        added = [await domains.add(admin, f"l{number}.school.org") for number in range(MAX_DOMAINS)]
        with pytest.raises(Conflict) as enough:
            await domains.add(admin, "one.more.org")
        assert enough.value.code == "too_many_domains"
        for actor, domain_id in ((plain, added[0].id), (admin, world.ids.new())):
            with pytest.raises(NotFound):
                await domains.verify(actor, domain_id)
            with pytest.raises(NotFound):
                await domains.remove(actor, domain_id)
        domains.dns.is_down = True
        with pytest.raises(Unavailable):
            await domains.verify(admin, added[0].id)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SCHOOL_ADMIN}))
async def test_only_administrators(world: World, green: Tenant, admin: Actor, role: Role) -> None:
    domains = Domains(world)
    actor = replace(admin, role=role, tenant_id=None if role is Role.SUPER_ADMIN else green.id)
    for attempt in (
        ShowSettings(world.uow)(actor),
        EditSettings(world.uow, world.trail)(actor, SettingsChanges(name="Mine")),
        domains.list(actor),
        domains.add(actor, "learn.school.org"),
        domains.verify(actor, green.id),
        domains.remove(actor, green.id),
    ):
        with pytest.raises(NotAllowed):
            await attempt
