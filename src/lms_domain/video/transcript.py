"""What was said in a video, and when."""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of speech: seconds from the video's start, end after start, text without line breaks at its ends."""

    start: float
    end: float
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end < math.inf:
            raise ValueError(f"a segment must end after it starts: {self.start} .. {self.end}")
        if not self.text.strip():
            raise ValueError("a segment needs text")


_SOUNDS = re.compile(r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪[^♪]*(?:♪|$)|♫[^♫]*(?:♫|$)")
"""How captions write what nobody says: [Music], (applause), *laughs*, ♪ and the words of a song ♪."""


def is_spoken(segment: Segment) -> bool:
    """Whether somebody says something in it, and it is not only told which sounds there are."""
    return any(character.isalnum() for character in _SOUNDS.sub(" ", segment.text))


def full_text(segments: Iterable[Segment]) -> str:
    """All segments as one text, single spaces between them."""
    return " ".join(" ".join(segment.text.split()) for segment in segments)


def transcript_hash(language: str, segments: Iterable[Segment]) -> str:
    """SHA-256, in hex, of everything that questions are made from: words, times and language."""
    said = [language, *([segment.start, segment.end, segment.text] for segment in segments)]
    return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
