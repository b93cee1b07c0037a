"""Captions for tests, in the folder `captions` beside this file."""

import re
from html import unescape
from pathlib import Path

from lms_domain.video.transcript import Segment

_CUE = re.compile(r"^(\d+):(\d+):([\d.]+) --> (\d+):(\d+):([\d.]+)\n(.+?)(?:\n\n|\Z)", re.MULTILINE | re.DOTALL)


def captions_of(name: str) -> tuple[Segment, ...]:
    """The cues of a file there, named without its ending."""
    text = (Path(__file__).parent / "captions" / f"{name}.vtt").read_text(encoding="utf-8")
    found = (match.groups() for match in _CUE.finditer(text))
    return tuple(Segment(_seconds(*of[0:3]), _seconds(*of[3:6]), " ".join(unescape(of[6]).split())) for of in found)


def _seconds(hours: str, minutes: str, seconds: str) -> float:
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
