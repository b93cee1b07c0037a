"""How long a recording really lasts, from the times of its packets."""

_JUMP_SECONDS = 10.0
"""In a transport stream, a step of the clock by more than this is a reset, not a pause. ffmpeg thinks so too
(``-dts_delta_threshold``), so the duration found here is the one a transcode will have."""


class Timeline:
    """Takes lines ``stream,pts,dts,duration`` (seconds; ``N/A`` for unknown) and keeps the last moment shown."""

    def __init__(self, *, start: float, frame_seconds: dict[int, float], streams: frozenset[int], resets: bool) -> None:
        """
        Args:
            start: the recording's own second 0.
            frame_seconds: for how long a packet is shown that does not say so, by stream.
            streams: the only streams that count.
            resets: whether the clock may jump, as broadcast recordings that were joined do.
        """
        self._start = start
        self._frame_seconds = frame_seconds
        self._streams = streams
        self._resets = resets
        self._rest = b""
        self._end = start
        self._last: dict[int, float] = {}
        self._shift: dict[int, float] = {}

    def feed(self, piece: bytes) -> None:
        """Take output as it comes, in pieces of any size."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            self._line(line)

    def seconds(self) -> float:
        """From the start to the end of the last packet."""
        return self._end - self._start

    def _line(self, line: bytes) -> None:
        fields = line.strip().split(b",")
        if len(fields) < 4 or not fields[0].isdigit():
            return
        stream = int(fields[0])
        if stream not in self._streams:
            return
        decoded = _seconds(fields[2])
        shown = _seconds(fields[1])
        shown = decoded if shown is None else shown
        if shown is None:
            return
        lasts = _seconds(fields[3]) or self._frame_seconds.get(stream, 0.0)
        clock = shown if decoded is None else decoded
        if self._resets:
            last = self._last.get(stream)
            if last is not None and abs(clock - last) > _JUMP_SECONDS:
                self._shift[stream] = self._shift.get(stream, 0.0) + last + lasts - clock
            self._last[stream] = clock
        self._end = max(self._end, shown + self._shift.get(stream, 0.0) + lasts)


def _seconds(field: bytes) -> float | None:
    try:
        return float(field)
    except ValueError:
        return None
