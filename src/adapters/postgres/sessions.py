"""Sessions and their refresh tokens: the same for people of a school and for operators, in tables of their own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Insert,
    Integer,
    LargeBinary,
    Select,
    Table,
    Uuid,
    and_,
    func,
    insert,
    literal_column,
    null,
    select,
    update,
)

from adapters.postgres.sql import Row, Sql
from adapters.postgres.statements import TENANT, Statement, insert_row, of_tenant, parameter, ring
from adapters.postgres.tables import (
    platform_refresh_tokens,
    platform_sessions,
    refresh_tokens,
    sessions,
)
from adapters.postgres.tables.base import TIMESTAMP
from lms_app.ports.repositories import NewSession, OpenSession, RefreshState, SessionRepository

_NOW, _CREATED = parameter("now", TIMESTAMP), parameter("created_at", TIMESTAMP)
_ALL = 2**31 - 1

ENDED_CHANNEL = "ended"
"""Who listens hears, after the commit, ``<school> <person>`` for everybody of whom a session ended, and ``<school>``
when something was decided about a school."""


class SessionStatements:
    """The statements for one pair of tables."""

    def __init__(self, sessions: Table, tokens: Table) -> None:
        self._sessions = sessions
        self._tokens = tokens
        self._has_tenant = "tenant_id" in sessions.c
        self.add = self._add()
        self.rotate = self._rotate()
        self.state = self._state()
        self.live = self._live()
        one = sessions.c.id == parameter("id", Uuid)
        self.confirm = Statement(update(sessions).where(self._fence(sessions), one).values(confirmed_at=_NOW))
        self.confirmed_at = Statement(select(sessions.c.confirmed_at).where(self._fence(sessions), one))
        self.revoke = Statement(self._ended(one, at=_NOW))
        everyone_of = (sessions.c.user_id == parameter("user_id", Uuid), sessions.c.revoked_at.is_(None))
        self.end_with_commit = Statement(
            update(sessions)
            .where(self._fence(sessions), *everyone_of)
            .values(revoked_at=_NOW)
            .returning(sessions.c.id, *self._heard(sessions))
        )
        self.revoke_all = Statement(
            self._ended(
                sessions.c.user_id == parameter("user_id", Uuid),
                sessions.c.id.is_distinct_from(parameter("except_for", Uuid)),
                at=_NOW,
            )
        )

    def _fence(self, table: Table) -> ColumnElement[bool]:
        return of_tenant(table) if self._has_tenant else literal_column("true")

    def _ended(self, *which: ColumnElement[bool], at: ColumnElement[datetime]) -> Select[*tuple[object, ...]]:
        """Ends them, and gives their ids. Open pages of a school hear of it; operators have none."""
        ended = (
            update(self._sessions)
            .where(self._fence(self._sessions), *which, self._sessions.c.revoked_at.is_(None))
            .values(revoked_at=at)
            .returning(*self._sessions.c)
            .cte("ended")
        )
        return select(ended.c.id, *self._heard(ended))

    def _heard(self, ended: FromClause) -> tuple[ColumnElement[object], ...]:
        return (ring(ENDED_CHANNEL, ended.c.tenant_id, ended.c.user_id),) if self._has_tenant else ()

    def _insert_token(self, token: Select[*tuple[object, ...]]) -> Insert:
        """``token`` selects fingerprint, session and generation."""
        columns = ["fingerprint", "session_id", "generation"]
        if self._has_tenant:
            return insert(self._tokens).from_select([*columns, "tenant_id"], token.add_columns(TENANT))
        return insert(self._tokens).from_select(columns, token)

    def _add(self) -> Statement:
        """The ids of those that ended. What is added is not there yet for the rest of the statement: of the others
        one less is kept."""
        tenant = ("tenant_id",) if self._has_tenant else ()
        known = ("user_id", "created_at", "expires_at", "address", "user_agent", "confirmed_at")
        session = insert_row(self._sessions, "id", *tenant, *known)
        added = session.returning(self._sessions.c.id).cte("session")
        token = self._insert_token(select(parameter("fingerprint", LargeBinary), added.c.id, literal_column("1")))
        others = self._sessions.alias("others")
        too_many = (
            select(others.c.id)
            .where(
                of_tenant(others) if self._has_tenant else literal_column("true"),
                others.c.user_id == parameter("user_id", Uuid),
                others.c.revoked_at.is_(None),
                others.c.expires_at > _CREATED,
            )
            .order_by(others.c.created_at.desc(), others.c.id.desc())
            .offset(parameter("kept", Integer))
        )
        ended = self._ended(self._sessions.c.id.in_(too_many), at=_CREATED)
        return Statement(ended.add_cte(token.cte("token")))

    def _rotate(self) -> Statement:
        """One UPDATE decides: of two at once the second finds ``rotated_at`` set when the row is its own."""
        tokens, sessions = self._tokens, self._sessions
        used = (
            update(tokens)
            .where(
                self._fence(tokens),
                self._fence(sessions),
                tokens.c.fingerprint == parameter("fingerprint", LargeBinary),
                tokens.c.rotated_at.is_(None),
                sessions.c.id == tokens.c.session_id,
                sessions.c.revoked_at.is_(None),
                sessions.c.expires_at > _NOW,
            )
            .values(rotated_at=_NOW)
            .returning(tokens.c.session_id, tokens.c.generation, sessions.c.user_id, sessions.c.expires_at)
            .cte("used")
        )
        successor = self._insert_token(
            select(parameter("successor", LargeBinary), used.c.session_id, used.c.generation + literal_column("1"))
        ).cte("successor")
        return Statement(
            select(
                used.c.session_id,
                used.c.user_id,
                _NOW.label("rotated_at"),
                literal_column("true").label("is_latest_parent"),
                used.c.expires_at,
                null().label("revoked_at"),
            ).add_cte(successor)
        )

    def _live(self) -> Statement:
        tokens, sessions = self._tokens, self._sessions
        last = (
            select(func.max(tokens.c.rotated_at))
            .where(self._fence(tokens), tokens.c.session_id == sessions.c.id)
            .scalar_subquery()
        )
        used = func.greatest(sessions.c.created_at, last).label("last_used_at")
        return Statement(
            select(
                sessions.c.id,
                sessions.c.created_at,
                sessions.c.expires_at,
                sessions.c.address,
                sessions.c.user_agent,
                used,
            )
            .where(
                self._fence(sessions),
                sessions.c.user_id == parameter("user_id", Uuid),
                sessions.c.revoked_at.is_(None),
                sessions.c.expires_at > _NOW,
            )
            .order_by(used.desc(), sessions.c.id.desc())
        )

    def _state(self) -> Statement:
        tokens, sessions = self._tokens, self._sessions
        family = tokens.alias("family")
        latest = (
            select(func.max(family.c.generation))
            .where(of_tenant(family) if self._has_tenant else literal_column("true"))
            .where(family.c.session_id == tokens.c.session_id)
            .scalar_subquery()
        )
        return Statement(
            select(
                tokens.c.session_id,
                sessions.c.user_id,
                tokens.c.rotated_at,
                (tokens.c.generation + literal_column("1") == latest).label("is_latest_parent"),
                sessions.c.expires_at,
                sessions.c.revoked_at,
            )
            .join_from(tokens, sessions, and_(sessions.c.id == tokens.c.session_id, self._fence(sessions)))
            .where(self._fence(tokens), tokens.c.fingerprint == parameter("fingerprint", LargeBinary))
        )


OF_SCHOOL = SessionStatements(sessions, refresh_tokens)
OF_PLATFORM = SessionStatements(platform_sessions, platform_refresh_tokens)


class PostgresSessionRepository(SessionRepository):
    """Sessions of one school's people, or of operators: ``sql`` and ``statements`` say whose."""

    def __init__(self, sql: Sql, statements: SessionStatements) -> None:
        self._sql = sql
        self._statements = statements

    async def add(self, session: NewSession, *, at_most: int | None = None) -> tuple[UUID, ...]:
        ended = await self._sql.rows_and_waiting(
            self._statements.add,
            id=session.id,
            user_id=session.user_id,
            created_at=session.created_at,
            expires_at=session.expires_at,
            address=session.address,
            user_agent=session.user_agent,
            confirmed_at=session.confirmed_at,
            fingerprint=session.fingerprint,
            kept=_ALL if at_most is None else at_most - 1,
        )
        return tuple(row["id"] for row in ended)

    async def rotate(self, fingerprint: bytes, successor: bytes, *, now: datetime) -> RefreshState | None:
        row = await self._sql.row(self._statements.rotate, fingerprint=fingerprint, successor=successor, now=now)
        return _state_from_row(row) if row is not None else None

    async def refresh_state(self, fingerprint: bytes) -> RefreshState | None:
        row = await self._sql.row(self._statements.state, fingerprint=fingerprint)
        return _state_from_row(row) if row is not None else None

    async def live(self, user_id: UUID, *, now: datetime) -> tuple[OpenSession, ...]:
        return tuple(
            OpenSession(
                id=row["id"],
                created_at=row["created_at"],
                last_used_at=row["last_used_at"],
                expires_at=row["expires_at"],
                address=row["address"],
                user_agent=row["user_agent"],
            )
            for row in await self._sql.rows(self._statements.live, user_id=user_id, now=now)
        )

    async def confirm(self, session_id: UUID, *, now: datetime) -> None:
        await self._sql.run(self._statements.confirm, id=session_id, now=now)

    async def confirmed_at(self, session_id: UUID) -> datetime | None:
        row = await self._sql.row(self._statements.confirmed_at, id=session_id)
        return row["confirmed_at"] if row is not None else None

    async def revoke(self, session_id: UUID, *, now: datetime) -> bool:
        return await self._sql.run(self._statements.revoke, id=session_id, now=now) > 0

    async def revoke_all(self, user_id: UUID, *, now: datetime, except_for: UUID | None = None) -> tuple[UUID, ...]:
        rows = await self._sql.rows_and_waiting(
            self._statements.revoke_all, user_id=user_id, now=now, except_for=except_for
        )
        return tuple(row["id"] for row in rows)

    async def end_with_commit(self, user_id: UUID, *, now: datetime) -> None:
        await self._sql.later(self._statements.end_with_commit, user_id=user_id, now=now)


def _state_from_row(row: Row) -> RefreshState:
    return RefreshState(
        session_id=row["session_id"],
        user_id=row["user_id"],
        rotated_at=row["rotated_at"],
        is_latest_parent=row["is_latest_parent"],
        session_ends_at=row["expires_at"],
        is_revoked=row["revoked_at"] is not None,
    )
