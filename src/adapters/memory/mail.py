"""Mails waiting, sent and failed, in memory."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.memory.checks import require
from adapters.memory.database import MemoryDatabase
from adapters.memory.tables import Rows, Transaction
from lms_app.ports.mail import MailDeliveryRepository
from lms_domain.notices.mail_delivery import MailDelivery, MailState


class MemoryMailDeliveryRepository(MailDeliveryRepository):
    """The mails of one school, or (None) of all and of the platform."""

    def __init__(self, database: MemoryDatabase, tx: Transaction, tenant_id: UUID | None) -> None:
        self._database = database
        self._tx = tx
        self._tenant_id = tenant_id
        self._mails = Rows(database.mails, tx, tenant_id)

    async def add_many(self, deliveries: tuple[MailDelivery, ...]) -> frozenset[UUID]:
        for each in deliveries:
            if self._tenant_id is not None and each.tenant_id != self._tenant_id:
                raise ValueError(f"this belongs to school {each.tenant_id}, the transaction is for {self._tenant_id}")
            self._check_parents(each)
        new: set[UUID] = set()
        for each in sorted(deliveries, key=lambda one: (str(one.tenant_id), one.dedupe_key)):
            await self._tx.lock((self._database.mails, each.tenant_id, each.dedupe_key))
            occasion = (each.tenant_id, each.dedupe_key)
            if not any((other.tenant_id, other.dedupe_key) == occasion for other in self._mails.values()):
                self._mails.put(each.id, each, tenant_id=each.tenant_id)
                new.add(each.id)
        return frozenset(new)

    async def queue(self, deliveries: tuple[MailDelivery, ...]) -> None:
        await self.add_many(deliveries)

    async def get(self, delivery_id: UUID, *, for_update: bool = False) -> MailDelivery | None:
        return await self._mails.lock(delivery_id) if for_update else self._mails.get(delivery_id)

    async def take_due(self, limit: int, *, now: datetime) -> tuple[MailDelivery, ...]:
        waiting = [each for each in self._mails.values() if each.is_due(now)]
        taken: list[MailDelivery] = []
        for each in sorted(waiting, key=lambda one: (one.next_attempt_at, one.id)):
            mail = self._mails.take(each.id) if len(taken) < limit else None
            if mail is not None:
                taken.append(mail)
        return tuple(taken)

    async def requeue_failed(self, campaign_id: UUID, *, now: datetime) -> int:
        failed = [
            each for each in self._mails.values() if each.campaign_id == campaign_id and each.state is MailState.FAILED
        ]
        for each in failed:
            await self.save(each.requeued(now=now))
        return len(failed)

    async def save(self, delivery: MailDelivery) -> None:
        kept = await self._mails.lock(delivery.id)
        if kept is not None:
            same = replace(
                delivery,
                tenant_id=kept.tenant_id,
                campaign_id=kept.campaign_id,
                user_id=kept.user_id,
                to=kept.to,
                kind=kept.kind,
                subject=kept.subject,
                dedupe_key=kept.dedupe_key,
            )
            self._mails.put(kept.id, same, tenant_id=kept.tenant_id)

    def _check_parents(self, delivery: MailDelivery) -> None:
        if delivery.tenant_id is None:
            return
        require(Rows(self._database.tenants, self._tx, delivery.tenant_id).get(delivery.tenant_id))
        if delivery.user_id is not None:
            require(Rows(self._database.users, self._tx, delivery.tenant_id).get(delivery.user_id))
        if delivery.campaign_id is not None:
            require(Rows(self._database.campaigns, self._tx, delivery.tenant_id).get(delivery.campaign_id))
