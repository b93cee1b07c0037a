"""The files that every media contract is tried on. Each adapter's tests say how such a file is made."""

from pathlib import Path
from typing import Protocol


class MediaSources(Protocol):
    """Makes test files on demand. Ordinary ones last 3 s, are 640x360 at 25 pictures per second, and have sound."""

    def plain(self) -> Path:
        """An ordinary MP4, stereo."""
        ...

    def large(self) -> Path:
        """1280x720, 13 s: more than two segments, the last one short."""
        ...

    def no_audio(self) -> Path:
        """Pictures only."""
        ...

    def audio_only(self) -> Path:
        """An MP4 without pictures."""
        ...

    def portrait(self) -> Path:
        """Stored as 640x360, shown as 360x640 by its rotation."""
        ...

    def hdr(self) -> Path:
        """HEVC, 10 bit, transfer ``smpte2084``."""
        ...

    def half_second(self) -> Path:
        """0.5 s."""
        ...

    def long_black(self) -> Path:
        """61 minutes of black, one picture per second, no sound, 64x36."""
        ...

    def lying(self) -> Path:
        """20 s whose header claims 1 s."""
        ...

    def odd(self) -> Path:
        """641x361."""
        ...

    def three_sounds(self) -> Path:
        """An ordinary file with three audio streams."""
        ...

    def late_sound(self) -> Path:
        """Its sound starts at second 1.0 and lasts until second 3.0."""
        ...

    def empty(self) -> Path:
        """Zero bytes, named .mp4."""
        ...

    def truncated(self) -> Path:
        """The first half of an ordinary file: its index, at the end, is gone."""
        ...

    def cut_short(self) -> Path:
        """The first half of a file with its index at the start: it opens, and would play for a while."""
        ...

    def web_page(self) -> Path:
        """HTML, named .mp4."""
        ...

    def playlist(self) -> Path:
        """An HLS playlist, named .mp4, of a segment that exists next to it."""
        ...

    def archive(self) -> Path:
        """A ZIP file, named .mp4."""
        ...
