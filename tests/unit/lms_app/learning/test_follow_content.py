"""What becomes of a player's reports."""

import asyncio
from typing import NoReturn
from uuid import UUID

import pytest

from lms_app.actor import Actor
from lms_app.learning.follow_content import CompleteContent, ReportWatched, StartContent, WatchedReport
from lms_app.learning.views import ContentStatus
from lms_app.ports.learner_queries import LearnerQueries, OpenContent
from lms_app.scope import TenantScope
from lms_domain.courses.course import ContentType
from lms_domain.errors import Conflict, InvalidInput, LmsError
from lms_domain.learning.completion import EarnedCompletion
from tests.unit.lms_app.world import World


class OneVideo(LearnerQueries):
    """Knows one content, and says what it is. Of screens it knows none."""

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


async def watching(
    world: World, duration: float | None = 100.0, kind: ContentType = ContentType.VIDEO
) -> tuple[Actor, OneVideo, UUID]:
    school = await world.new_school()
    person = world.actor(await world.new_user(school))
    content = await world.new_link(await world.new_module(await world.new_course(school, is_published=True)))
    video = OpenContent(
        id=content.id,
        course_id=content.course_id,
        content_type=kind,
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


@pytest.mark.parametrize(
    ("forged", "field"),
    [
        ({"watched": [[0, 101]]}, "watched.0"),
        ({"watched": [[0, 5], [-1, 3]]}, "watched.1"),
        ({"watched": [[5, 5]]}, "watched.0"),
        ({"watched": [[7, 5]]}, "watched.0"),
        ({"watched": [[1, 2, 3]]}, "watched.0"),
        ({"watched": [[second, second + 1] for second in range(0, 402, 2)]}, "watched"),
        ({"position_seconds": 101.0}, "position_seconds"),
        ({"position_seconds": float("nan")}, "position_seconds"),
        ({"watched": None, "position_seconds": 1e6}, "position_seconds"),
        ({"playback_rate": 16.0}, "playback_rate"),
        ({"playback_rate": 0.0}, "playback_rate"),
    ],
)
async def test_reports_that_no_player_makes_are_refused_whole(
    world: World, forged: dict[str, object], field: str
) -> None:
    person, queries, video = await watching(world)
    await StartContent(world.uow, queries, world.clock)(person, video)
    world.pass_time(hours=1)
    said = {"watched": [[0, 5]], "position_seconds": 5.0} | forged
    with pytest.raises(InvalidInput) as refused:
        await ReportWatched(world.uow, queries, world.clock)(person, video, WatchedReport(**said))  # type: ignore[arg-type]  # keywords of one test
    assert refused.value.errors[0].field == field
    (kept,) = world.database.progress.rows()
    assert (kept.watched.total, kept.position_seconds, kept.last_report_at) == (0, 0.0, None)


async def test_a_jump_to_the_end_moves_the_position_and_nothing_else(world: World) -> None:
    person, queries, video = await watching(world)
    say = ReportWatched(world.uow, queries, world.clock)
    await say(person, video, report([0, 5], at=5))
    world.pass_time(seconds=95)
    jumped = await say(person, video, report([99, 100], at=100))
    assert (jumped.status, jumped.coverage, jumped.position_seconds) == (ContentStatus.IN_PROGRESS, 6.0, 100.0)
    old_player = await say(person, video, WatchedReport(watched=None, position_seconds=0.0))
    assert (old_player.coverage, old_player.position_seconds) == (6.0, 0.0)


async def test_two_tabs_and_many_quick_reports_do_not_outrun_the_clock(world: World) -> None:
    person, queries, video = await watching(world, duration=1000.0)
    say = ReportWatched(world.uow, queries, world.clock)
    await StartContent(world.uow, queries, world.clock)(person, video)
    world.pass_time(seconds=20)
    reports = [
        WatchedReport(watched=[[100 * tab, 100 * tab + 60]], position_seconds=9.0, playback_rate=2.0)
        for tab in range(10)
    ]
    said = await asyncio.gather(*(say(person, video, each) for each in reports))
    # Twenty seconds, twice as fast, and once the slack.
    credited = [second for view in said for pair in view.credited for second in range(*pair)]
    assert len(credited) == len(set(credited)) == 50
    (kept,) = world.database.progress.rows()
    assert kept.watched.total == 50


async def test_the_last_step_completes_the_course_once(world: World) -> None:
    person, queries, video = await watching(world)
    say = ReportWatched(world.uow, queries, world.clock)
    done = CompleteContent(world.uow, queries, world.clock)
    await StartContent(world.uow, queries, world.clock)(person, video)
    world.pass_time(seconds=100)
    at = world.clock.now()
    views = await asyncio.gather(*(say(person, video, report([0, 90], at=90)) for _ in range(5)))
    assert {view.completed_at for view in views} == {at}
    world.pass_time(days=1)
    assert (await done(person, video)).completed_at == at
    assert world.database.completions.rows() == [EarnedCompletion(course_version=1, completed_at=at)]


async def test_what_is_read_is_complete_when_its_reader_says_so(world: World) -> None:
    person, queries, link = await watching(world, duration=None, kind=ContentType.LINK)
    with pytest.raises(InvalidInput) as unwatchable:
        await ReportWatched(world.uow, queries, world.clock)(person, link, report([0, 5], at=5))
    assert unwatchable.value.errors[0].field == "watched"
    assert world.database.progress.rows() == []
    done = CompleteContent(world.uow, queries, world.clock)
    read = await done(person, link)
    assert (read.status, read.coverage, read.watched) == (ContentStatus.COMPLETED, 100.0, [])
    world.pass_time(days=1)
    opened = await StartContent(world.uow, queries, world.clock)(person, link)
    assert opened == read == await done(person, link)


async def test_older_players_say_only_where_they_are(world: World) -> None:
    person, queries, video = await watching(world)
    say = ReportWatched(world.uow, queries, world.clock)
    await say(person, video, WatchedReport(watched=None, position_seconds=8.0))
    world.pass_time(seconds=10)
    assert (await say(person, video, WatchedReport(watched=None, position_seconds=17.5))).watched == [(0, 17)]


async def in_every_way(world: World, queries: OneVideo, person: Actor, video: UUID) -> list[str]:
    """What comes of opening, watching and completing: codes of refusals, else nothing."""
    calls = (
        StartContent(world.uow, queries, world.clock)(person, video),
        ReportWatched(world.uow, queries, world.clock)(person, video, report([0, 5], at=5)),
        CompleteContent(world.uow, queries, world.clock)(person, video),
    )
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    return [each.code if isinstance(each, LmsError) else "" for each in outcomes]


async def test_what_is_not_ready_or_not_there(world: World) -> None:
    person, queries, video = await watching(world, duration=None)
    assert await in_every_way(world, queries, person, video) == ["", "video_not_ready", "video_not_ready"]
    admin = await world.new_admin(await world.new_school("blue"))
    assert await in_every_way(world, queries, admin, video) == ["not_allowed"] * 3
    queries.open = None
    assert await in_every_way(world, queries, person, video) == ["not_found"] * 3
    assert len(world.database.progress.rows()) == 1
