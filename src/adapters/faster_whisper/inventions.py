"""What Whisper says although nobody said it: text over silence, and loops."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.faster_whisper.captions import Word

_SILENCE = 0.6
_UNSURE = -0.7
"""Mean log probability per token: with a probable silence, below this it is invented."""
_GUESSING = -1.3
"""Below this it is invented, whatever the silence."""

_LONGEST_LOOP = 40
"""Words."""
_NOT_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Heard:
    """One segment as Whisper gives it."""

    words: tuple[Word, ...]
    no_speech_prob: float
    """Of its 30 s window, 0 to 1."""
    avg_logprob: float
    """Mean natural logarithm of its tokens' probabilities, at most 0."""


def is_invented(heard: Heard) -> bool:
    """Whether nobody said this. A sure text stays even where silence is likely: quiet speakers exist."""
    return heard.avg_logprob < _GUESSING or (heard.no_speech_prob > _SILENCE and heard.avg_logprob < _UNSURE)


def without_loops(words: Sequence[Word]) -> list[Word]:
    """``words`` with every loop said once. People repeat themselves twice; Whisper's loops go on and on."""
    spoken = [_NOT_WORD.sub("", word.text).casefold() for word in words]
    kept: list[Word] = []
    place = 0
    while place < len(words):
        length, times = _loop_at(spoken, place)
        kept += words[place : place + length]
        place += length * times
    return kept


def _loop_at(spoken: list[str], place: int) -> tuple[int, int]:
    """(words in the loop that starts here, how often it is said); (1, 1) when there is none."""
    for length in range(1, min(_LONGEST_LOOP, (len(spoken) - place) // 2) + 1):
        phrase = spoken[place : place + length]
        if phrase[0] != spoken[place + length] or not any(phrase):
            continue
        times = 1
        while spoken[place + times * length : place + (times + 1) * length] == phrase:
            times += 1
        if times >= _suspicious(length):
            return length, times
    return 1, 1


def _suspicious(length: int) -> int:
    """Times from which a phrase of ``length`` words is a loop: 'no, no, no' and 'very, very' are speech."""
    if length == 1:
        return 6
    return 4 if length <= 3 else 3
