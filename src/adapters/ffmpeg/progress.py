"""Reads what ``ffmpeg -progress pipe:1`` says, and passes it on at a steady pace."""

import time

from adapters.ffmpeg.runner import ToolStoppedError
from lms_app.ports.media_tools import ProgressCallback

ARGUMENTS = ["-progress", "pipe:1", "-stats_period", "1"]

STALL_SECONDS = 300.0
"""Without a further frame for this long, a run is taken for stuck."""

_PREFIX = b"out_time_us="


class Progress:
    """How far one run of ffmpeg is."""

    def __init__(self, duration: float, on_progress: ProgressCallback) -> None:
        """
        Args:
            duration: seconds that the probe found.
        """
        self._duration = duration
        self._on_progress = on_progress
        self._rest = b""
        self._began = self._moved = time.monotonic()
        self.seconds = 0.0
        """Of the source, done so far."""

    def feed(self, piece: bytes) -> None:
        """Take output as it comes."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            digits = line.removeprefix(_PREFIX).strip()
            if line.startswith(_PREFIX) and digits.isdigit():
                self._reach(int(digits) / 1_000_000)

    async def tick(self) -> None:
        """Report, every second. The same figure again says that we live.

        Raises:
            ToolStoppedError: nothing has moved for five minutes.
        """
        if time.monotonic() - self._moved > STALL_SECONDS:
            raise ToolStoppedError(f"no progress for {STALL_SECONDS:.0f} s", log="")
        self._on_progress(min(1.0, self.seconds / self._duration), self._speed())

    def finish(self) -> None:
        """Report that all is done."""
        self._on_progress(1.0, self._speed())

    def _reach(self, seconds: float) -> None:
        if seconds > self.seconds:
            self.seconds = seconds
            self._moved = time.monotonic()

    def _speed(self) -> float:
        return self.seconds / max(0.001, time.monotonic() - self._began)
