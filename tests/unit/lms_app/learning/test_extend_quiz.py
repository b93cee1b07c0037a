"""Somebody is given more time or more attempts at a quiz."""

import asyncio
from datetime import timedelta
from typing import NoReturn
from uuid import UUID, uuid4

import pytest

from lms_app.actor import Actor
from lms_app.learning.extend_quiz import EndExtension, ExtendQuiz, GivenExtension
from lms_app.learning.extension_views import ExtendedPersonView, QuizExtensionView
from lms_app.notices.tell_of_extensions import TellOfExtensions
from lms_app.ports.quiz_insight_queries import ExtendedPlace, QuizInsightQueries
from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from lms_domain.learning.attempt import GRACE, AttemptState
from tests.unit.lms_app.learning.classroom import Classroom
from tests.unit.lms_app.world import World

SECOND = timedelta(seconds=1)
MORE = GivenExtension(extra_percent=100, extra_attempts=1, reason=" Reads slowly. ")


class Places(QuizInsightQueries):
    """Whichever quiz and person there are."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def place(self, scope: TenantScope, assignment_id: UUID, user_id: UUID) -> ExtendedPlace | None:
        async with self._uow.begin(scope) as tx:
            quiz, person = await tx.assignments.get(assignment_id), await tx.users.get(user_id)
        if quiz is None or person is None:
            return None
        return ExtendedPlace(quiz.title, ExtendedPersonView(id=user_id, name="Ada", email=person.email))

    async def items(self, *_: object) -> NoReturn:
        raise NotImplementedError

    async def extensions(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError


class Office:
    """What administrators do about one learner's time."""

    def __init__(self, room: Classroom) -> None:
        world = room.world
        tell = TellOfExtensions(world.tell)
        self._room = room
        self._extend = ExtendQuiz(world.uow, Places(world.uow), tell, world.trail, world.clock)
        self._end = EndExtension(world.uow, Places(world.uow), tell, world.trail, world.clock)

    async def extend(
        self, quiz_id: UUID, given: GivenExtension = MORE, *, by: Actor | None = None, person: UUID | None = None
    ) -> QuizExtensionView:
        return await self._extend(by or self._room.admin, quiz_id, person or self._room.learner.user_id, given)

    async def end(self, quiz_id: UUID, *, by: Actor | None = None) -> None:
        await self._end(by or self._room.admin, quiz_id, self._room.learner.user_id)


@pytest.fixture
def office(room: Classroom) -> Office:
    return Office(room)


async def test_it_is_given_told_and_written_down_once(room: Classroom, office: Office) -> None:
    quiz = await room.new_quiz(attempts_allowed=1, time_limit_seconds=60)
    before = len(room.told(room.learner))
    view = await office.extend(quiz.id)
    assert (view.teacher.name, view.extra_percent, view.reason, view.open_until) == ("Ada", 100, "Reads slowly.", None)
    room.world.clock.advance(SECOND)
    assert await office.extend(quiz.id) == view, "the same again is no news"
    told = room.told(room.learner)[before:]
    assert [(each.message, each.link) for each in told] == [
        ("You have more time and 1 more attempt at “Reflect”.", f"/teacher/assignments/{quiz.id}/quiz")
    ]
    assert "slowly" not in told[0].message, "why is nobody else's business"
    (entry,) = room.audited("quiz.extended")
    assert entry.after is not None
    assert (entry.after["extra_percent"], entry.after["extra_attempts"]) == (100, 1)

    seen = await room.look(room.learner, quiz.id)
    assert (seen.attempts_allowed, seen.time_limit_seconds) == (2, 120)
    other = await room.new_learner("bob@green.test")
    assert (await room.look(other, quiz.id)).attempts_allowed == 1

    await office.end(quiz.id)
    assert (await room.look(room.learner, quiz.id)).attempts_allowed == 1
    assert len(room.audited("quiz.extension_ended")) == 1
    with pytest.raises(NotFound):
        await office.end(quiz.id)


async def test_whoever_may_not(room: Classroom, office: Office) -> None:
    quiz = await room.new_quiz()
    with pytest.raises(NotAllowed):
        await office.extend(quiz.id, by=room.learner)
    with pytest.raises(NotAllowed):
        await office.end(quiz.id, by=room.learner)
    for quiz_id, person in ((uuid4(), None), (quiz.id, uuid4())):
        with pytest.raises(NotFound):
            await office.extend(quiz_id, person=person)
    with pytest.raises(InvalidInput):
        await office.extend(quiz.id, GivenExtension(reason="No more of anything."))


async def test_further_attempts_hide_the_answers_again(room: Classroom, office: Office) -> None:
    quiz = await room.new_quiz(attempts_allowed=1)
    await room.hand_in(room.learner, quiz.id, quiz.all_wrong)
    with pytest.raises(Conflict):
        await room.start(room.learner, quiz.id)
    await office.extend(quiz.id)
    view = await room.look(room.learner, quiz.id)
    assert "correct_answer" not in str(view.result).replace("correct_answer=UNSET", "")
    passed = await room.hand_in(room.learner, quiz.id, quiz.all_right)
    assert (passed.attempts_used, passed.best_score) == (2, 100.0)


async def test_an_attempt_that_is_going_on_lasts_longer_and_is_never_shortened(
    room: Classroom, office: Office, world: World
) -> None:
    quiz = await room.new_quiz(time_limit_seconds=60)
    begun = (await room.start(room.learner, quiz.id)).attempt
    assert begun is not None
    start = begun.started_at
    world.clock.advance(60 * SECOND + GRACE)
    view = await office.extend(quiz.id)
    assert view.open_until == start + 120 * SECOND, "given at the last moment"
    world.clock.advance(40 * SECOND)
    less = await office.extend(quiz.id, GivenExtension(extra_seconds=1, reason="A slip."))
    assert less.open_until == start + 120 * SECOND
    await office.end(quiz.id)
    await room.save(room.learner, quiz.id, quiz.all_right)
    assert (await room.hand_in(room.learner, quiz.id, quiz.all_right)).best_score == 100.0


async def test_what_has_run_out_stays_over(room: Classroom, office: Office, world: World) -> None:
    quiz = await room.new_quiz(time_limit_seconds=60, attempts_allowed=1)
    await room.start(room.learner, quiz.id)
    await room.save(room.learner, quiz.id, quiz.all_wrong)
    world.clock.advance(60 * SECOND + GRACE + SECOND)
    assert (await office.extend(quiz.id)).open_until is None
    seen = await room.look(room.learner, quiz.id)
    assert (seen.attempt, seen.attempts_used, seen.attempts_allowed) == (None, 1, 2)
    again = (await room.start(room.learner, quiz.id)).attempt
    assert again is not None
    assert again.expires_at == world.clock.now() + 120 * SECOND


@pytest.mark.parametrize("late", [GRACE, GRACE + SECOND])
async def test_given_at_the_moment_at_which_it_runs_out(
    room: Classroom, office: Office, world: World, late: timedelta
) -> None:
    """Whoever comes first: either it goes on for both, or it is over for both."""
    quiz = await room.new_quiz(time_limit_seconds=60)
    await room.start(room.learner, quiz.id)
    world.clock.advance(60 * SECOND + late)
    given, *_ = await asyncio.gather(office.extend(quiz.id), *(room.look(room.learner, quiz.id) for _ in range(5)))
    (attempt,) = await room.attempts(quiz)
    assert (given.open_until is None) == (attempt.state is not AttemptState.OPEN) == (late > GRACE)
