"""Port: questions from a transcript."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from lms_domain.learning.question_draft import QuestionDraft
from lms_domain.learning.quiz import QuestionKind
from lms_domain.video.transcript import Segment


class Difficulty(StrEnum):
    """How hard questions should be; a generator that knows no difference ignores it."""

    EASY = "EASY"
    MEDIUM = "MEDIUM"
    HARD = "HARD"


@dataclass(frozen=True, slots=True)
class WantedQuestions:
    """What would be welcome. Fewer, or none, is always fine; more than ``count`` is not."""

    count: int = 8
    kinds: frozenset[QuestionKind] = frozenset(QuestionKind)
    difficulty: Difficulty = Difficulty.MEDIUM


@dataclass(frozen=True, slots=True)
class GenerationBudget:
    """What one call may use up. ``cost`` is in the currency of the provider's bill; None: no bound."""

    tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizRequest:
    """What to ask about. The same request gives the same drafts wherever the generator can promise that."""

    language: str
    """ISO 639-1 of the cues."""
    title: str
    """Of the video."""
    cues: tuple[Segment, ...]
    """What is said, in order; drafts cite cues by their place in here, from 0."""
    objectives: tuple[str, ...] = ()
    key_terms: tuple[str, ...] = ()
    """Terms that the author says matter."""
    want: WantedQuestions = field(default_factory=WantedQuestions)
    avoid_prompts: tuple[str, ...] = ()
    """Prompts that exist already."""
    seed: int = 0
    deadline_seconds: float = 120.0
    """A generator that is not done by then gives what it has."""
    budget: GenerationBudget = field(default_factory=GenerationBudget)


class AbstentionReason(StrEnum):
    """Why a generator would rather not ask."""

    LANGUAGE = "language_not_supported"
    TOO_SHORT = "too_short"
    """Too few sentences to ask about."""
    NO_SENTENCES = "no_sentences"
    """The captions have no punctuation: where a sentence ends would be a guess."""
    REPETITIVE = "repetitive"
    """The same words again and again, as speech recognition invents over noise."""
    FREE_SPEECH = "free_speech"
    """People talk off the cuff: what they say is true at that moment, and rarely meant as it is said."""
    NOTHING_FOUND = "nothing_found"
    """Nothing in it is certain enough to ask."""
    OUT_OF_BUDGET = "out_of_budget"


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there are no drafts: a code, and a sentence for admins."""

    reason: AbstentionReason
    detail: str


@dataclass(frozen=True, slots=True)
class GenerationUsage:
    """What the call used up."""

    seconds: float
    tokens: int = 0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class QuizResult:
    """Drafts, best first, or the reasons why there are none: exactly one of the two is empty."""

    drafts: tuple[QuestionDraft, ...]
    abstentions: tuple[Abstention, ...]
    usage: GenerationUsage
    warnings: tuple[str, ...] = ()
    """Sentences for admins, such as that another generator had to step in."""

    def __post_init__(self) -> None:
        if bool(self.drafts) == bool(self.abstentions):
            raise ValueError("a generator gives drafts, or reasons why there are none")

    @property
    def abstained(self) -> bool:
        """Whether there are no drafts."""
        return not self.drafts


class QuizGeneratorError(Exception):
    """The generator itself failed. ``code`` is ``generator_unavailable`` (worth trying again later),
    ``generator_refused`` (not set up, or this use of it is not allowed) or ``generator_failed`` (its answer made no
    sense); ``detail`` says what to do."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class QuizGenerator(Protocol):
    """Proposes questions about what is said in a video.

    Nobody believes a generator: every draft goes through ``lms_domain.learning.quiz_validator`` before it is kept.
    """

    @property
    def id(self) -> str:
        """Which generator, such as ``rules-en``; stable."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same request could give other drafts."""
        ...

    def supports(self, language: str) -> bool:
        """Whether it can ask about cues in that language (ISO 639-1). Where it cannot, ``generate`` abstains."""
        ...

    async def generate(self, request: QuizRequest) -> QuizResult:
        """Drafts with evidence, best first, at most ``request.want.count``, only of the wanted kinds, none with a
        prompt to avoid; or an abstention with its reasons.

        Never blocks the event loop. Cancelling its task stops the work. Sends nothing anywhere unless the school
        allowed it.

        Raises:
            QuizGeneratorError: see there.
        """
        ...
