"""From the words that Whisper heard to segments that people read, search and click on."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms_domain.video.transcript import Segment

MAX_WIDTH = 84
"""Columns: two caption lines of 42, the usual measure for subtitles. Wide characters count twice."""
MAX_SECONDS = 7.0
"""Longer and a click into the transcript lands too far from the words."""

_PAUSE = 1.0
"""Silence in seconds that ends a segment even within a sentence."""
_SHORTEST = 0.2
"""Seconds that a segment is given at least, where its neighbours leave room."""
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "।")
_CLAUSE_ENDS = (",", ";", ":", "—", "–", "，", "、", "；", "：", "،")
_SHORT_WORD = 3
_CLOSERS = "\"'”’»)]"
_ABBREVIATIONS = frozenset({"mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "e.g.", "i.e.", "no.", "z.b.", "d.h."})


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was heard; ``text`` starts with a space where the language puts one."""

    start: float
    end: float
    text: str


def make_segments(words: Sequence[Word], duration: float) -> tuple[Segment, ...]:
    """Readable segments: sentences, the long ones cut where a reader would breathe.

    They are in order, do not overlap, end after they start, and lie within ``duration`` seconds.
    """
    parts = [part for sentence in _sentences(words) for part in _split(sentence)]
    return tuple(_lay_out(parts, duration))


def _sentences(words: Sequence[Word]) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    for word in words:
        if sentence and word.start - sentence[-1].end >= _PAUSE:
            yield sentence
            sentence = []
        sentence.append(word)
        if _ends_sentence(word.text):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _ends_sentence(text: str) -> bool:
    bare = text.strip().rstrip(_CLOSERS)
    initial = len(bare) == 2 and bare[0].isupper() and bare[1] == "."
    return bare.endswith(_SENTENCE_ENDS) and not initial and bare.lower() not in _ABBREVIATIONS


def _split(words: list[Word]) -> list[list[Word]]:
    """Halve until it fits, at the best place near the middle."""
    fits = _width(words) <= MAX_WIDTH and words[-1].end - words[0].start <= MAX_SECONDS
    if fits or len(words) == 1:
        return [words]
    cut = max(range(1, len(words)), key=lambda place: _goodness(words, place))
    return [*_split(words[:cut]), *_split(words[cut:])]


def _goodness(words: list[Word], place: int) -> float:
    """How well a cut before ``words[place]`` reads: near the middle, after a comma, in a pause; not after a short
    word, which mostly belongs to what follows, and never inside a word."""
    before, after = words[place - 1], words[place]
    balance = 1 - abs(2 * _width(words[:place]) / max(1, _width(words)) - 1)
    clause = 0.4 if before.text.strip().rstrip(_CLOSERS).endswith(_CLAUSE_ENDS) else 0.0
    pause = min(0.4, max(0.0, after.start - before.end))
    glued = -2.0 if not after.text.startswith(" ") and before.text.isascii() and after.text.isascii() else 0.0
    short = -0.2 if not clause and len(before.text.strip()) <= _SHORT_WORD else 0.0
    return balance + clause + pause + glued + short


def _width(words: list[Word]) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in _text(words))


def _text(words: list[Word]) -> str:
    return " ".join("".join(word.text for word in words).split())


def _lay_out(parts: list[list[Word]], duration: float) -> Iterator[Segment]:
    """Give each part its time; what has no room of its own keeps its text by joining the part before it."""
    waiting: Segment | None = None
    for place, part in enumerate(parts):
        text = _text(part)
        if not text:
            continue
        begin = max(part[0].start, waiting.end if waiting else 0.0)
        following = max(begin, parts[place + 1][0].start) if place + 1 < len(parts) else duration
        end = min(max(part[-1].end, min(begin + _SHORTEST, following)), duration)
        start, end = round(begin, 3), round(end, 3)
        if start < end:
            if waiting:
                yield waiting
            waiting = Segment(start, end, text)
        elif waiting:
            waiting = Segment(waiting.start, waiting.end, f"{waiting.text} {text}")
    if waiting:
        yield waiting
