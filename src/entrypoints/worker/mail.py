"""Sending mail, in the worker that has the default queue."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from dishka import AsyncContainer

from adapters.postgres.notifications import MailBell
from lms_app.notices.send_mail import SendMail
from lms_app.ports.logger import Logger
from lms_domain.errors import Unavailable

T = TypeVar("T")

POLL_SECONDS = 2.0
"""The net under LISTEN, and how late a mail may be whose time has come by itself."""
GRACE_SECONDS = 2.0
"""For mails in hand when the process is to end; the embedded default gives its children 3 s. What takes longer is cut
off, and tried again after its lease."""


async def send_mail(container: AsyncContainer, *, stop: asyncio.Event) -> None:
    """Send what is due until ``stop`` is set. Any number of processes may do so at once."""
    log = await container.get(Logger)
    send = await container.get(SendMail)
    bell = await container.get(MailBell)
    async with bell.listening():
        while not stop.is_set():
            if not await _until(stop, _send(send, log), grace_seconds=GRACE_SECONDS):
                await _until(stop, bell.wait(POLL_SECONDS), grace_seconds=0.0)


async def _send(send: SendMail, log: Logger) -> int:
    try:
        return await send()
    except Unavailable as error:
        log.warning("mail waits", error=error.detail)
    except Exception:
        # Videos in the same process have no part in what breaks here.
        log.exception("sending mail broke")
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
