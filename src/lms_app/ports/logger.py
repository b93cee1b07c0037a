"""Port: saying what happened."""

from typing import Protocol


class Logger(Protocol):
    """Structured log lines: an event's name and its facts. Secrets and tokens never are facts."""

    def info(self, event: str, **facts: object) -> None:
        """Something worth knowing."""

    def warning(self, event: str, **facts: object) -> None:
        """Something an operator may want to look at."""

    def exception(self, event: str, **facts: object) -> None:
        """Something broke; called inside ``except``."""
