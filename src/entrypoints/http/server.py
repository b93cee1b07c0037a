"""The API as a process: settings, container, application, server."""

import asyncio
import os
import socket
from functools import partial
from pathlib import Path

import uvicorn
from uvicorn.supervisors import ChangeReload

from adapters.structlog.logger import configure_logging
from entrypoints.demo_passwords import refuse_demo_passwords
from entrypoints.http.app import create_app
from entrypoints.http.options import http_options
from entrypoints.http.protocol import GuardedProtocol
from entrypoints.http.uvicorn_server import Server, server_config
from entrypoints.settings import Settings, load_settings
from entrypoints.wiring.container import build_container
from lms_app.schools.find_demo_passwords import FindDemoPasswords

FRONTEND_DIST = Path(__file__).resolve().parents[3] / "frontend" / "dist"
"""Where the frontend's build lies in a checkout."""


def run_server(settings: Settings, *, host: str, reload: bool) -> None:
    """Serve until a signal.

    Args:
        settings: with ``database`` resolved.
        reload: start again when the source changes, for developers.
    """
    if reload:
        _run_reloading(settings, host)
    else:
        _run(settings, host)


def _run(settings: Settings, host: str, sockets: list[socket.socket] | None = None) -> None:
    log = configure_logging(settings.log_format, process="api")

    async def run() -> None:
        container = build_container(settings, log)
        try:
            await refuse_demo_passwords(await container.get(FindDemoPasswords), settings)
            app = create_app(container, http_options(settings, frontend_dist=FRONTEND_DIST))
            config = server_config(app, host, settings.port, settings.trusted_proxies)
            await Server(config, app.state.streams.end).serve(sockets)
        finally:
            await container.close()

    with asyncio.Runner(loop_factory=uvicorn.Config(app="", log_config=None).get_loop_factory()) as runner:
        runner.run(run())


def _run_reloading(settings: Settings, host: str) -> None:
    if settings.database is None:
        raise RuntimeError("the database must be resolved")
    # Each child reads its settings from the environment, and must find the database that this process keeps running.
    os.environ.update(
        LMS_DATABASE_URL=settings.database.app,
        LMS_DATABASE_SYSTEM_URL=settings.database.system,
        LMS_DATABASE_OWNER_URL=settings.database.owner,
        LMS_DATABASE_DIRECT_URL=settings.database.direct,
    )
    source = str(Path(__file__).resolve().parents[2])
    config = uvicorn.Config(
        app="", host=host, port=settings.port, log_config=None, reload=True, reload_dirs=[source], http=GuardedProtocol
    )
    ChangeReload(config, target=partial(_run_child, host), sockets=[config.bind_socket()]).run()


def _run_child(host: str, sockets: list[socket.socket] | None) -> None:
    _run(load_settings(), host, sockets)
