"""Listening to queues."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from taskiq import AsyncBroker, InMemoryBroker
from taskiq.receiver import Receiver

from lms_app.ports.logger import Logger
from lms_domain.video.steps import QueueName

_RETRY_SECONDS = 2.0


async def listen(
    brokers: Mapping[QueueName, AsyncBroker], concurrency: Mapping[QueueName, int], stop: asyncio.Event, log: Logger
) -> None:
    """Run tasks of ``brokers`` until ``stop`` is set. In-process brokers need no listening and are only started.

    A broker fetches no more than may run at once: another worker gets the rest without waiting.
    """
    with ThreadPoolExecutor(max_workers=1) as executor:
        async with asyncio.TaskGroup() as group:
            for queue, broker in brokers.items():
                broker.is_worker_process = True
                if isinstance(broker, InMemoryBroker):
                    await broker.startup()
                else:
                    group.create_task(_listen(broker, concurrency[queue], stop, executor, log))
            group.create_task(stop.wait())


async def _listen(
    broker: AsyncBroker, places: int, stop: asyncio.Event, executor: ThreadPoolExecutor, log: Logger
) -> None:
    while not stop.is_set():
        try:
            await broker.startup()
            receiver = Receiver(broker, executor, max_async_tasks=places, run_startup=False, wait_tasks_timeout=3.0)
            await receiver.listen(stop)
        except Exception as error:  # noqa: BLE001 -- a broker that is away must not end the worker
            log.warning("queue does not answer", error=repr(error))
            try:
                await asyncio.wait_for(stop.wait(), _RETRY_SECONDS)
            except TimeoutError:
                continue
