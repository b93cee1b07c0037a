"""Whatever a generator gives, a quiz is short, spread over the video, and never asks for the same twice."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from adapters.memory.quiz_generator import MemoryQuizGenerator
from lms_app.ports.quiz_generator import QuizRequest, QuizResult, WantedQuestions
from lms_app.ports.repositories import Transcript
from lms_app.video.steps.quiz_proposal import propose_quiz
from lms_domain.learning.question_choice import MAX_GENERATED_QUESTIONS
from lms_domain.video.transcript import Segment

SUBJECTS = (
    "Waiting", "Feedback", "Retrieval", "Spacing", "Modelling", "Questioning", "Scaffolding", "Interleaving",
    "Discussion", "Rehearsal", "Elaboration", "Dual coding", "Praise", "Routine",
)  # fmt: skip
ENDS = (
    "answers", "thinking", "memory", "examinations", "insight", "interest", "independence", "distinction",
    "vocabulary", "fluency", "connections", "pictures", "motivation", "attention",
)  # fmt: skip


class Talkative(MemoryQuizGenerator):
    """Does not care how many questions are welcome, and gives each of them twice."""

    async def generate(self, request: QuizRequest) -> QuizResult:
        result = await super().generate(replace(request, want=WantedQuestions(count=10_000)))
        return replace(result, drafts=result.drafts * 2)


def said(*sentences: str) -> Transcript:
    segments = tuple(Segment(place * 10.0, place * 10.0 + 8.0, text) for place, text in enumerate(sentences))
    return Transcript(UUID(int=1), "en", " ".join(sentences), segments, "test", datetime(2026, 1, 1, tzinfo=UTC))


async def test_of_too_many_drafts_the_ones_from_all_over_the_video_are_kept() -> None:
    transcript = said(*(f"{subject} also aids {end}." for subject, end in zip(SUBJECTS, ENDS, strict=True)))
    proposal = await propose_quiz([Talkative()], transcript, title="Lesson", seed=1)
    keys = [draft.key for draft in proposal.drafts]
    assert len(keys) == len(set(keys)) == MAX_GENERATED_QUESTIONS
    starts = [draft.evidence[0].start for draft in proposal.drafts]
    assert starts == sorted(starts)
    assert starts[-1] > 90
    assert proposal.shortfall == ""


async def test_the_same_again_and_again_makes_no_quiz() -> None:
    transcript = said(*(f"Good {end} visibly strengthens lessons." for end in ENDS))
    proposal = await propose_quiz([Talkative()], transcript, title="Lesson", seed=1)
    assert len(proposal.drafts) == 1
    assert "at least 3 are needed" in proposal.shortfall


class Sparing(MemoryQuizGenerator):
    """Gives so many questions at the most."""

    def __init__(self, version: str, most: int) -> None:
        super().__init__(version)
        self._most = most

    async def generate(self, request: QuizRequest) -> QuizResult:
        return await super().generate(replace(request, want=WantedQuestions(count=self._most)))


@pytest.mark.parametrize(
    ("first", "second", "chosen", "fallback", "is_enough"),
    [
        (4, 5, "memory/first", False, True),
        (2, 3, "memory/second", True, True),
        (2, 1, "memory/first", False, False),
        (2, 2, "memory/second", True, False),
    ],
)
async def test_whoever_gives_enough_first_else_who_gives_most(
    first: int, second: int, chosen: str, fallback: bool, is_enough: bool
) -> None:
    transcript = said(*(f"{subject} also aids {end}." for subject, end in zip(SUBJECTS, ENDS, strict=True)))
    both = [Sparing("first", first), Sparing("second", second)]
    proposal = await propose_quiz(both, transcript, title="Lesson", seed=1)
    assert (proposal.generator, proposal.preferred) == (chosen, "memory/first")
    assert (bool(proposal.fallback), not proposal.shortfall) == (fallback, is_enough)
    assert bool(both[1].asked) == (first < 3)
