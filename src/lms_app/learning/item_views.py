"""How the questions of a quiz did, as administrators see it."""

from uuid import UUID

import msgspec

from lms_domain.learning.item_statistics import Advice
from lms_domain.learning.quiz import QuestionKind


class ChosenOptionView(msgspec.Struct, frozen=True, kw_only=True):
    """One of the options, and how many chose it. ``share`` is of all answers that are not empty, 0 to 1."""

    id: UUID
    text: str
    is_correct: bool
    chosen: int
    share: float


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """How one question did. ``asked`` counts judged answers, empty ones among them; ``answered`` those that are not
    empty. ``difficulty`` is the share of right answers, 0 to 1: the higher, the easier; null while nobody was asked.
    ``discrimination`` says how right answers go together with points in the other questions, -1 to 1; null below five
    graded attempts, or where there are no differences. ``unused_option_ids`` are wrong options that fewer than one of
    twenty chose, of at least twenty answers. ``order`` counts from 1."""

    question_id: UUID
    order: int
    kind: QuestionKind
    prompt: str
    asked: int
    answered: int
    correct: int
    difficulty: float | None
    discrimination: float | None
    options: list[ChosenOptionView]
    unused_option_ids: list[UUID]
    advice: list[Advice]


class ItemStatisticsView(msgspec.Struct, frozen=True, kw_only=True):
    """How the questions did, of the version that learners meet, or met last. ``people``: how many handed in; of each
    the first attempt counts. ``quiz_id`` is null before the quiz is published."""

    assignment_id: UUID
    quiz_id: UUID | None
    version: int
    people: int
    questions: list[ItemView]
