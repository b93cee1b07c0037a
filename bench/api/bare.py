"""A server with nothing but the screens: no host, nobody signed in, no routes, no errors.

python -m bench.api.bare bare|sqlalchemy PORT < world
"""

import asyncio
import sys
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, cast

import asyncpg
import msgspec
import uvicorn
from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, Receive, Scope, Send
from sqlalchemy import Executable, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from adapters.postgres.database import PostgresDatabase
from adapters.postgres.pool import PostgresPool
from adapters.postgres.sql import Connection, Row, TenantSql
from adapters.postgres.statements import Statement
from bench.api.screens import answers, paths
from bench.api.world import World

BARE, SQLALCHEMY = "bare", "sqlalchemy"
_CONNECTIONS = 10
_SERVER_SETTINGS = {"jit": "off", "timezone": "UTC"}
_NOWHERE = PostgresPool("", application_name="")


class _AsyncpgReading:
    """Three round trips, as in the product: BEGIN with the school, the statement, COMMIT."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", world: World) -> None:
        self._pool = pool
        self._world = world
        self._connection: Connection | None = None

    async def __aenter__(self) -> TenantSql:
        self._connection = await self._pool.acquire()
        tenant_id = self._world.tenant_id
        await self._connection.execute(f"BEGIN READ ONLY; SELECT set_config('app.tenant_id', '{tenant_id}', true)")
        return TenantSql(self._connection, tenant_id)

    async def __aexit__(self, *_: object) -> None:
        assert self._connection is not None
        await self._connection.execute("COMMIT")
        await self._pool.release(self._connection)


class AsyncpgDatabase(PostgresDatabase):
    """The compiled text of statements on asyncpg, and nothing for the days when something fails."""

    def __init__(self, world: World) -> None:
        super().__init__(_NOWHERE, _NOWHERE)
        self._world = world
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def open(self) -> None:
        async def no_reset(_: object) -> None:
            pass

        self._pool = await asyncpg.create_pool(
            self._world.app_dsn,
            min_size=_CONNECTIONS,
            max_size=_CONNECTIONS,
            max_cacheable_statement_size=0,
            max_cached_statement_lifetime=0,
            reset=no_reset,
            server_settings=_SERVER_SETTINGS,
        )

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.close()

    def read(self, _: object) -> Any:
        assert self._pool is not None
        return _AsyncpgReading(self._pool, self._world)


class _SqlalchemySql(TenantSql):
    """Runs the statement object itself."""

    def __init__(self, connection: AsyncConnection, world: World) -> None:
        self._on = connection
        self.tenant_id = world.tenant_id

    async def rows(self, statement: Statement, **values: object) -> list[Row]:
        source = statement.source
        assert isinstance(source, Executable)
        result = await self._on.execute(source, {**values, "tenant_id": self.tenant_id})
        return cast(list[Row], result.mappings().all())

    async def row(self, statement: Statement, **values: object) -> Row | None:
        rows = await self.rows(statement, **values)
        return rows[0] if rows else None


class _SqlalchemyReading:
    """Four round trips: SQLAlchemy says BEGIN by itself."""

    _SET_TENANT = text("SELECT set_config('app.tenant_id', :tenant_id, true)")

    def __init__(self, engine: AsyncEngine, world: World) -> None:
        self._begun = engine.begin()
        self._world = world

    async def __aenter__(self) -> TenantSql:
        connection = await self._begun.__aenter__()
        await connection.execute(self._SET_TENANT, {"tenant_id": str(self._world.tenant_id)})
        return _SqlalchemySql(connection, self._world)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._begun.__aexit__(kind, error, traceback)


class SqlalchemyDatabase(PostgresDatabase):
    """The same statements on SQLAlchemy's own engine, as its documentation would have it."""

    def __init__(self, world: World) -> None:
        super().__init__(_NOWHERE, _NOWHERE)
        self._world = world

        async def connect() -> "asyncpg.Connection[asyncpg.Record]":
            return await asyncpg.connect(
                world.app_dsn, server_settings=_SERVER_SETTINGS, max_cacheable_statement_size=0
            )

        self._engine = create_async_engine(
            "postgresql+asyncpg://", async_creator=connect, pool_size=_CONNECTIONS, max_overflow=0
        ).execution_options(postgresql_readonly=True)

    async def open(self) -> None:
        pass

    async def close(self) -> None:
        await self._engine.dispose()

    def read(self, _: object) -> Any:
        return _SqlalchemyReading(self._engine, self._world)


async def serve(contender: str, port: int, world: World) -> None:
    """Until a signal."""
    database = SqlalchemyDatabase(world) if contender == SQLALCHEMY else AsyncpgDatabase(world)
    by_name = answers(database, world)
    by_path = {path: by_name[name] for name, path in paths(world).items()}

    async def app(scope: Scope, _: Receive, send: Send) -> None:
        body = await by_path[scope["path"]]()
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        start: HTTPResponseStartEvent = {"type": "http.response.start", "status": 200, "headers": headers}
        rest: HTTPResponseBodyEvent = {"type": "http.response.body", "body": body, "more_body": False}
        await send(start)
        await send(rest)

    config = uvicorn.Config(
        app,
        port=port,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    async with AsyncExitStack() as stack:
        await database.open()
        stack.push_async_callback(database.close)
        await uvicorn.Server(config).serve()


def main() -> None:
    contender, port = sys.argv[1:]
    world = msgspec.json.decode(sys.stdin.buffer.read(), type=World)
    with asyncio.Runner(loop_factory=uvicorn.Config(app="").get_loop_factory()) as runner:
        runner.run(serve(contender, int(port), world))


if __name__ == "__main__":
    main()
