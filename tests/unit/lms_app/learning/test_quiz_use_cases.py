"""Quizzes are answered: begun, kept, handed in, and their key shown when it may be."""

import asyncio
from datetime import timedelta
from functools import partial
from uuid import UUID

import msgspec
import pytest

from lms_app.actor import Actor
from lms_app.learning.edit_assignment import AssignmentChanges
from lms_app.learning.edit_questions import QuestionChanges
from lms_app.learning.quiz_views import CorrectAnswerView, QuizResultView, TakenQuizView
from lms_app.learning.take_quiz import GivenAnswer, GivenAnswers, OptionAt
from lms_domain.errors import Conflict, InvalidInput, LmsError
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.attempt import GRACE, AttemptState
from lms_domain.learning.grading import OptionAnswer, TextAnswer
from tests.unit.lms_app.learning.classroom import Classroom, PublishedQuiz, new_classroom
from tests.unit.lms_app.world import World


def result_of(view: TakenQuizView) -> QuizResultView:
    assert isinstance(view.result, QuizResultView)
    return view.result


def has_key(view: TakenQuizView) -> bool:
    """Whether anything says which answers are right."""
    said = msgspec.json.encode(view).decode()
    found = {word in said for word in ("correct_answer", "explanation", "evidence", "Because.", "Counted.", '"42"')}
    return found != {False}


async def in_every_way(room: Classroom, person: Actor, quiz_id: UUID, answers: GivenAnswers | None = None) -> list[str]:
    """What comes of looking, beginning, keeping and handing in: codes of refusals, else nothing."""
    said = answers or {}
    codes = []
    for call in (
        partial(room.look, person, quiz_id),
        partial(room.start, person, quiz_id),
        partial(room.save, person, quiz_id, said),
        partial(room.hand_in, person, quiz_id, said),
    ):
        try:
            await call()
            codes.append("")
        except LmsError as refusal:
            codes.append(refusal.code)
    return codes


async def test_quizzes_of_others_and_drafts_are_not_there(room: Classroom, world: World) -> None:
    other = await new_classroom(world, "blue")
    unassigned = await world.new_course(room.tenant, "Unassigned", is_published=True, assigned_to_all=False)
    quiz, elsewhere = await room.new_quiz(), await new_quiz_of(room, unassigned.id)
    withdrawn = await room.new_quiz()
    await room.edit(room.admin, withdrawn.id, AssignmentChanges(is_published=False))
    empty = await room.new_work(kind=AssignmentKind.QUIZ)
    for person, quiz_id in [
        (room.learner, world.ids.new()),
        (other.learner, quiz.id),
        (room.learner, elsewhere),
        (room.learner, withdrawn.id),
        (room.learner, empty),
        (room.learner, await room.new_work()),
    ]:
        assert await in_every_way(room, person, quiz_id) == ["not_found"] * 4
    assert await in_every_way(room, room.admin, quiz.id) == ["not_allowed"] * 4
    assert world.database.attempts.rows() == []


async def new_quiz_of(room: Classroom, course_id: UUID) -> UUID:
    """A published quiz of that course."""
    quiz_id = await room.new_work(kind=AssignmentKind.QUIZ, course_id=course_id)
    await room.add_mcq(quiz_id)
    await room.edit(room.admin, quiz_id, AssignmentChanges(is_published=True))
    return quiz_id


async def test_an_untimed_quiz_is_read_before_it_begins_in_the_order_in_which_it_is_asked(room: Classroom) -> None:
    quiz = await room.new_quiz()
    read = await room.look(room.learner, quiz.id)
    assert (read.attempts_allowed, read.attempts_used, read.best_score, read.attempt) == (3, 0, None, None)
    begun = await room.start(room.learner, quiz.id)
    again = await room.start(room.learner, quiz.id)
    assert begun == again == await room.look(room.learner, quiz.id)
    assert begun.attempt is not None
    assert begun.questions == read.questions
    assert begun.attempts_used == 1
    orders = [quiz.options(begun)]
    for number in range(6):
        person = await room.new_learner(f"learner{number}@green.test")
        orders.append(quiz.options(await room.look(person, quiz.id)))
    assert len({tuple(option.id for option in order) for order in orders}) > 1, "not the same for everybody"


