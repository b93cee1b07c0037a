"""Port: saying what happened."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

Facts = Callable[[], Mapping[str, object]]


class Logger(Protocol):
    """Structured log lines: an event's name and its facts. Secrets and tokens never are facts."""

    def info(self, event: str, **facts: object) -> None:
        """Something worth knowing."""

    def warning(self, event: str, **facts: object) -> None:
        """Something an operator may want to look at."""

    def exception(self, event: str, **facts: object) -> None:
        """Something broke; called inside ``except``."""

    def within(self, facts: Facts) -> AbstractContextManager[None]:  # noqa: ARG002  # whoever writes no lines needs none
        """While the context lasts, every line of this task and of the tasks it starts carries these facts too.

        Libraries' lines as well, whoever writes them. ``facts`` is asked for each line, so it may know more later: who
        is signed in. What a line says itself counts more.
        """
        return nullcontext()
