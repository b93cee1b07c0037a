"""What a generator proposes, before anybody believes it. The validator decides what becomes of a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from lms_domain.learning.quiz import (
    Evidence,
    McqQuestion,
    Option,
    Question,
    QuestionKind,
    QuestionOrigin,
    Review,
    ShortAnswerQuestion,
)


@dataclass(frozen=True, slots=True)
class DraftEvidence:
    """Where a draft claims that the video says it.

    ``cue_from`` and ``cue_to`` are places (from 0, the last one included) in the cues that the generator was given.
    """

    cue_from: int
    cue_to: int
    start: float
    """Seconds from the video's start."""
    end: float
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDraft:
    """A proposed question. ``key`` is the right answer; of an MCQ it is one of ``options``."""

    kind: QuestionKind
    prompt: str
    key: str
    options: tuple[str, ...] = ()
    """MCQ only, the key among them."""
    accepted: tuple[str, ...] = ()
    """SHORT_ANSWER only: other ways to write the key."""
    explanation: str = ""
    evidence: tuple[DraftEvidence, ...]
    """Required: a draft that cites nothing is dropped. The first one is kept with the question."""
    rule: str
    """Which rule or prompt made it, such as ``definition``."""
    confidence: float
    """0 to 1, comparable within one generator only."""
    origin: QuestionOrigin


def to_question(
    draft: QuestionDraft, *, position: int, new_id: Callable[[], UUID], review: Review = Review.DRAFT
) -> Question:
    """A draft that the validator accepted, as a question of a quiz.

    Raises:
        InvalidInput: the validator would have refused it.
    """
    cited = draft.evidence[0]
    evidence = Evidence(quote=cited.quote.strip(), start=cited.start, end=cited.end)
    if draft.kind is QuestionKind.MCQ:
        return McqQuestion(
            id=new_id(),
            prompt=draft.prompt,
            explanation=draft.explanation,
            evidence=evidence,
            origin=draft.origin,
            rule=draft.rule,
            review=review,
            position=position,
            options=tuple(Option(id=new_id(), text=text, is_correct=text == draft.key) for text in draft.options),
        )
    return ShortAnswerQuestion(
        id=new_id(),
        prompt=draft.prompt,
        explanation=draft.explanation,
        evidence=evidence,
        origin=draft.origin,
        rule=draft.rule,
        review=review,
        position=position,
        accepted_answers=tuple(dict.fromkeys((draft.key, *draft.accepted))),
    )
