"""How many statements each screen and each change takes: the same few, whether there are ten rows of everything or
five hundred."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from adapters.dns.resolver import DnspythonResolver
from lms_domain.accounts.roles import Role
from tests.integration.conftest import NewDatabase
from tests.integration.http.conftest import an_installation
from tests.integration.http.furnishing import Furnished, Tapped, furnish, more_of_everything
from tests.integration.http.writes import WRITES, begin, send
from tests.unit.entrypoints.http.contract import ANYBODY, NOT_YET, ROWS, Row

MOST = 6 - 2
"""Beside those that find host and session."""
MOST_FOR_A_LIST = 2
"""One for the page with its count, or one for each."""
MOST_OF_A_CHANGE = 6
"""Beside those that find host and session."""

SMALL, LARGE = 10, 500
PAGE = 100

ELSEWHERE = {
    "listPlans": "asks no database",
    "streamNotifications": "never ends",
    "exportSchool": "begins a job",
    "getTeacherImport": "one row, whatever else there is",
    "getJob": "one row, whatever else there is",
    "readiness": "asks whether the database answers, now and then",
    "getTranscript": "wants a processed video: each screen of videos is counted beside its queries",
}
ASKED = {"search": {"q": "course"}}
"""What a screen has to be asked."""
OF_QUIZZES = {"getQuiz", "listQuestions", "getItemStatistics", "listAttempts", "listExtensions", "listQuestionFlags"}
FIND_NOTHING = {"getVideoStatus"}
NOT_MANY = {"listDomains", "listTroubledSteps", "listWaitingAnswers"}
"""Lists that stay short, that need broken videos, or whose rows have many rows in them."""


@pytest.fixture
async def tapped() -> Tapped:
    return Tapped()


@pytest.fixture
async def furnished(new_database: NewDatabase, tmp_path: Path, tapped: Tapped) -> AsyncIterator[Furnished]:
    async with an_installation(new_database, tmp_path, tapped) as running:
        assert running.settings.database is not None
        owner = await asyncpg.connect(running.settings.database.owner)
        yield await furnish(running, owner)
        await owner.close()


def _asker(row: Row) -> Role:
    if row.operation_id in {"listSessions", "listNotifications", "countUnread"}:
        return Role.HOD
    return next(role for role in (Role.SCHOOL_ADMIN, Role.HOD, Role.SUPER_ADMIN) if role in (row.roles or set(Role)))


async def _counts(furnished: Furnished, heard: list[str], at_least: int) -> dict[str, list[str]]:
    """The statements of each screen, by the name of its operation."""
    found = {}
    for row in ROWS:
        if row.method == "GET" and row.operation_id not in {*NOT_YET, *ELSEWHERE}:
            assignment = furnished.things["quiz_id" if row.operation_id in OF_QUIZZES else "assignment_id"]
            path = row.path.format_map({**furnished.things, "assignment_id": assignment})
            heard.clear()
            asked = {"page_size": str(PAGE)} if row.is_list else ASKED.get(row.operation_id)
            answer = await furnished.people[_asker(row)].get(path, params=asked)
            # A link is no video: its screen looks, and finds nothing.
            expected = {200, 404} if row.operation_id in FIND_NOTHING else {200}
            assert answer.status_code in expected, (row.operation_id, answer.text)
            if row.is_list and row.operation_id not in NOT_MANY:
                assert len(answer.json()["results"]) >= min(at_least, PAGE), row.operation_id
            assert row.roles == ANYBODY or heard, row.operation_id
            found[row.operation_id] = list(heard)
    return found


async def test_no_screen_takes_more_statements_for_more_rows(furnished: Furnished, tapped: Tapped) -> None:
    await more_of_everything(furnished, SMALL)
    few = await _counts(furnished, tapped.heard, SMALL)
    await more_of_everything(furnished, LARGE - SMALL)
    many = await _counts(furnished, tapped.heard, LARGE)
    lists = {row.operation_id for row in ROWS if row.is_list}
    more = {name: (len(few[name]), len(many[name])) for name in few if len(many[name]) != len(few[name])}
    too_many = {
        name: statements
        for name, statements in many.items()
        if len(statements) > (MOST_FOR_A_LIST if name in lists else MOST)
    }
    assert more == {}
    assert too_many == {}


async def _statements_of_writes(furnished: Furnished, heard: list[str], number: int) -> dict[str, list[str]]:
    """The statements of each change, by its name."""
    at, found = await begin(furnished, number), {}
    for one in WRITES:
        if one.before is not None:
            await one.before(at)
        heard.clear()
        await send(at, one)
        found[one.name] = list(heard)
    return found


@pytest.fixture
def proven_domains(furnished: Furnished, monkeypatch: pytest.MonkeyPatch) -> None:
    """The DNS says of every name what it should say."""

    async def txt(_: object, name: str) -> tuple[str, ...]:
        asked = "SELECT 'brain-lms-verification=' || token FROM tenant_domains WHERE $1 LIKE '%' || hostname"
        return (await furnished.owner.fetchval(asked, name),)

    monkeypatch.setattr(DnspythonResolver, "txt", txt)


def test_every_change_is_counted() -> None:
    changes = {row.operation_id for row in ROWS if row.method != "GET"} - NOT_YET.keys()
    assert {one.operation_id for one in WRITES} == changes


@pytest.mark.usefixtures("proven_domains")
@pytest.mark.timeout(180)
async def test_no_change_takes_more_statements_for_more_rows(furnished: Furnished, tapped: Tapped) -> None:
    await more_of_everything(furnished, SMALL)
    few = await _statements_of_writes(furnished, tapped.heard, SMALL)
    await more_of_everything(furnished, LARGE - SMALL)
    many = await _statements_of_writes(furnished, tapped.heard, LARGE)
    assert {name: (len(few[name]), len(many[name])) for name in few if len(many[name]) != len(few[name])} == {}
    assert {name: heard for name, heard in many.items() if len(heard) > MOST_OF_A_CHANGE} == {}
