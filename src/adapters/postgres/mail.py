"""Mails waiting, sent and failed: of schools, and of the platform, in a table of their own."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Table, Uuid, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from adapters.postgres.notifications import MAIL_CHANNEL
from adapters.postgres.sql import Row, Sql, SystemSql, TenantSql
from adapters.postgres.statements import TENANT, Given, Statement, assign, fixed, of_tenant, parameter, ring
from adapters.postgres.tables import mail_deliveries, platform_mail_deliveries
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.mail import MailDeliveryRepository
from lms_domain.notices.mail_delivery import MailDelivery, MailKind, MailState

_CHANGES = (
    "state",
    "attempts",
    "next_attempt_at",
    "error",
    "created_at",
    "sent_at",
    "unknown_outcomes",
    # What was sent is not kept.
    "html",
    "text",
)
_COLUMNS = tuple(column.name for column in platform_mail_deliveries.columns)
_OF_PEOPLE = (*_COLUMNS, "campaign_id", "user_id")
_BELL = ring(MAIL_CHANNEL)
"""Wakes those who send."""


class MailStatements:
    """The statements for one table: the rows of one school, of all of them, or of the platform."""

    def __init__(self, mails: Table, fence: ColumnElement[bool], *columns: str) -> None:
        """``columns``: which of them are given for a new row; the transaction says the rest."""
        self._mails = mails
        self.given = Given(mails, *columns)
        self.add = Statement(_new(mails, self.given))
        one = select(mails).where(fence, mails.c.id == parameter("id", Uuid))
        self.get = Statement(one)
        self.get_locked = Statement(one.with_for_update(key_share=True))
        self.take_due = Statement(
            select(mails)
            .where(
                fence,
                mails.c.state == fixed(MailState.QUEUED),
                mails.c.next_attempt_at <= parameter("now", TIMESTAMP),
            )
            .order_by(mails.c.next_attempt_at, mails.c.id)
            .limit(parameter("limit", Integer))
            .with_for_update(key_share=True, skip_locked=True)
        )
        self.save = Statement(
            update(mails).where(fence, mails.c.id == parameter("id", Uuid)).values(assign(mails, *_CHANGES))
        )


def _new(mails: Table, given: Given, *conditions: ColumnElement[bool]) -> ReturningInsert[*tuple[object, ...]]:
    """Insert, and have those who send woken when the transaction commits. In the order of what is unique, so that two
    at once wait for each other and never crosswise."""
    names, unique = list(given.columns), [mails.c.dedupe_key]
    fields = select(*given.fields).where(*conditions).order_by(given.rows.c.dedupe_key)
    if "tenant_id" in mails.c:
        unique.insert(0, mails.c.tenant_id)
        if "tenant_id" not in names:
            names.append("tenant_id")
            fields = fields.add_columns(TENANT)
    return (
        insert(mails)
        .from_select(names, fields)
        .on_conflict_do_nothing(index_elements=unique)
        .returning(mails.c.id, _BELL)
    )


def _again(fence: ColumnElement[bool]) -> Statement:
    """`MailDelivery.requeued` for all failed mails of a campaign, and those who send are woken."""
    mails, now = mail_deliveries, parameter("now", TIMESTAMP)
    again = (
        update(mails)
        .where(fence, mails.c.campaign_id == parameter("campaign_id", Uuid), mails.c.state == fixed(MailState.FAILED))
        .values(
            state=fixed(MailState.QUEUED),
            attempts=literal_column("0"),
            next_attempt_at=now,
            created_at=now,
            error=literal_column("''"),
            unknown_outcomes=literal_column("0"),
        )
        .returning(mails.c.id)
        .cte("again")
    )
    return Statement(select(again.c.id, _BELL))


_OF_SCHOOL = MailStatements(mail_deliveries, of_tenant(mail_deliveries), *_OF_PEOPLE)
_OF_SCHOOLS = MailStatements(mail_deliveries, literal_column("true"), "tenant_id", *_OF_PEOPLE)
NEW_MAILS = Given(mail_deliveries, *_OF_PEOPLE, rows="new_mails")
"""Mails of a school in a statement about something else."""
_AGAIN = _again(of_tenant(mail_deliveries))
_AGAIN_ANYWHERE = _again(literal_column("true"))
_OF_PLATFORM = MailStatements(platform_mail_deliveries, literal_column("true"), *_COLUMNS)


def new_mails(condition: ColumnElement[bool]) -> ReturningInsert[*tuple[object, ...]]:
    """Queue those of ``NEW_MAILS`` for which ``condition`` holds."""
    return _new(mail_deliveries, NEW_MAILS, condition)


def mail_from_row(row: Row) -> MailDelivery:
    """A mail from its row in either table."""
    of_school = "tenant_id" in row
    return MailDelivery(
        id=row["id"],
        tenant_id=row["tenant_id"] if of_school else None,
        campaign_id=row["campaign_id"] if of_school else None,
        user_id=row["user_id"] if of_school else None,
        to=row["to"],
        kind=MailKind(row["kind"]),
        subject=row["subject"],
        html=row["html"],
        text=row["text"],
        state=MailState(row["state"]),
        attempts=row["attempts"],
        next_attempt_at=row["next_attempt_at"],
        error=row["error"],
        created_at=row["created_at"],
        sent_at=row["sent_at"],
        dedupe_key=row["dedupe_key"],
        unsubscribe_url=row["unsubscribe_url"],
        unknown_outcomes=row["unknown_outcomes"],
    )


def mail_to_values(mail: MailDelivery) -> Mapping[str, object]:
    """A mail as the values of its row."""
    return {
        "id": mail.id,
        "tenant_id": mail.tenant_id,
        "campaign_id": mail.campaign_id,
        "user_id": mail.user_id,
        "to": mail.to,
        "kind": mail.kind.value,
        "subject": mail.subject,
        "dedupe_key": mail.dedupe_key,
        "unsubscribe_url": mail.unsubscribe_url,
        **_changes(mail),
    }


def _changes(mail: MailDelivery) -> dict[str, object]:
    return {
        "state": mail.state.value,
        "attempts": mail.attempts,
        "next_attempt_at": mail.next_attempt_at,
        "error": mail.error,
        "created_at": mail.created_at,
        "sent_at": mail.sent_at,
        "unknown_outcomes": mail.unknown_outcomes,
        "html": mail.html,
        "text": mail.text,
    }


async def _add(sql: Sql, statements: MailStatements, mails: Iterable[MailDelivery]) -> frozenset[UUID]:
    values = statements.given.values(mail_to_values(mail) for mail in mails)
    return frozenset(row["id"] for row in await sql.rows(statements.add, **values))


class PostgresSchoolMailRepository(MailDeliveryRepository):
    """The mails of one school."""

    def __init__(self, sql: TenantSql) -> None:
        self._sql = sql

    async def add_many(self, deliveries: tuple[MailDelivery, ...]) -> frozenset[UUID]:
        for each in deliveries:
            self._sql.check_school(each.tenant_id)
        return await _add(self._sql, _OF_SCHOOL, deliveries) if deliveries else frozenset()

    async def queue(self, deliveries: tuple[MailDelivery, ...]) -> None:
        for each in deliveries:
            self._sql.check_school(each.tenant_id)
        if deliveries:
            await self._sql.gather(_OF_SCHOOL.add, **_OF_SCHOOL.given.values(map(mail_to_values, deliveries)))

    async def get(self, delivery_id: UUID, *, for_update: bool = False) -> MailDelivery | None:
        row = await self._sql.row(_OF_SCHOOL.get_locked if for_update else _OF_SCHOOL.get, id=delivery_id)
        return mail_from_row(row) if row is not None else None

    async def take_due(self, limit: int, *, now: datetime) -> tuple[MailDelivery, ...]:
        return tuple(mail_from_row(row) for row in await self._sql.rows(_OF_SCHOOL.take_due, limit=limit, now=now))

    async def requeue_failed(self, campaign_id: UUID, *, now: datetime) -> int:
        return len(await self._sql.rows(_AGAIN, campaign_id=campaign_id, now=now))

    async def save(self, delivery: MailDelivery) -> None:
        await self._sql.run(_OF_SCHOOL.save, id=delivery.id, **_changes(delivery))


class PostgresMailRepository(MailDeliveryRepository):
    """The mails of all schools and of the platform; as the system role."""

    def __init__(self, sql: SystemSql) -> None:
        self._sql = sql

    async def add_many(self, deliveries: tuple[MailDelivery, ...]) -> frozenset[UUID]:
        of_schools = [mail for mail in deliveries if mail.tenant_id is not None]
        of_platform = [mail for mail in deliveries if mail.tenant_id is None]
        new: frozenset[UUID] = frozenset()
        if of_schools:
            new |= await _add(self._sql, _OF_SCHOOLS, of_schools)
        if of_platform:
            new |= await _add(self._sql, _OF_PLATFORM, of_platform)
        return new

    async def queue(self, deliveries: tuple[MailDelivery, ...]) -> None:
        of_schools = [mail for mail in deliveries if mail.tenant_id is not None]
        of_platform = [mail for mail in deliveries if mail.tenant_id is None]
        for statements, mails in ((_OF_SCHOOLS, of_schools), (_OF_PLATFORM, of_platform)):
            if mails:
                await self._sql.gather(statements.add, **statements.given.values(map(mail_to_values, mails)))

    async def get(self, delivery_id: UUID, *, for_update: bool = False) -> MailDelivery | None:
        for statements in (_OF_SCHOOLS, _OF_PLATFORM):
            row = await self._sql.row(statements.get_locked if for_update else statements.get, id=delivery_id)
            if row is not None:
                return mail_from_row(row)
        return None

    async def take_due(self, limit: int, *, now: datetime) -> tuple[MailDelivery, ...]:
        # The platform's own mails are few: they never keep those of schools waiting.
        taken = await self._sql.rows(_OF_PLATFORM.take_due, limit=limit, now=now)
        if len(taken) < limit:
            taken += await self._sql.rows(_OF_SCHOOLS.take_due, limit=limit - len(taken), now=now)
        return tuple(sorted(map(mail_from_row, taken), key=lambda mail: (mail.next_attempt_at, mail.id)))

    async def requeue_failed(self, campaign_id: UUID, *, now: datetime) -> int:
        return len(await self._sql.rows(_AGAIN_ANYWHERE, campaign_id=campaign_id, now=now))

    async def save(self, delivery: MailDelivery) -> None:
        statements = _OF_PLATFORM if delivery.tenant_id is None else _OF_SCHOOLS
        await self._sql.run(statements.save, id=delivery.id, **_changes(delivery))
