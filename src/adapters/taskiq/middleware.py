"""What every broker does around a task."""

from typing import Any

from taskiq import TaskiqMessage, TaskiqMiddleware, TaskiqResult

from lms_app.ports.logger import Logger


class LogFailures(TaskiqMiddleware):
    """Says when a task raised. Nothing is retried here: the step's row knows what is due."""

    def __init__(self, log: Logger) -> None:
        super().__init__()
        self._log = log

    def on_error(
        self,
        message: TaskiqMessage,
        result: TaskiqResult[Any],  # taskiq's own signature: results have no type of ours
        exception: BaseException,
    ) -> None:
        """Called by taskiq."""
        del result
        self._log.warning("task failed", task=message.task_name, args=message.args, error=repr(exception))
