"""Questions are written and reviewed, and a version that somebody has begun stays as it is."""

from uuid import UUID

import pytest

from lms_app.learning.edit_assignment import AssignmentChanges
from lms_app.learning.edit_questions import GivenOption, QuestionChanges
from lms_app.learning.question_views import QuizQuestionsView
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.quiz import QuestionKind, QuizState, Review
from tests.unit.lms_app.learning.classroom import Classroom, new_classroom
from tests.unit.lms_app.world import World

RIGHT, WRONG = GivenOption("Right", is_correct=True), GivenOption("Wrong", is_correct=False)


def prompts(view: QuizQuestionsView) -> list[str]:
    return [question.prompt for question in view.questions]


async def test_a_first_version_is_written_in_the_language_of_the_school(room: Classroom) -> None:
    quiz_id = await room.new_work(kind=AssignmentKind.QUIZ, passing_score=60)
    empty = await room.questions(room.admin, quiz_id)
    assert (empty.quiz_id, empty.version, empty.questions) == (None, 0, [])
    await room.add_mcq(quiz_id, "One?")
    view = await room.add_mcq(quiz_id, "  Two \n two? ")
    assert prompts(view) == ["One?", "Two two?"]
    assert (view.version, view.state, view.passing_score) == (1, QuizState.DRAFT, 60)
    assert view.language == room.tenant.locale.partition("-")[0]
    assert [question.order for question in view.questions] == [1, 2]
    assert {question.review for question in view.questions} == {Review.ACCEPTED}
    assert view == await room.questions(room.admin, quiz_id)
    counted = [(entry.object_id, entry.after) for entry in room.audited("question.created")]
    assert counted == [(quiz_id, {"version": 1, "questions": 1}), (quiz_id, {"version": 1, "questions": 2})]


def changes_of(said: dict[str, object]) -> QuestionChanges:
    return QuestionChanges(**said)  # type: ignore[arg-type]  # keywords of one test


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        (QuestionKind.MCQ, {"prompt": " ", "options": [RIGHT, WRONG]}, "prompt"),
        (QuestionKind.MCQ, {}, "options"),
        (QuestionKind.MCQ, {"options": [RIGHT]}, "options"),
        (QuestionKind.MCQ, {"options": [WRONG, GivenOption("No", is_correct=False)]}, "options"),
        (QuestionKind.MCQ, {"options": [RIGHT, GivenOption(" right ", is_correct=False)]}, "options"),
        (QuestionKind.MCQ, {"options": [RIGHT, GivenOption(" ", is_correct=False)]}, "options.1.text"),
        (QuestionKind.MCQ, {"options": [RIGHT, WRONG], "accepted_answers": ["42"]}, "accepted_answers"),
        (QuestionKind.MCQ, {"options": [RIGHT, WRONG], "points": 0}, "points"),
        (QuestionKind.SHORT_ANSWER, {"options": [RIGHT, WRONG]}, "options"),
        (QuestionKind.SHORT_ANSWER, {"accepted_answers": ["42", ""]}, "accepted_answers.1"),
        (QuestionKind.SHORT_ANSWER, {"explanation": "x" * 2001}, "explanation"),
    ],
)
async def test_questions_that_cannot_be(
    room: Classroom, kind: QuestionKind, changes: dict[str, object], field: str
) -> None:
    quiz_id = await room.new_work(kind=AssignmentKind.QUIZ)
    with pytest.raises(InvalidInput) as refused:
        await room.add(room.admin, quiz_id, kind, changes_of({"prompt": "Why?"} | changes))
    assert refused.value.errors[0].field == field
    assert (await room.questions(room.admin, quiz_id)).version == 0


