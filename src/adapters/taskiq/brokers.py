"""One broker for each queue: in this process, or over Redis streams."""

import socket
import uuid
from collections.abc import Mapping

from taskiq import AsyncBroker, InMemoryBroker
from taskiq_redis import RedisStreamBroker

from adapters.taskiq.middleware import LogFailures
from lms_app.ports.logger import Logger
from lms_domain.video.steps import QueueName

_MAX_MESSAGES = 10_000
"""Acknowledged entries stay in a stream for ever; a doorbell trimmed unread is rung again by the sweeper."""

_MS = 1000


def in_process_brokers(log: Logger) -> Mapping[QueueName, AsyncBroker]:
    """Brokers that run tasks in the process that sends them: the worker child of the embedded default."""
    return {queue: InMemoryBroker().with_middlewares(LogFailures(log)) for queue in QueueName}


def redis_brokers(url: str, log: Logger, *, stream_prefix: str = "lms") -> Mapping[QueueName, AsyncBroker]:
    """Brokers over Redis streams.

    ``consumer_id`` "0": messages sent before the first worker came are not lost. ``xread_count`` 1: a busy worker
    hoards nothing. Redelivery is left to the sweeper: a step may run far longer than any idle time, so the idle time
    is a day and messages are acknowledged when received (see ``JOB_LABELS`` in job_queue).
    """
    return {
        queue: RedisStreamBroker(
            url,
            queue_name=f"{stream_prefix}:{queue.value}",
            consumer_group_name="lms",
            consumer_name=f"{socket.gethostname()}-{uuid.uuid4().hex[:12]}",
            consumer_id="0",
            xread_count=1,
            xread_block=1 * _MS,
            maxlen=_MAX_MESSAGES,
            idle_timeout=24 * 3600 * _MS,
            unacknowledged_lock_timeout=30,
            socket_connect_timeout=5,
        ).with_middlewares(LogFailures(log))
        for queue in QueueName
    }
