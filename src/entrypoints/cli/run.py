"""What every command shares: settings, the container, and errors as sentences with an exit code."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, NoReturn, TypeVar

import msgspec
import typer
from dishka import AsyncContainer
from rich.console import Console
from rich.markup import escape

from adapters.embedded_postgres.errors import EmbeddedPostgresError
from adapters.ffmpeg.tools import ToolMissingError
from adapters.structlog.logger import StructlogLogger, configure_logging
from adapters.structlog.redaction import redact_text
from entrypoints.database import running_database
from entrypoints.settings import Settings, SettingsError, load_settings
from lms_app.ports.job_queue import QueueUnavailable
from lms_app.ports.storage import StorageUnavailable
from lms_domain.errors import LmsError, StartRefused, Unavailable

T = TypeVar("T")

EXIT_REFUSED = 1
"""Nothing was done, or something is wrong; the reason was said."""
EXIT_USAGE = 2
"""Wrong arguments or settings."""
EXIT_UNAVAILABLE = 3
"""Database, storage or queue does not answer."""

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]

errors = Console(stderr=True, highlight=False)
console = Console(highlight=False)


def fail(sentence: str, code: int = EXIT_REFUSED) -> NoReturn:
    """Say what is wrong and end."""
    errors.print(f"[bold red]Error:[/] {escape(sentence)}", soft_wrap=True)
    raise SystemExit(code)


def print_json(value: object) -> None:
    """One line of JSON on standard output."""
    typer.echo(msgspec.json.encode(value).decode())


def settings_or_fail() -> Settings:
    """The settings, or exit code 2 with the variable that is wrong."""
    try:
        return load_settings()
    except SettingsError as error:
        fail(str(error), EXIT_USAGE)


@asynccontextmanager
async def open_container(settings: Settings, log: StructlogLogger) -> AsyncIterator[AsyncContainer]:
    """The container of this process, closed at the end."""
    from entrypoints.wiring.container import build_container

    container = build_container(settings, log)
    try:
        yield container
    finally:
        await container.close()


def with_container(command: Callable[[AsyncContainer], Awaitable[T]], *, process: str = "cli") -> T:
    """Run a command that needs the database; every expected error becomes a sentence and an exit code."""
    settings = settings_or_fail()
    log = configure_logging(settings.log_format, process=process)

    async def run(resolved: Settings) -> T:
        async with open_container(resolved, log) as container:
            return await command(container)

    return guarded(lambda: _with_database(settings, run))


def _with_database(settings: Settings, run: Callable[[Settings], Awaitable[T]]) -> T:
    with running_database(settings) as database:
        return asyncio.run(_awaited(run(database.settings)))


async def _awaited(result: Awaitable[T]) -> T:
    return await result


def guarded(work: Callable[[], T]) -> T:
    """Run ``work``; an expected error becomes a sentence and an exit code."""
    try:
        return work()
    except Unavailable as error:
        fail(error.detail, EXIT_UNAVAILABLE)
    except (StorageUnavailable, QueueUnavailable) as error:
        what = "storage" if isinstance(error, StorageUnavailable) else "queue"
        fail(redact_text(f"The {what} does not answer: {error}"), EXIT_UNAVAILABLE)
    except LmsError as error:
        lines = [f"{e.field}: {e.message}" for e in error.errors] or [error.detail]
        fail("\n       ".join(lines))
    except EmbeddedPostgresError as error:
        fail(str(error), EXIT_UNAVAILABLE)
    except (StartRefused, ToolMissingError) as error:
        fail(str(error))
    except SettingsError as error:
        fail(str(error), EXIT_USAGE)


def stop_on_signals() -> asyncio.Event:
    """An event that Ctrl-C and SIGTERM set; a second Ctrl-C ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask() -> None:
        if stop.is_set():
            sys.exit(130)
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ask)
    return stop
