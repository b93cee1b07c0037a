"""From cues, which end anywhere, to sentences, and back to the seconds."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.rules_quiz.words import FILLERS, words_of
from lms_domain.learning.languages.language_words import word_set
from lms_domain.learning.question_draft import DraftEvidence
from lms_domain.video.transcript import Segment

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)")
_ABBREVIATIONS = word_set(
    """
    mr. mrs. ms. dr. prof. st. vs. etc. e.g. i.e. cf. fig. no. vol. al. approx. dept. inc. jr. sr.
    """
)
_LONGEST_ABBREVIATION = 12
_INITIAL = re.compile(r"(?:^|[\s.])[A-Za-z]\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it was said. ``cue_to`` is the last cue it touches."""

    place: int
    """Counted from 0 within the video."""
    text: str
    cue_from: int
    cue_to: int
    start: float
    end: float

    @property
    def words(self) -> list[str]:
        """Its words, as small letters."""
        return words_of(self.text)

    @property
    def is_question(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip("\"'”’)]").endswith("?")

    def told(self) -> str:
        """The sentence without what people say before they begin, and without its full stop."""
        bare = FILLERS.sub("", self.text, count=1) if FILLERS.match(self.text) else self.text
        return bare.rstrip(".!…\"'”’ ").lstrip("\"'“‘ ")

    def evidence(self) -> DraftEvidence:
        """The whole sentence as a quote, with the seconds of its cues."""
        return DraftEvidence(self.cue_from, self.cue_to, self.start, self.end, self.text)


def sentences_of(cues: Sequence[Segment]) -> list[Sentence]:
    """The sentences in order. Text without punctuation is one sentence, which the gate will not let pass."""
    parts = [" ".join(cue.text.split()) for cue in cues]
    text = " ".join(parts)
    begins = [0]
    for part in parts[:-1]:
        begins.append(begins[-1] + len(part) + 1)
    found: list[Sentence] = []
    at = 0
    for end in [*_ends(text), len(text)]:
        said = text[at:end].strip()
        if said:
            begin = text.index(said, at)
            first = bisect_right(begins, begin) - 1
            last = bisect_right(begins, begin + len(said) - 1) - 1
            found.append(Sentence(len(found), said, first, last, cues[first].start, cues[last].end))
        at = end
    return found


def _ends(text: str) -> list[int]:
    ends = []
    for match in _END.finditer(text):
        around = text[max(0, match.end() - _LONGEST_ABBREVIATION) : match.end()]
        before = around.split()[-1] if match.group().startswith(".") else ""
        is_abbreviated = before.casefold() in _ABBREVIATIONS or bool(_INITIAL.search(before))
        if not is_abbreviated:
            ends.append(match.end())
    return ends
