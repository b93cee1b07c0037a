"""Whether cited captions really hold a quote. Recognised speech has slips; its meaning must be the same."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lms_domain.learning.languages.language_words import LanguageWords
from lms_domain.learning.question_draft import DraftEvidence
from lms_domain.learning.wording import as_number, find_run, located_numbers, read_numbers, split_words
from lms_domain.video.transcript import Segment

MAX_CITED_CUES = 20
MAX_CITED_SECONDS = 90.0
"""A learner who looks at the evidence should find it at once."""
TIME_SLACK_SECONDS = 0.5
MAX_CHANGED = 0.1
"""Share of the quote's words that may differ from what was said."""
MIN_QUOTE_WORDS = 4
MAX_QUOTE_WORDS = 80


@dataclass(frozen=True, slots=True)
class _Match:
    """Where a quote fits best: how many words differ, and which words of the captions it covers."""

    changes: int
    start: int
    end: int


def holds(evidence: DraftEvidence, cues: Sequence[Segment], words: LanguageWords) -> bool:
    """Whether the cited cues hold the quote, and the seconds are those of the words.

    At most a tenth of the words may differ, and never a number or a negation.
    """
    if not 0 <= evidence.cue_from <= evidence.cue_to < len(cues):
        return False
    cited = cues[evidence.cue_from : evidence.cue_to + 1]
    if len(cited) > MAX_CITED_CUES or not _within(evidence, cited):
        return False
    quote = read_numbers(split_words(evidence.quote, words), words)
    if not MIN_QUOTE_WORDS <= len(quote) <= MAX_QUOTE_WORDS:
        return False
    found = find_quote(quote, SpokenWords.of(cited, words), words)
    return found is not None and evidence.start <= found.first.end and evidence.end >= found.last.start


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """The words of captions, numbers in one form, each with the cue in which it is said."""

    read: Sequence[str]
    cues: Sequence[Segment]

    @classmethod
    def of(cls, cues: Sequence[Segment], words: LanguageWords) -> "SpokenWords":
        """Those of ``cues``."""
        said = [(part, cue) for cue in cues for part in split_words(cue.text, words)]
        # The cues are joined before numbers are read: one may be spoken across two of them.
        located = list(located_numbers([part for part, _ in said], words))
        return cls([part for part, _ in located], [said[place][1] for _, place in located])

    def between(self, start: float, end: float) -> "SpokenWords":
        """Those of cues that are said at least partly in these seconds."""
        kept = [at for at, cue in enumerate(self.cues) if cue.start < end and cue.end > start]
        return SpokenWords([self.read[at] for at in kept], [self.cues[at] for at in kept])


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """Where captions say a quote: its words as they stand there, and the cues of its first and last word."""

    read: Sequence[str]
    first: Segment
    last: Segment


def find_quote(quote: Sequence[str], said: SpokenWords, words: LanguageWords) -> FoundQuote | None:
    """Where ``said`` holds the words of a quote (numbers in one form); None when it does not.

    At most a tenth of the words may differ, and never a number or a negation.
    """
    match = _best_match(quote, said.read)
    if match.changes > len(quote) * MAX_CHANGED or match.start >= match.end:
        return None
    found = said.read[match.start : match.end]
    if _weighty(quote, words) != _weighty(found, words):
        return None
    return FoundQuote(found, said.cues[match.start], said.cues[match.end - 1])


def _within(evidence: DraftEvidence, cited: Sequence[Segment]) -> bool:
    earliest, latest = cited[0].start - TIME_SLACK_SECONDS, cited[-1].end + TIME_SLACK_SECONDS
    return (
        max(0.0, earliest) <= evidence.start < evidence.end <= latest
        and evidence.end - evidence.start <= MAX_CITED_SECONDS
    )


def _best_match(quote: Sequence[str], said: Sequence[str]) -> _Match:
    """The stretch of ``said`` that differs from ``quote`` in the fewest words (Sellers, 1980: an edit distance that
    may begin and end anywhere)."""
    exact = find_run(quote, said)
    if exact is not None:
        return _Match(0, exact, exact + len(quote))
    row = [_Match(0, at, at) for at in range(len(said) + 1)]
    for i, word in enumerate(quote, start=1):
        above = row
        row = [_Match(i, 0, 0)]
        for j, spoken in enumerate(said, start=1):
            options = (
                (above[j - 1].changes + (word != spoken), above[j - 1].start),
                (above[j].changes + 1, above[j].start),
                (row[j - 1].changes + 1, row[j - 1].start),
            )
            changes, start = min(options, key=lambda option: option[0])
            row.append(_Match(changes, start, j))
    return min(row, key=lambda match: match.changes)


def _weighty(parts: Sequence[str], words: LanguageWords) -> Counter[str]:
    """The words that turn a sentence into another one: numbers and negations."""
    return Counter(part for part in parts if part in words.negations or as_number(part) is not None)
