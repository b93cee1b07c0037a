"""The machine's clock."""

from datetime import UTC, datetime

from lms_app.ports.clock import Clock


class SystemClock(Clock):
    """What time it is here."""

    def now(self) -> datetime:
        """See the port."""
        return datetime.now(UTC)
