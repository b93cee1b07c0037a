"""``lms serve``, ``worker``, ``scheduler`` and ``migrate``: the processes of an installation."""

import asyncio
from typing import Annotated

import asyncpg
import typer
from dishka import AsyncContainer

from adapters.postgres.revision import is_up_to_date
from adapters.structlog.logger import configure_logging
from adapters.structlog.redaction import redact_text
from entrypoints.children import Child, keep_running
from entrypoints.cli.run import console, guarded, settings_or_fail, stop_on_signals, with_container
from entrypoints.database import running_database
from entrypoints.settings import Settings
from lms_domain.errors import Unavailable
from lms_domain.video.steps import QueueName

Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for all.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(serve)
    app.command()(worker)
    app.command()(scheduler)
    app.command()(migrate)


def serve(
    host: Host = "127.0.0.1",
    api_only: Annotated[bool, typer.Option("--api-only", help="Only the API, no worker beside it.")] = False,
    reload: Annotated[bool, typer.Option("--reload", help="Start again when the source changes.")] = False,
) -> None:
    """Serve the API and the web pages.

    Without LMS_REDIS_URL one worker runs beside the API, so that this single command is a whole installation. With
    it, start any number of `lms worker` and one `lms scheduler`.
    """
    settings = settings_or_fail()
    if api_only or settings.redis_url:
        serve_api(settings, host=host, reload=reload)
    else:
        guarded(lambda: asyncio.run(serve_all(settings, host=host, reload=reload)))


def serve_api(settings: Settings, *, host: str, reload: bool) -> None:
    """The API alone, in this process."""
    from entrypoints.http.server import run_server

    def run() -> None:
        with running_database(settings) as database:
            run_server(database.settings, host=host, reload=reload)

    guarded(run)


async def serve_all(settings: Settings, *, host: str, reload: bool) -> None:
    """Database, API and worker, until Ctrl-C."""
    log = configure_logging(settings.log_format, process="main")
    with running_database(settings) as database:
        await migrate_database(database.settings)
        stop = stop_on_signals()
        async with asyncio.TaskGroup() as group:
            group.create_task(database.keep_alive(log, stop=stop))
            group.create_task(keep_running(api_and_worker(host, reload=reload), log, stop=stop))


def api_and_worker(host: str, *, reload: bool) -> tuple[Child, Child]:
    """The two children of the all-in-one server."""
    api = ("serve", "--api-only", "--host", host, *(("--reload",) if reload else ()))
    return Child("api", api), Child("worker", ("worker", "--with-scheduler"))


def worker(
    queues: Annotated[list[QueueName] | None, typer.Argument(help="Queues to work on; all when absent.")] = None,
    with_scheduler: Annotated[bool, typer.Option("--with-scheduler", help="Sweep as well.")] = False,
) -> None:
    """Work on videos: `default`, `media` (ffmpeg) and `speech` (Whisper).

    Without LMS_REDIS_URL there is one worker, beside the API, and it takes its work straight from the database.
    """
    from entrypoints.worker.main import run_worker

    chosen = frozenset(queues or QueueName)

    async def run(container: AsyncContainer) -> None:
        await run_worker(container, chosen, stop=stop_on_signals(), with_sweeper=with_scheduler)

    with_container(run, process="worker")


def scheduler() -> None:
    """Ring for whatever is due. Start as many as you like: one leads, another takes over when it dies."""

    from entrypoints.worker.main import relay, sweep

    async def run(container: AsyncContainer) -> None:
        stop = stop_on_signals()
        async with asyncio.TaskGroup() as group:
            group.create_task(relay(container, stop=stop))
            group.create_task(sweep(container, stop=stop))

    with_container(run, process="scheduler")


def migrate() -> None:
    """Bring the database's schema up to date."""
    settings = settings_or_fail()

    def run() -> None:
        with running_database(settings) as database:
            asyncio.run(migrate_database(database.settings))

    guarded(run)
    console.print("The database is up to date.")


async def migrate_database(settings: Settings) -> None:
    """The schema of a resolved database, up to date.

    Raises:
        Unavailable: it does not answer.
        StartRefused: roles are missing, or wrong.
    """
    if settings.database is None:
        raise RuntimeError("the database must be resolved")
    try:
        if await is_up_to_date(settings.database.owner):
            return
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        said = redact_text(f"{type(error).__name__}: {error}")
        raise Unavailable(
            f"The database of LMS_DATABASE_OWNER_URL does not answer, or does not let us in ({said})."
        ) from error
    from adapters.postgres.migrate import migrate as run_migrations

    await run_migrations(settings.database.owner)
