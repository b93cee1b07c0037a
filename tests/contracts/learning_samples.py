"""Things of learning as they might be, for contract suites."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.courses.course import Content, Course, Module
from lms_domain.learning.assignment import Assignment, AssignmentKind, AssignmentOrigin
from lms_domain.learning.attempt import QuizAttempt
from lms_domain.learning.quiz import (
    Evidence,
    McqQuestion,
    Option,
    Question,
    QuestionOrigin,
    Quiz,
    QuizState,
    Review,
    ShortAnswerQuestion,
)
from lms_domain.learning.submission import Submission
from tests.contracts.samples import NOW, new_content, new_course, next_id


def an_assignment(course: Course, **changes: object) -> Assignment:
    """A reflection that a person made up."""
    assignment = Assignment(
        id=next_id(),
        tenant_id=course.tenant_id,
        course_id=course.id,
        module_id=None,
        content_id=None,
        kind=AssignmentKind.REFLECTION,
        origin=AssignmentOrigin.MANUAL,
        title="What will you try?",
        instructions="Two\nlines",
        due_date=None,
        max_score=20,
        passing_score=10,
        is_mandatory=True,
        is_published=True,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(assignment, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def a_quiz_assignment(course: Course, **changes: object) -> Assignment:
    """An assignment whose work is a quiz."""
    return an_assignment(course, **{"kind": AssignmentKind.QUIZ, "max_score": 100, "passing_score": 70, **changes})


def generated(content: Content) -> dict[str, object]:
    """What an assignment made from that content's video has."""
    return {
        "module_id": content.module_id,
        "content_id": content.id,
        "origin": AssignmentOrigin.GENERATED,
    }


def a_submission(assignment: Assignment, user_id: UUID, **changes: object) -> Submission:
    """Unfinished work."""
    submission = Submission(
        id=next_id(),
        tenant_id=assignment.tenant_id,
        assignment_id=assignment.id,
        user_id=user_id,
        created_at=NOW,
        updated_at=NOW,
        text="Half a sentence",
    )
    return replace(submission, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def questions() -> tuple[Question, ...]:
    """One of each kind, with everything that a question can have."""
    return (
        McqQuestion(
            id=uuid4(),
            prompt="Which one?",
            points=2,
            explanation="Because\nof that.",
            evidence=Evidence("It is the first one.", 1.25, 2.5),
            origin=QuestionOrigin.RULES,
            rule="definition",
            position=0,
            options=(Option(uuid4(), "The first “one”", True), Option(uuid4(), "The second", False)),
        ),
        ShortAnswerQuestion(
            id=uuid4(),
            prompt="How many?",
            review=Review.REJECTED,
            review_reason="Too easy.",
            position=1,
            accepted_answers=("12.5", "twelve and a half"),
            tolerance=0.25,
        ),
    )


def a_quiz(assignment: Assignment, **changes: object) -> Quiz:
    """A published first version."""
    quiz = Quiz(
        id=next_id(),
        tenant_id=assignment.tenant_id,
        assignment_id=assignment.id,
        version=1,
        language="en",
        attempts_allowed=2,
        time_limit_seconds=600,
        passing_score=60,
        shuffle_options=False,
        state=QuizState.PUBLISHED,
        state_reason="",
        generator="rules-en/1",
        transcript_hash="ab" * 32,
        questions=questions(),
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(quiz, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


def an_attempt(quiz: Quiz, user_id: UUID, **changes: object) -> QuizAttempt:
    """A first attempt, just begun."""
    attempt = QuizAttempt(
        id=next_id(),
        tenant_id=quiz.tenant_id,
        quiz_id=quiz.id,
        user_id=user_id,
        number=1,
        seed=2**31 - 1,
        question_ids=tuple(question.id for question in quiz.asked),
        started_at=NOW,
        expires_at=NOW + timedelta(minutes=10),
    )
    return replace(attempt, **changes)  # type: ignore[arg-type]  # keyword arguments of one test


async def new_assignment(uow: UnitOfWork, course: Course, **changes: object) -> Assignment:
    """A reflection that is there."""
    assignment = an_assignment(course, **changes)
    async with uow.begin(TenantScope(course.tenant_id)) as tx:
        await tx.assignments.add(assignment)
        await tx.commit()
    return assignment


async def new_quiz(uow: UnitOfWork, course: Course, **changes: object) -> tuple[Assignment, Quiz]:
    """A published quiz that is there, with an assignment of its own."""
    assignment = a_quiz_assignment(course)
    quiz = a_quiz(assignment, **changes)
    async with uow.begin(TenantScope(course.tenant_id)) as tx:
        await tx.assignments.add(assignment)
        await tx.quizzes.add(quiz)
        await tx.commit()
    return assignment, quiz


async def new_contents(uow: UnitOfWork, scope: TenantScope) -> tuple[Course, Module, Content]:
    """A course with one module with one video without a file."""
    course, module = await new_course(uow, scope)
    return course, module, await new_content(uow, module)
