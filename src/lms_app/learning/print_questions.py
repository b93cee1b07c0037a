"""The questions of a video's quiz, to be read from beginning to end by whoever judges them."""

from uuid import UUID

import msgspec

from lms_app.learning.question_views import QuestionView, view_of_question
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.quiz import Quiz, QuizState
from lms_domain.learning.quiz_reasons import QuizReason


class PrintedQuestionView(QuestionView, frozen=True, kw_only=True):
    """A question with its key. ``rule`` is what made it; null: a person wrote it."""

    rule: str | None


class PrintedQuizView(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a quiz. ``generator`` is null when a person wrote it."""

    title: str
    version: int
    state: QuizState
    state_reason: str
    state_codes: list[QuizReason]
    generator: str | None
    questions: list[PrintedQuestionView]


class PrintQuestions:
    """Every version of the quiz that was made from a video, the oldest first, with keys, evidence, and which rule made
    each question. For operators, who judge what a generator is worth."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def __call__(self, scope: TenantScope, content_id: UUID) -> list[PrintedQuizView]:
        """Empty: no quiz was made."""
        async with self._uow.begin(scope) as tx:
            made = [each for each in await tx.assignments.generated(content_id) if each.kind is AssignmentKind.QUIZ]
            return [_printed(each.title, quiz) for each in made for quiz in await tx.quizzes.versions(each.id)]


def _printed(title: str, quiz: Quiz) -> PrintedQuizView:
    return PrintedQuizView(
        title=title,
        version=quiz.version,
        state=quiz.state,
        state_reason=quiz.state_reason,
        state_codes=list(quiz.state_codes),
        generator=quiz.generator,
        questions=[
            PrintedQuestionView(**msgspec.structs.asdict(view_of_question(question)), rule=question.rule)
            for question in quiz.questions
        ],
    )
