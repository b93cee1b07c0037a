"""Answers wait for a person, are judged, and questions are mended: who is told, and what it means for the course."""

import asyncio
from uuid import UUID

import pytest

from lms_app.learning.edit_assignment import AssignmentChanges
from lms_app.learning.edit_questions import QuestionChanges
from lms_app.learning.take_quiz import GivenAnswer
from lms_domain.errors import Conflict
from lms_domain.learning.assignment import AssignmentKind
from lms_domain.learning.attempt import AttemptState
from lms_domain.learning.grading import OptionAnswer, TextAnswer, Verdict
from lms_domain.learning.mending import Mend
from lms_domain.learning.quiz import QuestionKind
from tests.unit.lms_app.learning.classroom import Classroom, PublishedQuiz
from tests.unit.lms_app.world import World


async def ask_why(room: Classroom, *, time_limit_seconds: int | None = None) -> tuple[UUID, UUID]:
    """A published quiz of one question whose answers a person reads."""
    quiz_id = await room.new_work(kind=AssignmentKind.QUIZ)
    changes = QuestionChanges(prompt="Why?", accepted_answers=[])
    view = await room.add(room.admin, quiz_id, QuestionKind.SHORT_ANSWER, changes)
    await room.edit(room.admin, quiz_id, AssignmentChanges(is_published=True, time_limit_seconds=time_limit_seconds))
    return quiz_id, view.questions[0].id


async def attempt_at(room: Classroom, quiz_id: UUID) -> UUID:
    async with room.world.uow.begin(room.scope) as tx:
        (attempt,) = await tx.attempts.of_person(quiz_id, room.learner.user_id)
    return attempt.id


@pytest.mark.parametrize("runs_out", [False, True])
async def test_administrators_hear_that_answers_wait_once_a_day(room: Classroom, world: World, runs_out: bool) -> None:
    quiz_id, question_id = await ask_why(room, time_limit_seconds=60 if runs_out else None)
    people = [room.learner, await room.new_learner("bo@green.test")]
    for person in people:
        await room.start(person, quiz_id)
        await room.save(person, quiz_id, {question_id: TextAnswer("So that …")})
        if runs_out:
            world.pass_time(seconds=71)
            await room.look(person, quiz_id)
        else:
            await room.hand_in(person, quiz_id, {question_id: TextAnswer("So that …")})
    (notice,) = [each for each in room.told(room.admin) if "wait for somebody" in each.message]
    assert notice.link == "/assignments/waiting"
    assert await room.earned() is None
    decided = await room.decide(
        room.admin, await attempt_at(room, quiz_id), question_id, is_right=True, same_answers=True
    )
    assert (decided.decided, decided.newly_passed, decided.state) == (2, 2, AttemptState.GRADED)
    assert await room.earned() is not None, "who passes now has completed the course"
    assert [each.message.count("You have passed.") for each in room.told(room.learner)][-1] == 1
    (entry,) = room.audited("answer.decided")
    assert entry.after is not None
    assert (entry.after["verdict"], entry.after["decided"]) == ("RIGHT", 2)


async def test_the_same_decision_again_is_none(room: Classroom) -> None:
    quiz_id, question_id = await ask_why(room)
    await room.hand_in(room.learner, quiz_id, {question_id: TextAnswer("So")})
    attempt_id = await attempt_at(room, quiz_id)
    first = await room.decide(room.admin, attempt_id, question_id, is_right=False)
    again = await room.decide(room.admin, attempt_id, question_id, is_right=False)
    assert (first.decided, again.decided, again.score) == (1, 0, 0.0)
    assert len(room.audited("answer.decided")) == 1
    second = room.world.actor(await room.world.new_user(room.tenant, "kim@green.test", role=room.admin.role))
    with pytest.raises(Conflict) as refused:
        await room.decide(second, attempt_id, question_id, is_right=True)
    assert refused.value.code == "already_decided"
    overruled = await room.decide(second, attempt_id, question_id, is_right=True, overrule=True)
    assert (overruled.score, overruled.passed) == (100.0, True)


async def test_a_rehearsal_changes_nothing_and_mending_reaches_who_hands_in_meanwhile(room: Classroom) -> None:
    quiz: PublishedQuiz = await room.new_quiz()
    people = [await room.new_learner(f"p{number}@green.test") for number in range(4)]
    wrong: dict[UUID, GivenAnswer] = {quiz.choose: OptionAnswer(quiz.wrong), quiz.typed: TextAnswer("42")}
    for person in people[:2]:
        await room.hand_in(person, quiz.id, wrong)
    mend = Mend(correct_option_id=quiz.wrong)
    rehearsed = await room.mend(room.admin, quiz.id, quiz.choose, mend, dry_run=True)
    assert (rehearsed.people, rehearsed.scores_raised, rehearsed.newly_passed) == (2, 2, 2)
    assert {each.score for person in people[:2] for each in await room.attempts(quiz, person)} == {50.0}
    await asyncio.gather(
        room.hand_in(people[2], quiz.id, wrong),
        room.mend(room.admin, quiz.id, quiz.choose, mend, dry_run=False),
        room.hand_in(people[3], quiz.id, wrong),
    )
    attempts = [each for person in people for each in await room.attempts(quiz, person)]
    assert {(each.score, each.passed, each.marks[quiz.choose].verdict) for each in attempts} == {
        (100.0, True, Verdict.RIGHT)
    }
    assert len(room.audited("question.mended")) == 1
    questions = (await room.questions(room.admin, quiz.id)).questions
    assert [option.id for option in questions[0].options if option.is_correct] == [quiz.wrong]
