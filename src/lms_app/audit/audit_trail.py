"""Write the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from lms_app.actor import Actor
from lms_app.ports.audit import AuditRepository
from lms_app.ports.clock import Clock
from lms_app.ports.ids import Ids
from lms_domain.audit.entry import AuditEntry, changes


@dataclass(frozen=True, slots=True)
class AuditedObject:
    """What something was done to. ``kind`` is its noun, such as ``course``; ``name`` is what people call it."""

    kind: str
    id: UUID | None
    name: str


class Audited(Protocol):
    """A transaction that can write to the trail: of a school, or of the platform."""

    audit: AuditRepository


class AuditTrail:
    """Every change by an administrator or an operator is written down in the transaction of the change itself: who,
    on whose behalf, from where, what, and the values before and after, without secrets. A change that changes nothing
    is no entry."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids

    async def record(
        self,
        tx: Audited,
        actor: Actor | None,
        action: str,
        about: AuditedObject,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        tenant_id: UUID | None = None,
    ) -> None:
        """Write one entry.

        Args:
            actor: None: the system by itself, or somebody at the command line.
            action: ``noun.verb_in_the_past``.
            before, after: JSON values; of two only what differs is kept.
            tenant_id: the school concerned, where it is not the actor's own.
        """
        if before is not None and after is not None:
            differing = changes(before, after)
            if differing is None:
                return
            before, after = differing
        await tx.audit.add(
            AuditEntry(
                id=self._ids.new(),
                tenant_id=tenant_id or (actor.tenant_id if actor else None),
                at=self._clock.now(),
                actor_id=actor.user_id if actor else None,
                actor_email=actor.email if actor else "",
                impersonated_by=actor.impersonated_by if actor else None,
                action=action,
                object_type=about.kind,
                object_id=about.id,
                object_name=about.name,
                address=actor.origin.address if actor else "",
                request_id=actor.origin.request_id if actor else "",
                before=before,
                after=after,
            )
        )
