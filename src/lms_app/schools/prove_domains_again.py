"""Prove again that schools' own host names are theirs."""

from collections.abc import Mapping
from datetime import datetime

from lms_app.audit.audit_trail import AuditedObject, AuditTrail
from lms_app.notices.fact import Fact, Said, title_of
from lms_app.notices.tell import Tell
from lms_app.notices.words.domains import DOMAINS
from lms_app.notices.words.language import Language
from lms_app.ports.clock import Clock
from lms_app.ports.dns_resolver import DnsResolver, DnsUnavailable
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.ports.verified_domains import DomainRef
from lms_app.scope import SystemScope, TenantScope
from lms_domain.notices.notification import NotificationKind
from lms_domain.schools.custom_domain import GRACE, DomainStatus, TenantDomain

_PAGE = 100
_LOOK = SystemScope("host names that schools have proven are looked for")
_MAX_SILENT = 3
"""After so many questions without an answer, one after the other, the DNS is away and nothing more is asked."""
DOMAINS_PAGE = "/admin/settings/domains"


class ProveDomainsAgain:
    """Look for the TXT records of verified host names again. Names change hands: whoever has one now must not find
    their visitors at a school that had it once. When a record is missing the school's administrators are told; after a
    week without it the name waits for a proof like a new one. Name servers that do not answer change nothing."""

    def __init__(self, uow: UnitOfWork, resolver: DnsResolver, tell: Tell, trail: AuditTrail, clock: Clock) -> None:
        self._uow = uow
        self._resolver = resolver
        self._tell = tell
        self._trail = trail
        self._clock = clock

    async def __call__(self) -> int:
        """How many names are no longer served."""
        lost, silent, last = 0, 0, None
        while True:
            async with self._uow.begin(_LOOK) as system:
                found = await system.verified_domains.after(last, _PAGE)
            for ref in found:
                try:
                    lost += await self._prove(ref)
                    silent = 0
                except DnsUnavailable:
                    silent += 1
                    if silent == _MAX_SILENT:
                        return lost
            if len(found) < _PAGE:
                return lost
            last = found[-1].domain_id

    async def _prove(self, ref: DomainRef) -> int:
        scope, now = TenantScope(ref.tenant_id), self._clock.now()
        async with self._uow.begin(scope) as tx:
            asked = await tx.domains.get(ref.domain_id)
        if asked is None:
            return 0
        # No transaction stays open over the network.
        records = await self._resolver.txt(asked.txt_name)
        async with self._uow.begin(scope) as tx:
            before = await tx.domains.get(ref.domain_id, for_update=True)
            if before is None or before.status is not DomainStatus.VERIFIED:
                return 0
            after = before.proven_again(records, now=now)
            if after == before:
                return 0
            await tx.domains.save(after)
            is_lost = after.status is not DomainStatus.VERIFIED
            if is_lost:
                await self._trail.record(
                    tx,
                    None,
                    "domain.proof_lost",
                    AuditedObject("domain", after.id, after.hostname),
                    before=_facts(before),
                    after=_facts(after),
                    tenant_id=ref.tenant_id,
                )
            if is_lost or after.missing_since is not None:
                await self._tell.to_administrators(tx, _fact(after, since=before.missing_since or now))
            await tx.commit()
        return int(is_lost)


def _fact(domain: TenantDomain, *, since: datetime) -> Fact:
    def say(language: Language) -> Said:
        words = DOMAINS.of(language)
        is_missing = domain.status is DomainStatus.VERIFIED
        title = words.missing_title if is_missing else words.lost_title
        message = (words.missing if is_missing else words.lost).format(
            hostname=domain.hostname, record=domain.txt_name, value=domain.txt_value, days=GRACE.days
        )
        return Said(title_of(title.format(hostname=domain.hostname), ""), message)

    return Fact(
        kind=NotificationKind.SYSTEM,
        say=say,
        link=DOMAINS_PAGE,
        event_key=f"domain:{domain.id}:{domain.status}:{since.isoformat()}",
    )


def _facts(domain: TenantDomain) -> Mapping[str, object]:
    return {"hostname": domain.hostname, "status": domain.status.value}