async def test_answers_by_option_place_and_text(room: Classroom) -> None:
    quiz = await room.new_quiz()
    seen = await room.look(room.learner, quiz.id)
    answers: dict[UUID, GivenAnswer] = {
        quiz.choose: quiz.shown_at(seen, quiz.wrong),
        quiz.typed: TextAnswer(" forty two "),
    }
    failed = await room.hand_in(room.learner, quiz.id, answers)
    first, second = result_of(failed).questions
    assert (first.correct, second.correct, result_of(failed).score) == (False, True, 50.0)
    assert first.your_answer is not None
    assert first.your_answer.option_id == quiz.wrong
    passed = await room.hand_in(room.learner, quiz.id, {**answers, quiz.choose: quiz.shown_at(failed, quiz.right)})
    assert (result_of(passed).score, result_of(passed).passed, passed.attempts_used) == (100.0, True, 2)
    assert await room.earned() is not None


async def test_answers_that_fit_no_question_change_nothing(room: Classroom, world: World) -> None:
    quiz = await room.new_quiz()
    begun = await room.start(room.learner, quiz.id)
    bad: list[dict[UUID, GivenAnswer]] = [
        {world.ids.new(): TextAnswer("x")},
        {quiz.choose: OptionAnswer(world.ids.new())},
        {quiz.choose: OptionAt(4)},
        {quiz.choose: TextAnswer("Right")},
        {quiz.typed: OptionAt(0)},
        {quiz.typed: OptionAnswer(quiz.right)},
    ]
    for answers in bad:
        for answering in (room.save, room.hand_in):
            with pytest.raises(InvalidInput) as refused:
                await answering(room.learner, quiz.id, {quiz.typed: TextAnswer("42"), **answers})
            assert refused.value.errors[0].field.startswith("answers.")
    assert await room.look(room.learner, quiz.id) == begun


async def test_the_key_is_shown_after_passing_or_the_last_attempt_and_never_before(
    room: Classroom, world: World
) -> None:
    quiz = await room.new_quiz(attempts_allowed=2)
    views = [await room.look(room.learner, quiz.id), await room.start(room.learner, quiz.id)]
    views.append(await room.save(room.learner, quiz.id, quiz.all_wrong))
    views.append(await room.hand_in(room.learner, quiz.id, quiz.all_wrong))
    world.pass_time(minutes=1)
    # The last attempt is open: not yet.
    views += [await room.start(room.learner, quiz.id), await room.look(room.learner, quiz.id)]
    assert [has_key(view) for view in views] == [False] * 6
    last = await room.hand_in(room.learner, quiz.id, quiz.all_wrong)
    assert (result_of(last).passed, last.attempts_used, has_key(last)) == (False, 2, True)
    world.pass_time(minutes=1)
    none_left = ["", "no_attempts_left", "attempt_not_begun", "no_attempts_left"]
    assert await in_every_way(room, room.learner, quiz.id, quiz.all_right) == none_left
    assert await room.earned() is None

    eve = await room.new_learner("eve@green.test")
    passed = await room.hand_in(eve, quiz.id, quiz.all_right)
    first, second = result_of(passed).questions
    assert first.correct_answer == CorrectAnswerView(option_id=quiz.right, text="Right")
    assert (second.explanation, second.evidence) == ("Counted.", None)
    world.pass_time(minutes=1)
    enough = ["", "already_passed", "attempt_not_begun", "already_passed"]
    assert await in_every_way(room, eve, quiz.id, quiz.all_right) == enough


