"""The queue inside one process under its contract."""

from collections.abc import Mapping

import pytest
from taskiq import AsyncBroker

from adapters.taskiq.brokers import in_process_brokers
from lms_domain.video.steps import QueueName
from tests.unit.adapters.taskiq.workers import Silence, TaskiqJobQueueContract


class TestInProcessJobQueue(TaskiqJobQueueContract):
    @pytest.fixture
    def brokers(self) -> Mapping[QueueName, AsyncBroker]:
        return in_process_brokers(Silence())