async def test_questions_belong_to_administrators_of_their_school(room: Classroom, world: World) -> None:
    other = await new_classroom(world, "blue")
    quiz, theirs = await room.new_quiz(), await other.new_quiz()
    work = await room.new_work()
    said = QuestionChanges(prompt="Who?")
    for admin, assignment_id, question_id in [
        (other.admin, quiz.id, quiz.choose),
        (room.admin, theirs.id, theirs.choose),
        (room.admin, world.ids.new(), quiz.choose),
        (room.admin, work, quiz.choose),
        (room.admin, quiz.id, theirs.choose),
        (room.admin, quiz.id, world.ids.new()),
    ]:
        with pytest.raises(NotFound):
            await room.change(admin, assignment_id, question_id, said)
        with pytest.raises(NotFound):
            await room.review(admin, assignment_id, question_id, is_accepted=False, reason="")
        with pytest.raises(NotFound):
            await room.remove(admin, assignment_id, question_id)
        if assignment_id != quiz.id or admin is not room.admin:
            with pytest.raises(NotFound):
                await room.questions(admin, assignment_id)
            with pytest.raises(NotFound):
                await room.add(admin, assignment_id, QuestionKind.SHORT_ANSWER, said)
    with pytest.raises(NotAllowed):
        await room.questions(room.learner, quiz.id)
    with pytest.raises(NotAllowed):
        await room.add_as(room.learner, quiz.id)
    # Those of a deleted course are not there.
    async with world.uow.begin(room.scope) as tx:
        await tx.courses.save(room.course.delete(now=world.clock.now()))
        await tx.commit()
    with pytest.raises(NotFound):
        await room.questions(room.admin, quiz.id)
    with pytest.raises(NotFound):
        await room.add_as(room.admin, quiz.id)


async def test_a_published_version_that_nobody_began_is_changed_in_its_place(room: Classroom) -> None:
    quiz = await room.new_quiz()
    with pytest.raises(InvalidInput) as misfit:
        await room.change(room.admin, quiz.id, quiz.typed, QuestionChanges(options=[RIGHT, WRONG]))
    assert misfit.value.errors[0].field == "options"
    changed = await room.change(
        room.admin, quiz.id, quiz.choose, QuestionChanges(prompt="Which one?", options=[WRONG, RIGHT], points=3)
    )
    assert (changed.version, changed.state, prompts(changed)) == (1, QuizState.PUBLISHED, ["Which one?", "How many?"])
    first = changed.questions[0]
    assert (first.id, first.points, first.explanation) == (quiz.choose, 3, "Because.")
    assert [(option.text, option.is_correct) for option in first.options] == [("Wrong", False), ("Right", True)]
    await room.remove(room.admin, quiz.id, quiz.typed)
    with pytest.raises(Conflict) as removed:
        await room.remove(room.admin, quiz.id, quiz.choose)
    with pytest.raises(Conflict) as rejected:
        await room.review(room.admin, quiz.id, quiz.choose, is_accepted=False, reason="Dull")
    assert (removed.value.code, rejected.value.code) == ("quiz_empty", "quiz_empty")
    assert prompts(await room.questions(room.admin, quiz.id)) == ["Which one?"]


async def test_a_version_that_somebody_began_is_changed_in_a_copy(room: Classroom) -> None:
    quiz = await room.new_quiz(attempts_allowed=2, time_limit_seconds=90)
    await room.start(room.learner, quiz.id)
    draft = await room.change(room.admin, quiz.id, quiz.choose, QuestionChanges(prompt="Which one?"))
    assert (draft.version, draft.state, prompts(draft)) == (2, QuizState.DRAFT, ["Which one?", "How many?"])
    assert (draft.attempts_allowed, draft.time_limit_seconds) == (2, 90)
    assert draft.state_reason != ""
    assert {question.id for question in draft.questions}.isdisjoint({quiz.choose, quiz.typed})
    # From now on the draft is changed, under the names that it has.
    with pytest.raises(NotFound):
        await room.remove(room.admin, quiz.id, quiz.typed)
    again = await room.add_mcq(quiz.id, "And?")
    assert (again.quiz_id, prompts(again)) == (draft.quiz_id, ["Which one?", "How many?", "And?"])
    assert [each.prompt for each in (await room.look(room.learner, quiz.id)).questions] == ["Which?", "How many?"]
    versions = await published_and_retired(room, quiz.id)
    assert versions == [(1, QuizState.PUBLISHED), (2, QuizState.DRAFT)]
    await room.edit(room.admin, quiz.id, AssignmentChanges(is_published=True))
    assert await published_and_retired(room, quiz.id) == [(1, QuizState.RETIRED), (2, QuizState.PUBLISHED)]