@pytest.mark.parametrize("is_begun", [False, True])
async def test_twenty_times_at_once_is_one_attempt(room: Classroom, *, is_begun: bool) -> None:
    quiz = await room.new_quiz()
    if is_begun:
        starts = await asyncio.gather(*(room.start(room.learner, quiz.id) for _ in range(20)))
        assert len({view.attempt.id for view in starts if view.attempt is not None}) == 1
    # White space around it is the same answer, and an empty one is none.
    answers: dict[UUID, GivenAnswer] = {quiz.choose: OptionAnswer(quiz.wrong), quiz.typed: TextAnswer(" 42\r\n")}
    views = await asyncio.gather(*(room.hand_in(room.learner, quiz.id, answers) for _ in range(20)))
    assert {(view.attempts_used, result_of(view).score) for view in views} == {(1, 50.0)}
    assert len(await room.attempts(quiz)) == 1


async def test_the_same_answers_count_again_when_they_are_no_repeat(room: Classroom, world: World) -> None:
    quiz = await room.new_quiz()
    blank: dict[UUID, GivenAnswer] = {**quiz.all_wrong, quiz.typed: TextAnswer(" ")}
    for seconds in (30, 1):
        assert (await room.hand_in(room.learner, quiz.id, blank)).attempts_used == 1
        world.pass_time(seconds=seconds)
    assert (await room.hand_in(room.learner, quiz.id, blank)).attempts_used == 2
    assert (await room.hand_in(room.learner, quiz.id, {})).attempts_used == 3, "other answers are another attempt"


async def test_a_timed_quiz_is_hidden_until_it_begins_and_takes_what_was_on_its_way(
    room: Classroom, world: World
) -> None:
    quiz = await room.new_quiz(time_limit_seconds=60)
    assert (await room.look(room.learner, quiz.id)).questions == []
    for early in (room.save, room.hand_in):
        with pytest.raises(Conflict) as too_soon:
            await early(room.learner, quiz.id, {})
        assert too_soon.value.code == "attempt_not_begun"
    begun = await room.start(room.learner, quiz.id)
    assert begun.attempt is not None
    assert begun.attempt.expires_at == world.clock.now() + timedelta(seconds=60)
    world.pass_time(seconds=60 + GRACE.total_seconds())
    in_time = await room.hand_in(room.learner, quiz.id, quiz.all_right)
    assert (result_of(in_time).score, in_time.attempts_used) == (100.0, 1)


async def begun_and_kept(room: Classroom, world: World, **settings: int) -> PublishedQuiz:
    """A timed quiz whose right answers were kept, and whose time is over."""
    quiz = await room.new_quiz(time_limit_seconds=60, **settings)
    await room.start(room.learner, quiz.id)
    kept = await room.save(room.learner, quiz.id, quiz.all_right)
    assert kept.attempt is not None
    assert kept.attempt.draft.keys() == {str(quiz.choose), str(quiz.typed)}
    world.pass_time(seconds=71)
    return quiz


@pytest.mark.parametrize("what", ["look", "start", "save", "hand_in"])
async def test_when_the_time_is_over_what_was_kept_counts_whatever_is_done_next(
    room: Classroom, world: World, what: str
) -> None:
    quiz = await begun_and_kept(room, world)
    match what:
        case "look":
            await room.look(room.learner, quiz.id)
        case "start":
            with pytest.raises(Conflict) as refused:
                await room.start(room.learner, quiz.id)
            assert refused.value.code == "already_passed"
        case "save":
            with pytest.raises(Conflict) as refused:
                await room.save(room.learner, quiz.id, quiz.all_wrong)
            assert refused.value.code == "time_over"
        case _:
            view = await room.hand_in(room.learner, quiz.id, quiz.all_wrong)
            assert result_of(view).score == 100.0
    (attempt,) = await room.attempts(quiz)
    assert (attempt.state, attempt.score, attempt.submitted_at) == (AttemptState.GRADED, 100.0, attempt.expires_at)
    assert await room.earned() is not None, "who passed so has completed the course"


