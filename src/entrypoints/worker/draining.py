"""Working off what waits in the database, in the worker that has the default queue: mail, and jobs."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

from dishka import AsyncContainer

from adapters.postgres.notifications import JobBell, MailBell, OutboxBell
from lms_app.jobs.run_job import RunJob
from lms_app.notices.send_mail import SendMail
from lms_app.ports.logger import Logger
from lms_domain.errors import Unavailable

T = TypeVar("T")

POLL_SECONDS = 2.0
"""The net under LISTEN, and how late something may be whose time has come by itself."""
MAIL_GRACE_SECONDS = 2.0
"""For mails in hand when the process is to end (children of the embedded default have 3 s). What takes longer is cut
off, and tried again after its lease. A job goes back to the queue at once."""


async def send_mail(container: AsyncContainer, *, stop: asyncio.Event) -> None:
    """Send what is due until ``stop`` is set. Any number of processes may do so at once."""
    send, bell = await container.get(SendMail), await container.get(MailBell)
    await _drain(send, bell, await container.get(Logger), stop=stop, grace_seconds=MAIL_GRACE_SECONDS)


async def do_jobs(container: AsyncContainer, *, stop: asyncio.Event) -> None:
    """Do jobs, one after the other, until ``stop`` is set. Any number of processes may do so at once."""
    run, bell = await container.get(RunJob), await container.get(JobBell)
    await _drain(run, bell, await container.get(Logger), stop=stop, grace_seconds=0.0)


async def _drain(
    work: Callable[[], Awaitable[int]], bell: OutboxBell, log: Logger, *, stop: asyncio.Event, grace_seconds: float
) -> None:
    async with bell.listening():
        while not stop.is_set():
            if not await _until(stop, _try(work, bell.channel, log), grace_seconds=grace_seconds):
                await _until(stop, bell.wait(POLL_SECONDS), grace_seconds=0.0)


async def _try(work: Callable[[], Awaitable[int]], what: str, log: Logger) -> int:
    try:
        return await work()
    except Unavailable as error:
        log.warning("a part does not answer", waiting=what, error=error.detail)
    except Exception:
        # Videos in the same process have no part in what breaks here.
        log.exception("working off what waits broke", waiting=what)
    return 0


async def _until(stop: asyncio.Event, work: Coroutine[None, None, T], *, grace_seconds: float) -> T | None:
    """The result of ``work``; None when it is not done so many seconds after ``stop`` was set: then it is cut off."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            await asyncio.wait({task}, timeout=grace_seconds)
        return task.result() if task.done() else None
    finally:
        task.cancel()
        stopped.cancel()
        await asyncio.wait({task, stopped})
