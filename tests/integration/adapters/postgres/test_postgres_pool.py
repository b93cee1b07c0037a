"""Connections come back in order, whatever happens to those who use them."""
# ruff: noqa: S311 -- chance, not secrets

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import text

from adapters.embedded_postgres.server import EmbeddedDsns
from adapters.postgres.database import PostgresDatabase
from adapters.postgres.pool import PostgresPool
from adapters.postgres.sql import Sql
from adapters.postgres.statements import Statement
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from lms_app.ports.unit_of_work import TenantTransaction
from lms_app.scope import TenantScope
from lms_domain.errors import InvalidInput, NotFound, Unavailable
from tests.contracts.samples import (
    NOW,
    SYSTEM,
    a_content,
    a_course,
    a_module,
    a_session,
    a_user,
    new_course,
    new_school,
    new_user,
)
from tests.integration.conftest import SEAL

Connection = "asyncpg.Connection[asyncpg.Record]"
SLEEP = Statement(text("SELECT pg_sleep(60)"))


@pytest.fixture
async def small(dsns: EmbeddedDsns) -> AsyncIterator[PostgresDatabase]:
    """One connection for each role, and little patience."""
    app = PostgresPool(dsns.app, application_name="lms.small", max_size=1, acquire_seconds=1.0)
    system = PostgresPool(dsns.system, application_name="lms.small", max_size=1, acquire_seconds=1.0)
    database = PostgresDatabase(app, system)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def errors(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What was reported to the event loop: nothing ever should be."""
    found: list[dict[str, object]] = []
    monkeypatch.setattr(asyncio.get_running_loop(), "call_exception_handler", found.append)
    return found


async def test_round_trips(small: PostgresDatabase, uow: PostgresUnitOfWork) -> None:
    """Setting the school and giving the connection back cost none of their own."""
    scope = await new_school(uow)
    heard: list[str] = []
    async with small.app.connection() as connection:
        connection.add_query_logger(lambda query: heard.append(query.query))
    small_uow = PostgresUnitOfWork(small, SEAL)
    user = a_user(scope)
    async with small_uow.begin(scope) as tx:
        await tx.users.add(user)
        await tx.commit()
    async with small_uow.begin(scope) as tx:
        await tx.users.get(user.id)
    async with small.read(scope) as sql:
        await sql.row(Statement(text("SELECT CAST(:tenant_id AS uuid)")))
    kinds = [query.split()[0].rstrip(";") for query in heard]
    assert kinds == ["BEGIN", "INSERT", "COMMIT", "BEGIN", "SELECT", "ROLLBACK", "BEGIN", "SELECT", "COMMIT"]
    assert heard[0] == f"BEGIN; SELECT set_config('app.tenant_id', '{scope.tenant_id}', true)"
    assert heard[6].startswith("BEGIN READ ONLY; ")


async def test_what_only_reads_cannot_write(database: PostgresDatabase) -> None:
    async def write() -> None:
        async with database.read(SYSTEM) as sql:
            await sql.run(Statement(text("DELETE FROM outbox")))

    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await write()


async def test_a_scope_is_a_number_not_a_text(database: PostgresDatabase) -> None:
    with pytest.raises(AttributeError):
        async with database.write(TenantScope("x', true); DROP TABLE users; --")):  # type: ignore[arg-type]
            pass


async def test_a_pool_that_is_used_up_says_so(small: PostgresDatabase) -> None:
    async with small.app.connection():
        with pytest.raises(Unavailable):
            async with small.app.connection():
                pass
    async with small.app.connection():
        pass


async def test_nobody_there(dsns: EmbeddedDsns, tmp_path: object) -> None:
    for dsn in (dsns.app.replace("host=", "host=/nowhere"), "postgresql://lms_app@127.0.0.1:1/lms"):
        pool = PostgresPool(dsn, application_name="lms.test")
        with pytest.raises(Unavailable):
            await pool.open()
        with pytest.raises(Unavailable):
            async with pool.connection():
                pass
        await pool.close()


async def test_a_wrong_password_is_the_cause(dsns: EmbeddedDsns) -> None:
    pool = PostgresPool(dsns.app.replace("lms_app:", "lms_app:x"), application_name="lms.test")
    with pytest.raises(Unavailable) as unavailable:
        await pool.open()
    assert isinstance(unavailable.value.__cause__, asyncpg.InvalidPasswordError)


async def test_cancelled_in_the_middle_of_a_statement(
    small: PostgresDatabase, owner_connection: Connection, errors: list[dict[str, object]]
) -> None:
    scope = TenantScope(uuid4())

    async def sleep() -> None:
        async with small.write(scope) as transaction:
            await Sql(transaction.connection).row(SLEEP)

    for _ in range(3):
        task = asyncio.create_task(sleep())
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        # The next one gets a connection within its patience, in no transaction, without a school.
        async with small.app.connection() as connection:
            assert not connection.is_in_transaction()
            assert await connection.fetchval("SELECT current_setting('app.tenant_id', true)") in {"", None}
    running = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lms.small' AND state <> 'idle'"
    assert await owner_connection.fetchval(running) == 0
    assert errors == []


async def test_cancelled_again_and_again(small: PostgresDatabase, errors: list[dict[str, object]]) -> None:
    """As a cancel scope does that cancels every wait until it is left."""

    async def sleep() -> None:
        async with small.write(TenantScope(uuid4())) as transaction:
            await Sql(transaction.connection).row(SLEEP)

    task = asyncio.create_task(sleep())
    await asyncio.sleep(0.1)
    while not task.done():
        task.cancel()
        await asyncio.sleep(0)
    assert task.cancelled()
    async with small.app.connection() as connection:
        assert not connection.is_in_transaction()
    assert errors == []


async def test_a_connection_that_was_ended_is_replaced(
    small: PostgresDatabase, errors: list[dict[str, object]]
) -> None:
    scope = TenantScope(uuid4())

    async def lose_itself() -> None:
        async with small.write(scope) as transaction:
            await Sql(transaction.connection).row(Statement(text("SELECT pg_terminate_backend(pg_backend_pid())")))

    with pytest.raises(Unavailable):
        await lose_itself()
    async with small.write(scope) as transaction:
        row = await Sql(transaction.connection).row(Statement(text("SELECT 1 AS one")))
        assert row is not None
        assert row["one"] == 1
    assert errors == []


async def test_commit_after_a_failed_statement_is_an_error(database: PostgresDatabase) -> None:
    async def go_on_regardless() -> None:
        async with database.write(SYSTEM) as transaction:
            with suppress(asyncpg.DivisionByZeroError, InvalidInput):
                await Sql(transaction.connection).row(Statement(text("SELECT 1/0")))
            await transaction.commit()

    with pytest.raises(RuntimeError, match="nothing of it was kept"):
        await go_on_regardless()


async def test_what_errors_mean(uow: PostgresUnitOfWork) -> None:
    scope = await new_school(uow)
    course, _ = await new_course(uow, scope)
    user = await new_user(uow, scope)
    chance = random.Random(7)
    incompressible = "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(3000))

    async def ask(work: Callable[[TenantTransaction], Awaitable[object]]) -> None:
        async with uow.begin(scope) as tx:
            await work(tx)
            await tx.commit()

    unfit: list[Callable[[TenantTransaction], Awaitable[object]]] = [
        lambda tx: tx.users.by_email("a\x00b"),
        lambda tx: tx.users.by_email("\ud800"),
        lambda tx: tx.courses.add(a_course(scope, version=2**31)),
        lambda tx: tx.courses.add(a_course(scope, version=2**70)),
        lambda tx: tx.courses.add(a_course(scope, title=incompressible)),
    ]
    for work in unfit:
        with pytest.raises(InvalidInput):
            await ask(work)
    gone: list[Callable[[TenantTransaction], Awaitable[object]]] = [
        lambda tx: tx.courses.add_content(a_content(a_module(course))),
        lambda tx: tx.sessions.add(a_session(uuid4())),
        lambda tx: tx.courses.assign(course.id, frozenset({uuid4()}), on=NOW),
        lambda tx: tx.courses.assign(uuid4(), frozenset({user.id}), on=NOW),
    ]
    for work in gone:
        with pytest.raises(NotFound):
            await ask(work)


@pytest.mark.parametrize("limit", ["statement_timeout", "transaction_timeout"])
async def test_what_takes_too_long(database: PostgresDatabase, limit: str) -> None:
    async def sleep() -> None:
        async with database.write(TenantScope(uuid4())) as transaction:
            await transaction.connection.execute(f"SET LOCAL {limit} = 50")
            await Sql(transaction.connection).row(SLEEP)

    with pytest.raises(Unavailable):
        await sleep()


async def test_a_lock_that_is_not_to_be_had(uow: PostgresUnitOfWork, database: PostgresDatabase) -> None:
    scope = await new_school(uow)
    course, _ = await new_course(uow, scope)

    async def lock() -> None:
        async with database.write(scope) as transaction:
            await transaction.connection.execute("SET LOCAL lock_timeout = 50")
            wanted = Statement(text("SELECT 1 FROM courses WHERE id = :id FOR UPDATE"))
            await Sql(transaction.connection).row(wanted, id=course.id)

    async with uow.begin(scope) as holder:
        await holder.courses.get(course.id, for_update=True)
        with pytest.raises(Unavailable):
            await lock()


async def test_a_deadlock(uow: PostgresUnitOfWork) -> None:
    scope = await new_school(uow)
    (one, _), (two, _) = await new_course(uow, scope), await new_course(uow, scope)
    both_hold = asyncio.Barrier(2)

    async def cross(first: UUID, second: UUID) -> None:
        async with uow.begin(scope) as tx:
            await tx.courses.get(first, for_update=True)
            await both_hold.wait()
            await tx.courses.get(second, for_update=True)
            await tx.commit()

    ends = await asyncio.gather(cross(one.id, two.id), cross(two.id, one.id), return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "Unavailable"]


async def test_2000_interleaved_transactions_never_see_another_school(
    dsns: EmbeddedDsns, uow: PostgresUnitOfWork, errors: list[dict[str, object]]
) -> None:
    """Four connections, ten schools, a third of all transactions cancelled or broken somewhere in the middle."""
    scopes = [await new_school(uow) for _ in range(10)]
    for scope in scopes:
        for _ in range(3):
            await new_user(uow, scope)
    app = PostgresPool(dsns.app, application_name="lms.mixed", max_size=4, acquire_seconds=60)
    system = PostgresPool(dsns.system, application_name="lms.mixed", max_size=1)
    mixed = PostgresDatabase(app, system)
    await mixed.open()
    # Without the first fence: whatever row-level security lets through is counted.
    unfenced = Statement(text("SELECT tenant_id, current_setting('app.tenant_id', true) AS setting FROM users"))
    chance = random.Random(20261122)
    done = wrong = 0

    async def work(scope: TenantScope) -> None:
        nonlocal done, wrong
        async with mixed.write(scope) as transaction:
            sql = Sql(transaction.connection)
            for _ in range(chance.randrange(1, 4)):
                rows = await sql.rows(unfenced)
                bad = [r for r in rows if r["tenant_id"] != scope.tenant_id or r["setting"] != str(scope.tenant_id)]
                wrong += len(bad) + (len(rows) != 3)
                if chance.random() < 0.1:
                    await asyncio.sleep(0)
            if chance.random() < 0.1:
                await sql.row(Statement(text("SELECT 1/0")))
            if chance.random() < 0.5:
                await transaction.commit()
        done += 1

    async def client() -> None:
        for _ in range(100):
            task = asyncio.create_task(work(chance.choice(scopes)))
            if chance.random() < 0.25:
                await asyncio.sleep(chance.random() * 0.004)
                task.cancel()
            with suppress(asyncio.CancelledError, InvalidInput, asyncpg.DivisionByZeroError):
                await task

    await asyncio.gather(*(client() for _ in range(20)))
    await mixed.close()
    assert wrong == 0
    assert 1000 < done < 2000
    assert errors == []
