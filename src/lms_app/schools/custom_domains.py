"""A school's own host names."""

from collections.abc import Mapping
from uuid import UUID

from lms_app.accounts.secrets import new_secret
from lms_app.actor import Actor
from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.ports.clock import Clock
from lms_app.ports.dns_resolver import DnsResolver, DnsUnavailable
from lms_app.ports.ids import Ids
from lms_app.ports.randomness import Randomness
from lms_app.ports.repositories import Taken
from lms_app.ports.unit_of_work import TenantTransaction, UnitOfWork
from lms_app.schools.addresses import PublicAddresses
from lms_app.schools.views import DomainView
from lms_domain.accounts.roles import Permission
from lms_domain.errors import Conflict, FieldError, NotFound, PlanLimitReached, Unavailable
from lms_domain.schools.custom_domain import MAX_DOMAINS, DomainStatus, TenantDomain, check_hostname
from lms_domain.schools.features import Feature


class ListDomains:
    """The school's own host names, verified or not, each with the TXT record that proves it."""

    def __init__(self, uow: UnitOfWork, addresses: PublicAddresses) -> None:
        self._uow = uow
        self._addresses = addresses

    async def __call__(self, actor: Actor) -> list[DomainView]:
        """Raises NotAllowed: no administrator."""
        async with self._uow.begin(actor.school(Permission.MANAGE_SCHOOL)) as tx:
            return [view_of_domain(domain, self._addresses) for domain in await tx.domains.all()]


class AddDomain:
    """Name a host name under which the school wants to be reached. It is served once its TXT record is found:
    until then anybody could have named it."""

    def __init__(
        self,
        uow: UnitOfWork,
        addresses: PublicAddresses,
        trail: AuditTrail,
        randomness: Randomness,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._uow = uow
        self._addresses = addresses
        self._trail = trail
        self._randomness = randomness
        self._clock = clock
        self._ids = ids

    async def __call__(self, actor: Actor, hostname: str) -> DomainView:
        """Raises:
        InvalidInput: this can be no school's host name.
        Conflict: ``hostname_taken``; ``too_many_domains``.
        PlanLimitReached: the plan has no host names of one's own.
        NotAllowed: ``impersonating``: what a visiting operator named would outlive the visit.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        actor.require_in_person()
        domain = TenantDomain(
            id=self._ids.new(),
            tenant_id=scope.tenant_id,
            hostname=check_hostname(hostname, platform_domain=self._addresses.platform_domain),
            status=DomainStatus.PENDING,
            token=new_secret(self._randomness).text,
            created_at=self._clock.now(),
            verified_at=None,
        )
        async with self._uow.begin(scope) as tx:
            await _lock_school(tx)
            if len(await tx.domains.all()) >= MAX_DOMAINS:
                raise Conflict(f"A school may have {MAX_DOMAINS} host names of its own.", code="too_many_domains")
            try:
                await tx.domains.add(domain)
            except Taken:
                raise _taken() from None
            await self._trail.record(tx, actor, "domain.added", _audited(domain), after=_facts(domain))
            await tx.commit()
        return view_of_domain(domain, self._addresses)


class VerifyDomain:
    """Look for the TXT record of a host name. Found, the school is served under that name within seconds; of several
    schools that named it the first to prove it has it."""

    def __init__(
        self, uow: UnitOfWork, resolver: DnsResolver, addresses: PublicAddresses, trail: AuditTrail, clock: Clock
    ) -> None:
        self._uow = uow
        self._resolver = resolver
        self._addresses = addresses
        self._trail = trail
        self._clock = clock

    async def __call__(self, actor: Actor, domain_id: UUID) -> DomainView:
        """Raises:
        NotFound: no such host name of this school.
        Conflict: ``domain_not_verified``: the record is not there (yet); ``hostname_taken``: another school was faster.
        PlanLimitReached: the plan has no host names of one's own.
        Unavailable: the DNS does not answer.
        NotAllowed: ``impersonating``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        actor.require_in_person()
        async with self._uow.begin(scope) as tx:
            domain = _there(await tx.domains.get(domain_id))
        try:
            # No transaction stays open over the network.
            records = await self._resolver.txt(domain.txt_name)
        except DnsUnavailable:
            raise Unavailable("The name servers do not answer just now. Please try again in a moment.") from None
        async with self._uow.begin(scope) as tx:
            await _lock_school(tx)
            domain = _there(await tx.domains.get(domain_id, for_update=True))
            verified = domain.verify(records, now=self._clock.now())
            try:
                await tx.domains.save(verified)
            except Taken:
                raise _taken() from None
            await self._trail.record(
                tx, actor, "domain.verified", _audited(domain), before=_facts(domain), after=_facts(verified)
            )
            await tx.commit()
        return view_of_domain(verified, self._addresses)


class RemoveDomain:
    """Give a host name up: within seconds the school is no longer served under it."""

    def __init__(self, uow: UnitOfWork, trail: AuditTrail) -> None:
        self._uow = uow
        self._trail = trail

    async def __call__(self, actor: Actor, domain_id: UUID) -> None:
        """Raises:
        NotFound: no such host name of this school.
        NotAllowed: ``impersonating``.
        """
        scope = actor.school(Permission.MANAGE_SCHOOL)
        actor.require_in_person()
        async with self._uow.begin(scope) as tx:
            domain = _there(await tx.domains.get(domain_id, for_update=True))
            await tx.domains.delete(domain_id)
            await self._trail.record(tx, actor, "domain.removed", _audited(domain), before=_facts(domain))
            await tx.commit()


def view_of_domain(domain: TenantDomain, addresses: PublicAddresses) -> DomainView:
    """A host name with the record that proves it."""
    return DomainView(
        id=domain.id,
        hostname=domain.hostname,
        status=domain.status,
        url=addresses.domain_url(domain.hostname),
        txt_name=domain.txt_name,
        txt_value=domain.txt_value,
        created_at=domain.created_at,
        verified_at=domain.verified_at,
        missing_since=domain.missing_since,
    )


async def _lock_school(tx: TenantTransaction) -> None:
    school = await tx.school.lock()
    if school is None or Feature.CUSTOM_DOMAIN not in school.features:
        raise PlanLimitReached("Your plan has no host names of your own. Ask for another one.")


def _there(domain: TenantDomain | None) -> TenantDomain:
    if domain is None:
        raise NotFound("There is no such host name.")
    return domain


def _taken() -> Conflict:
    message = "This host name is taken."
    return Conflict(message, code="hostname_taken", errors=(FieldError("hostname", "taken", message),))


def _audited(domain: TenantDomain) -> AuditedObject:
    return AuditedObject("domain", domain.id, domain.hostname)


def _facts(domain: TenantDomain) -> Mapping[str, object]:
    return {"hostname": domain.hostname, "status": domain.status.value}