async def test_who_ran_out_of_time_goes_on_with_the_version_of_now(room: Classroom, world: World) -> None:
    quiz = await room.new_quiz(time_limit_seconds=60)
    await room.start(room.learner, quiz.id)
    await room.change(room.admin, quiz.id, quiz.choose, QuestionChanges(prompt="Which one?"))
    await room.edit(room.admin, quiz.id, AssignmentChanges(is_published=True))
    world.pass_time(seconds=71)
    begun = await room.start(room.learner, quiz.id)
    assert [question.prompt for question in begun.questions] == ["Which one?", "How many?"]
    old, new = await room.attempts(quiz)
    assert (old.state, new.state) == (AttemptState.GRADED, AttemptState.OPEN)


async def test_who_has_begun_ends_with_that_version(room: Classroom) -> None:
    quiz = await room.new_quiz()
    await room.start(room.learner, quiz.id)
    draft = await room.change(room.admin, quiz.id, quiz.choose, QuestionChanges(prompt="Which one?"))
    await room.edit(room.admin, quiz.id, AssignmentChanges(is_published=True))
    assert [each.prompt for each in (await room.look(room.learner, quiz.id)).questions] == ["Which?", "How many?"]
    ended = await room.hand_in(room.learner, quiz.id, quiz.all_right)
    assert (ended.best_score, ended.quiz_id == draft.quiz_id) == (100.0, False)
    now = await room.look(room.learner, quiz.id)
    assert (now.quiz_id, now.attempts_used, now.best_score) == (draft.quiz_id, 0, 100.0)


async def test_a_version_that_is_begun_and_changed_at_once_stays_as_it_was_shown(room: Classroom) -> None:
    """Whoever is first: an attempt has the questions that its person was shown."""
    quiz = await room.new_quiz()
    change = room.change(room.admin, quiz.id, quiz.choose, QuestionChanges(prompt="Which one?"))
    begun, _ = await asyncio.gather(room.start(room.learner, quiz.id), change)
    assert (await room.look(room.learner, quiz.id)).questions == begun.questions


async def test_begun_while_a_new_version_is_published(room: Classroom) -> None:
    quiz = await room.new_quiz()
    await room.start(await room.new_learner("eve@green.test"), quiz.id)
    await room.change(room.admin, quiz.id, quiz.choose, QuestionChanges(prompt="Which one?"))
    publish = room.edit(room.admin, quiz.id, AssignmentChanges(is_published=True))
    _, begun = await asyncio.gather(publish, room.start(room.learner, quiz.id))
    (attempt,) = await room.attempts(quiz)
    assert attempt.quiz_id == begun.quiz_id
    assert await room.look(room.learner, quiz.id) == begun


async def test_what_a_person_must_read_waits(room: Classroom) -> None:
    quiz = await room.new_quiz(attempts_allowed=1)
    await room.change(room.admin, quiz.id, quiz.typed, QuestionChanges(accepted_answers=[]))
    view = await room.hand_in(room.learner, quiz.id, {**quiz.all_right, quiz.typed: TextAnswer("Much")})
    result = result_of(view)
    assert (result.score, result.passed, result.graded_at) == (None, None, None)
    assert [question.correct for question in result.questions] == [True, None]
    assert result.questions[1].correct_answer is None, "there is no one right answer"
    assert await room.earned() is None


async def test_a_repeat_is_known_when_a_new_version_came_between(room: Classroom) -> None:
    quiz = await room.new_quiz()
    await room.start(room.learner, quiz.id)
    draft = await room.change(room.admin, quiz.id, quiz.choose, QuestionChanges(prompt="Which one?"))
    await room.edit(room.admin, quiz.id, AssignmentChanges(is_published=True))
    views = await asyncio.gather(*(room.hand_in(room.learner, quiz.id, quiz.all_wrong) for _ in range(5)))
    assert all(view == views[0] for view in views)
    assert (views[0].attempts_used, len(await room.attempts(quiz))) == (1, 1)
    # Other answers are those to the questions of now.
    assert (await room.hand_in(room.learner, quiz.id, {})).quiz_id == draft.quiz_id