async def published_and_retired(room: Classroom, quiz_id: UUID) -> list[tuple[int, QuizState]]:
    """Every version and where it stands."""
    async with room.world.uow.begin(room.scope) as tx:
        return [(quiz.version, quiz.state) for quiz in await tx.quizzes.versions(quiz_id)]


async def test_rejected_questions_are_not_asked_until_they_are_accepted(room: Classroom) -> None:
    quiz = await room.new_quiz()
    rejected = await room.review(room.admin, quiz.id, quiz.typed, is_accepted=False, reason="Dull")
    assert (rejected.questions[1].review, rejected.questions[1].review_reason) == (Review.REJECTED, "Dull")
    assert [each.id for each in (await room.look(room.learner, quiz.id)).questions] == [quiz.choose]
    accepted = await room.review(room.admin, quiz.id, quiz.typed, is_accepted=True, reason="")
    assert (accepted.questions[1].review, accepted.questions[1].review_reason) == (Review.ACCEPTED, "")
    await room.review(room.admin, quiz.id, quiz.typed, is_accepted=False, reason="Dull")
    reread = await room.change(room.admin, quiz.id, quiz.typed, QuestionChanges(prompt="How much?"))
    assert (reread.questions[1].review, reread.questions[1].review_reason) == (Review.ACCEPTED, "")
    assert [each.id for each in (await room.look(room.learner, quiz.id)).questions] == [quiz.choose, quiz.typed]
    assert len(room.audited("question.reviewed")) == 3


async def test_publishing_needs_an_accepted_question_and_withdrawing_keeps_attempts(room: Classroom) -> None:
    quiz_id = await room.new_work(kind=AssignmentKind.QUIZ)
    publish, withdraw = AssignmentChanges(is_published=True), AssignmentChanges(is_published=False)
    question = None
    for _ in range(2):
        with pytest.raises(Conflict) as empty:
            await room.edit(room.admin, quiz_id, publish)
        assert empty.value.code == "quiz_empty"
        view = await room.add_mcq(quiz_id) if question is None else await room.questions(room.admin, quiz_id)
        question = view.questions[0].id
        await room.review(room.admin, quiz_id, question, is_accepted=False, reason="Dull")
    await room.review(room.admin, quiz_id, question, is_accepted=True, reason="")
    await room.edit(room.admin, quiz_id, publish)
    await room.start(room.learner, quiz_id)
    await room.edit(room.admin, quiz_id, withdraw)
    assert await published_and_retired(room, quiz_id) == [(1, QuizState.RETIRED)]
    with pytest.raises(NotFound):
        await room.look(room.learner, quiz_id)
    await room.edit(room.admin, quiz_id, publish)
    assert (await room.look(room.learner, quiz_id)).attempts_used == 1


async def test_limits_are_kept_whenever_they_are_set(room: Classroom) -> None:
    quiz_id = await room.new_work(kind=AssignmentKind.QUIZ)
    limits = AssignmentChanges(attempts_allowed=1, time_limit_seconds=120, passing_score=80)
    await room.edit(room.admin, quiz_id, limits)
    view = await room.add_mcq(quiz_id)
    assert (view.version, view.attempts_allowed, view.time_limit_seconds, view.passing_score) == (1, 1, 120, 80)
    await room.edit(room.admin, quiz_id, AssignmentChanges(is_published=True, time_limit_seconds=None))
    seen = await room.look(room.learner, quiz_id)
    assert (seen.attempts_allowed, seen.time_limit_seconds, seen.passing_score) == (1, None, 80)
    for bad, field in [
        (AssignmentChanges(attempts_allowed=0), "attempts_allowed"),
        (AssignmentChanges(time_limit_seconds=29), "time_limit_seconds"),
        (AssignmentChanges(passing_score=0), "passing_score"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            await room.edit(room.admin, quiz_id, bad)
        assert refused.value.errors[0].field == field
