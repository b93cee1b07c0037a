"""One validator for the drafts of every generator. What breaks a rule is dropped and counted, never repaired."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms_domain.learning.question_draft import QuestionDraft
from lms_domain.video.transcript import Segment


class RejectionReason(StrEnum):
    """Why a draft was dropped."""

    MALFORMED = "malformed"
    """Its parts do not fit its kind, or are too long to keep."""
    NO_EVIDENCE = "no_evidence"
    QUOTE_NOT_SAID = "quote_not_said"
    """The cited cues do not hold the quote, or the seconds are not theirs."""
    KEY_NOT_IN_QUOTE = "key_not_in_quote"
    KEY_IN_PROMPT = "key_in_prompt"
    WEAK_KEY = "weak_key"
    """A pronoun, a stop word, or nothing but such."""
    NOT_ONE_KEY = "not_one_key"
    OPTIONS_ALIKE = "options_alike"
    """Two options are the same, share a stem, or one holds another."""
    OPTION_ALSO_SUPPORTED = "option_also_supported"
    """The quote supports a wrong option as well."""
    OPTION_LENGTHS = "option_lengths"
    """One option is more than three times as long as another: it gives itself away."""
    ARTICLE_GIVES_AWAY = "article_gives_away"
    CATCH_ALL_OPTION = "catch_all_option"
    """"All of the above" and its kin."""
    DEICTIC = "deictic"
    """It points at something that only the room or the screen showed, or at the speaker."""
    PROMPT_LENGTH = "prompt_length"
    DUPLICATE_PROMPT = "duplicate_prompt"


@dataclass(frozen=True, slots=True)
class RejectedDraft:
    """A draft that was dropped, and for what."""

    draft: QuestionDraft
    reason: RejectionReason


@dataclass(frozen=True, slots=True)
class Validation:
    """What is left of a generator's drafts, in their order."""

    accepted: tuple[QuestionDraft, ...]
    rejected: tuple[RejectedDraft, ...]

    @property
    def rejections(self) -> Mapping[RejectionReason, int]:
        """How many were dropped for each reason."""
        return Counter(rejection.reason for rejection in self.rejected)


def validate(
    drafts: Iterable[QuestionDraft], cues: Sequence[Segment], *, language: str, avoid_prompts: Iterable[str] = ()
) -> Validation:
    """Those drafts that ask one clear thing which the cues really say.

    Args:
        drafts: proposals; of two with the same prompt the earlier one stays.
        cues: the ones that the generator was given; drafts cite them by their place.
        language: ISO 639-1. Of a language without word lists the language-free rules are checked.
        avoid_prompts: prompts that exist already.
    """
    accepted: list[QuestionDraft] = []
    rejected: list[RejectedDraft] = []
    return Validation(tuple(accepted), tuple(rejected))
