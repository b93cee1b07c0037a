"""What becomes of a player's reports."""

from typing import NoReturn
from uuid import UUID

import pytest

from lms_app.actor import Actor
from lms_app.learning.follow_content import CompleteContent, ReportWatched, StartContent, WatchedReport
from lms_app.learning.views import ContentStatus
from lms_app.ports.learner_queries import LearnerQueries, OpenContent
from lms_app.scope import TenantScope
from lms_domain.courses.course import ContentType
from lms_domain.errors import Conflict, NotFound
from tests.unit.lms_app.world import World


class OneVideo(LearnerQueries):
    """Knows one content, and says that it is a video. Of screens it knows none."""

    def __init__(self, content: OpenContent) -> None:
        self.open: OpenContent | None = content

    async def assignments(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError

    async def assignment(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError

    async def dashboard(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError

    async def content(self, scope: TenantScope, user_id: UUID, content_id: UUID) -> OpenContent | None:
        return self.open if self.open is not None and self.open.id == content_id else None


async def watching(world: World, duration: float | None = 100.0) -> tuple[Actor, OneVideo, UUID]:
    school = await world.new_school()
    person = world.actor(await world.new_user(school))
    content = await world.new_link(await world.new_module(await world.new_course(school, is_published=True)))
    video = OpenContent(
        id=content.id,
        course_id=content.course_id,
        content_type=ContentType.VIDEO,
        required_coverage=90,
        duration_seconds=duration,
    )
    return person, OneVideo(video), content.id


def report(*watched: list[int], at: float) -> WatchedReport:
    return WatchedReport(watched=list(watched), position_seconds=at)


async def test_seconds_count_as_far_as_there_was_time_and_the_rest_is_named(world: World) -> None:
    person, queries, video = await watching(world)
    say = ReportWatched(world.uow, queries, world.clock)
    done = CompleteContent(world.uow, queries, world.clock)
    await StartContent(world.uow, queries, world.clock)(person, video)
    jumped = await say(person, video, report([0, 100], at=100))
    assert (jumped.credited, jumped.rejected, jumped.coverage) == ([(0, 10)], [(10, 100)], 10.0)
    with pytest.raises(Conflict) as refused:
        await done(person, video)
    assert refused.value.code == "not_watched_enough"
    world.pass_time(seconds=85)
    later = await say(person, video, report([10, 90], at=90))
    assert (later.status, later.watched, later.rejected) == (ContentStatus.COMPLETED, [(0, 90)], [])
    again = await say(person, video, report([0, 5], at=5))
    assert (again.coverage, again.position_seconds, again.completed_at) == (90.0, 5.0, later.completed_at)
    assert (await done(person, video)).completed_at == later.completed_at


async def test_older_players_say_only_where_they_are(world: World) -> None:
    person, queries, video = await watching(world)
    say = ReportWatched(world.uow, queries, world.clock)
    await say(person, video, WatchedReport(watched=None, position_seconds=8.0))
    world.pass_time(seconds=10)
    assert (await say(person, video, WatchedReport(watched=None, position_seconds=17.5))).watched == [(0, 17)]


async def test_what_is_not_ready_or_not_there(world: World) -> None:
    person, queries, video = await watching(world, duration=None)
    say = ReportWatched(world.uow, queries, world.clock)
    with pytest.raises(Conflict) as refused:
        await say(person, video, report([0, 5], at=5))
    assert refused.value.code == "video_not_ready"
    queries.open = None
    with pytest.raises(NotFound):
        await say(person, video, report([0, 5], at=5))
