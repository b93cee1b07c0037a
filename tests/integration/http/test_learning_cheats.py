"""Ways to have watched a video without watching it: refused, or without effect."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import asyncpg
import httpx
import pytest

from lms_domain.learning.progress import SLACK_SECONDS
from tests.integration.http.conftest import Person, RunningApp, School
from tests.integration.http.test_learning import UNKNOWN, OpenCourse, code_of, new_teacher, ok, open_course

SECONDS = 600
"""Of each video."""


@dataclass
class Cinema:
    """A course of videos, and a hand on the clock: to the program it is as if time had passed."""

    school: School
    owner: "asyncpg.Connection[asyncpg.Record]"

    async def videos(self, number: int = 1, **more: object) -> OpenCourse:
        """A published course of videos of ten minutes."""
        course = await open_course(self.school, number, **more)
        ids = [UUID(content) for content in course.contents]
        await self.owner.execute(
            "UPDATE contents SET content_type = 'VIDEO', url = NULL, required_coverage = 90 WHERE id = ANY($1)", ids
        )
        await self.owner.execute(
            "INSERT INTO video_assets (id, tenant_id, content_id, status, playable, source_key, source_bytes, "
            "source_name, duration_seconds, hls_key, stored_bytes, created_at) "
            "SELECT gen_random_uuid(), tenant_id, id, 'READY', true, 's', 1, 'n', $2, 'h', 1, now() "
            "FROM contents WHERE id = ANY($1)",
            ids,
            float(SECONDS),
        )
        return course

    async def wait(self, seconds: float) -> None:
        """So much time passes for everybody."""
        for statement in (
            "UPDATE content_progress SET started_at = started_at - $1 * interval '1 second', "
            "last_report_at = last_report_at - $1 * interval '1 second'",
            "UPDATE watch_clocks SET busy_until = busy_until - $1 * interval '1 second'",
        ):
            await self.owner.execute(statement, float(seconds))


@pytest.fixture
async def cinema(running: RunningApp, school: School) -> AsyncIterator[Cinema]:
    assert running.settings.database is not None
    owner = await asyncpg.connect(running.settings.database.owner)
    yield Cinema(school, owner)
    await owner.close()


async def start(person: Person, content_id: str) -> None:
    ok(await person.post(f"/api/teacher/progress/content/{content_id}/start/"))


async def say(person: Person, content_id: str, *watched: tuple[int, int], **more: object) -> httpx.Response:
    body = {"watched": watched, "position_seconds": watched[-1][1] if watched else 0, **more}
    return await person.client.patch(f"/api/teacher/progress/content/{content_id}/", json=body)


def seconds(intervals: object) -> int:
    assert isinstance(intervals, list)
    return sum(end - start for start, end in intervals)


async def missing(person: Person, course: OpenCourse) -> list[dict[str, object]]:
    found = ok(await person.get(f"/api/teacher/courses/{course.id}/completion/"))["missing"]
    assert isinstance(found, list)
    return found


async def test_jumping_to_the_end_says_what_is_missing(cinema: Cinema) -> None:
    course, person = await cinema.videos(), await new_teacher(cinema.school)
    (video,) = course.contents
    (item,) = await missing(person, course)
    assert item == {
        "type": "content",
        "id": video,
        "title": "Link 0",
        "reason": "not_started",
        "unwatched": [[0, SECONDS]],
    }
    await start(person, video)
    await cinema.wait(20)
    jumped = ok(await say(person, video, (0, 5), (SECONDS - 1, SECONDS)))
    assert (jumped["coverage"], jumped["position_seconds"], jumped["status"]) == (1.0, SECONDS, "IN_PROGRESS")
    (item,) = await missing(person, course)
    assert (item["reason"], item["unwatched"]) == ("not_watched_enough", [[5, SECONDS - 1]])
    refused = await person.post(f"/api/teacher/progress/content/{video}/complete/")
    assert (refused.status_code, code_of(refused)) == (409, "not_watched_enough")
    # Position alone, as older players tell it, is worth as much.
    old = ok(await person.client.patch(f"/api/teacher/progress/content/{video}/", json={"video_progress_seconds": 599}))
    assert old["coverage"] == 1.0


async def test_no_speed_is_faster_than_twice(cinema: Cinema) -> None:
    course, person = await cinema.videos(), await new_teacher(cinema.school)
    (video,) = course.contents
    await start(person, video)
    await cinema.wait(30)
    refused = await say(person, video, (0, 480), playback_rate=16)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "playback_rate")
    hidden = ok(await say(person, video, (0, 480), playback_rate=2))
    assert seconds(hidden["credited"]) <= 30 * 2 + SLACK_SECONDS + 4
    assert seconds(hidden["credited"]) + seconds(hidden["rejected"]) == 480
    # Said once more at once, and in pieces: the time is spent.
    for begin in range(0, 480, 40):
        again = ok(await say(person, video, (begin, begin + 40), playback_rate=2))
    assert seconds(again["watched"]) <= 30 * 2 + SLACK_SECONDS + 8


async def test_two_tabs_have_the_time_of_one(cinema: Cinema) -> None:
    course, person = await cinema.videos(4), await new_teacher(cinema.school)
    for video in course.contents:
        await start(person, video)
    total = 0
    for turn in range(6):
        await cinema.wait(60)
        answers = await asyncio.gather(
            *(say(person, video, (60 * turn, 60 * turn + 60)) for video in course.contents for _ in range(2))
        )
        total += sum(seconds(ok(answer)["credited"]) for answer in answers)
    assert 6 * 60 <= total <= 6 * 60 + SLACK_SECONDS + 6
    other = await new_teacher(cinema.school)
    await start(other, course.contents[0])
    await cinema.wait(60)
    assert seconds(ok(await say(other, course.contents[0], (0, 60)))["credited"]) == 60, "everybody has their own time"


@pytest.mark.parametrize(
    ("watched", "field"),
    [
        ([[-1, 5]], "watched.0"),
        ([[5, 5]], "watched.0"),
        ([[9, 5]], "watched.0"),
        ([[0, SECONDS + 1]], "watched.0"),
        ([[0, 10**12]], "watched"),
        ([[0]], "watched"),
        ([[0, 1.5]], "watched"),
        ([[number, number + 1] for number in range(201)], "watched"),
    ],
)
async def test_forged_intervals_are_refused(cinema: Cinema, watched: object, field: str) -> None:
    course, person = await cinema.videos(), await new_teacher(cinema.school)
    path = f"/api/teacher/progress/content/{course.contents[0]}/"
    refused = await person.client.patch(path, json={"watched": watched, "position_seconds": 0})
    assert refused.status_code == 400, refused.text
    assert refused.json()["errors"][0]["field"].startswith(field)
    assert (await missing(person, course))[0]["reason"] == "not_started"


async def test_what_is_not_theirs_is_not_there(cinema: Cinema, other_school: School) -> None:
    course, person = await cinema.videos(), await new_teacher(cinema.school)
    hidden = await cinema.videos(assigned_to_all=False)
    stranger = await new_teacher(other_school)
    for who, content in ((person, hidden.contents[0]), (stranger, course.contents[0]), (person, UNKNOWN)):
        for answer in (
            await say(who, content, (0, 5)),
            await who.post(f"/api/teacher/progress/content/{content}/start/"),
            await who.post(f"/api/teacher/progress/content/{content}/complete/"),
        ):
            assert (answer.status_code, code_of(answer)) == (404, "not_found")
    for who, course_id in ((person, hidden.id), (stranger, course.id), (person, UNKNOWN)):
        assert (await who.get(f"/api/teacher/courses/{course_id}/completion/")).status_code == 404
    # Whose progress it is, is said by the token and nothing else.
    body = {"watched": [[0, 5]], "position_seconds": 5, "user_id": UNKNOWN}
    forged = await person.client.patch(f"/api/teacher/progress/content/{course.contents[0]}/", json=body)
    assert forged.status_code == 400


async def test_shuffled_doubled_and_simultaneous_reports_are_their_union(cinema: Cinema) -> None:
    course, person = await cinema.videos(), await new_teacher(cinema.school)
    (video,) = course.contents
    await start(person, video)
    chance = random.Random(6)  # noqa: S311 -- the same order at every run
    pieces = [(begin, begin + 25) for begin in range(0, 550, 25)] * 2
    chance.shuffle(pieces)
    coverage = 0.0
    for few in (pieces[place : place + 4] for place in range(0, len(pieces), 4)):
        await cinema.wait(120)
        found = [ok(each) for each in await asyncio.gather(*(say(person, video, piece) for piece in few))]
        # What had to wait for its time is said again, as the player does.
        for _ in range(4):
            late = [(start, end) for each in found for start, end in each["rejected"]]  # type: ignore[attr-defined]
            await cinema.wait(120)
            found = [ok(await say(person, video, *late))]
        reached = found[-1]["coverage"]
        assert isinstance(reached, float)
        assert reached >= coverage, "it never falls"
        coverage = reached
    done = ok(await say(person, video))
    assert (done["watched"], done["status"]) == ([[0, 550]], "COMPLETED")
    assert ok(await person.get(f"/api/teacher/courses/{course.id}/completion/"))["is_complete"] is True
