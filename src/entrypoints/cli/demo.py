"""``lms demo``: a whole installation with a school, people and a lecture, for trying out."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

from adapters.structlog.logger import StructlogLogger, configure_logging
from entrypoints.children import keep_running
from entrypoints.cli.processes import api_and_worker, migrate_database
from entrypoints.cli.run import console, errors, fail, guarded, open_container, settings_or_fail, stop_on_signals
from entrypoints.cli.school import school_url
from entrypoints.database import running_database
from entrypoints.settings import Settings
from lms_app.schools.open_demo_school import (
    ADMIN_EMAIL,
    OPERATOR_EMAIL,
    OPERATOR_PASSWORD,
    SCHOOL_PASSWORD,
    SUBDOMAIN,
    TEACHER_EMAIL,
    DemoSchool,
    OpenDemoSchool,
)
from lms_app.video.show_video import ShowVideo
from lms_app.video.views import VideoAssetView
from lms_domain.video.asset import VideoStatus

LECTURE = Path(__file__).parents[3] / "media" / "lecture-formative-assessment.mp4"
_CHUNK_BYTES = 1024 * 1024
_ENDS = frozenset({VideoStatus.READY, VideoStatus.FAILED})


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(demo)


def demo(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    reload: Annotated[bool, typer.Option("--reload", help="Start again when the source changes.")] = False,
) -> None:
    """Start everything on this machine: database, API, worker, a demo school and one lecture.

    The first start puts the lecture through the real pipeline, which takes about a minute; later starts keep all data.
    Ctrl-C ends everything.
    """
    settings = settings_or_fail()
    if not settings.is_local:
        fail("The demo's passwords are known to everybody, so it runs with LMS_PLATFORM_DOMAIN=localhost only.")
    if not LECTURE.is_file():
        fail(f"The demo's lecture is missing: {LECTURE}")
    _check_port(host, settings.port)
    log = configure_logging(settings.log_format, process="main")
    guarded(lambda: asyncio.run(_demo(settings, log, host=host, reload=reload)))


async def _demo(settings: Settings, log: StructlogLogger, *, host: str, reload: bool) -> None:
    stop = stop_on_signals()
    console.print("Starting the database …")
    with running_database(settings) as database:
        await migrate_database(database.settings)
        async with open_container(database.settings, log) as container:
            serving = asyncio.gather(
                database.keep_alive(log, stop=stop),
                keep_running(api_and_worker(host, reload=reload), log, stop=stop),
            )
            try:
                open_school = await container.get(OpenDemoSchool)
                school = await open_school(_lecture)
                await _until_answering(settings.port, stop)
                if not stop.is_set():
                    console.print(_addresses(settings))
                    await _follow(await container.get(ShowVideo), school, stop)
                await stop.wait()
            finally:
                stop.set()
                console.print("Stopping …")
                await serving


async def _lecture() -> AsyncIterator[bytes]:
    with LECTURE.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK_BYTES):
            yield chunk


async def _until_answering(port: int, stop: asyncio.Event) -> None:
    while not stop.is_set():
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            await writer.wait_closed()
            return
        await asyncio.sleep(0.1)


async def _follow(show: ShowVideo, school: DemoSchool, stop: asyncio.Event) -> None:
    """Show the lecture's way through the pipeline until it is READY or FAILED."""
    asset = None
    with Live(console=console, refresh_per_second=4, transient=True) as live:
        while not stop.is_set() and (asset is None or asset.status not in _ENDS):
            seen = await show(school.actor, school.course_id, school.module_id, school.content_id)
            asset = seen.video_asset
            live.update(_progress(asset))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 0.5)
    if asset is None or asset.status not in _ENDS:
        return
    if asset.status is VideoStatus.READY:
        console.print("[bold green]Brain LMS is ready.[/] Ctrl-C stops it.")
    else:
        errors.print(f"[red]The lecture could not be prepared:[/] {asset.error}  (Try: ./just doctor)")


def _progress(asset: VideoAssetView) -> Group:
    lines = [Text("Preparing the lecture …")]
    for step in asset.steps:
        percent = f"{step.progress:3.0f} %" if step.state == "RUNNING" else ""
        lines.append(Text(f"  {step.name.value:<11} {step.state.value:<10} {percent} {step.error or ''}"))
    return Group(*lines)


def _addresses(settings: Settings) -> Panel:
    school = school_url(settings.public_url, SUBDOMAIN)
    text = (
        f"[bold]School[/]    {school}\n"
        f"  teacher   {TEACHER_EMAIL} / {SCHOOL_PASSWORD}\n"
        f"  admin     {ADMIN_EMAIL} / {SCHOOL_PASSWORD}\n"
        f"[bold]Platform[/]  {settings.public_url}\n"
        f"  operator  {OPERATOR_EMAIL} / {OPERATOR_PASSWORD}\n"
        f"[dim]Data       {settings.data_dir}[/]"
    )
    return Panel(text, title=settings.platform_name, expand=False)


def _check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            fail(f"Port {port} is in use. Stop what uses it, or choose another: LMS_PORT={port + 1} ./just demo")
