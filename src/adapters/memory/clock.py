"""A clock that stands still."""

from datetime import UTC, datetime, timedelta

from lms_app.ports.clock import Clock

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class MemoryClock(Clock):
    """Shows what it was set to."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.set(now)

    def now(self) -> datetime:
        """See the port."""
        return self._now

    def set(self, now: datetime) -> None:
        """Show ``now``, an aware instant."""
        self._now = now.astimezone(UTC)

    def advance(self, time: timedelta) -> datetime:
        """Let ``time`` pass; the new instant."""
        self._now += time
        return self._now
