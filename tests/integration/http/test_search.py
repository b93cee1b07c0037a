"""Looking for something in one's courses."""

from collections.abc import AsyncIterator
from itertools import count
from uuid import UUID

import asyncpg
import pytest

from tests.integration.http.conftest import Person, RunningApp, School
from tests.integration.http.test_learning import new_teacher, ok

_numbers = count(1)


@pytest.fixture
async def owner(running: RunningApp) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    assert running.settings.database is not None
    connection = await asyncpg.connect(running.settings.database.owner)
    yield connection
    await connection.close()


class Library:
    """Courses in which something is said."""

    def __init__(self, owner: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._owner = owner

    async def add(self, school: School, title: str, *said: str, content: str = "Lecture", **more: object) -> str:
        """A course with a content; ``said`` is said in it, every ten seconds."""
        is_published = more.pop("is_published", True)
        body = {"title": title, "assigned_to_all": True, **more}
        course = ok(await school.admin.post("/api/courses/", body), 201)
        module = ok(await school.admin.post(f"/api/courses/{course['id']}/modules/", {"title": "One"}), 201)
        link = {"title": content, "content_type": "LINK", "url": "https://example.org/"}
        path = f"/api/courses/{course['id']}/modules/{module['id']}/contents/"
        made = ok(await school.admin.post(path, link), 201)
        if is_published:
            ok(await school.admin.post(f"/api/courses/{course['id']}/publish/", {"action": "publish"}))
        for place, text in enumerate(said):
            await self._owner.execute(
                "INSERT INTO search_cues (tenant_id, content_id, position, start_seconds, end_seconds, text) "
                "SELECT tenant_id, id, $2, $3, $3::float8 + 9.5, $4 FROM contents WHERE id = $1",
                UUID(str(made["id"])),
                place,
                float(place * 10),
                text,
            )
        return str(course["id"])


@pytest.fixture
def library(owner: "asyncpg.Connection[asyncpg.Record]") -> Library:
    return Library(owner)


async def search(person: Person, query: str, **more: object) -> dict[str, list[dict[str, object]]]:
    return ok(await person.get("/api/teacher/search/", params={"q": query, **more}))  # type: ignore[return-value]


def shown(hit: dict[str, object]) -> str:
    """A hit with its matches in brackets."""
    parts = hit["parts"]
    assert isinstance(parts, list)
    return "".join(f"[{part['text']}]" if part["is_match"] else part["text"] for part in parts)


async def test_titles_descriptions_and_what_is_said(school: School, library: Library) -> None:
    person = await new_teacher(school)
    course = await library.add(
        school,
        "Photosynthesis for beginners",
        "Plants drink light.",
        "We call it photosynthesis, and photographs have nothing to do with it.",
        content="Light and leaves",
    )
    spoken_of = await library.add(school, "Botany", description="All about photosynthesis.")
    found = await search(person, "PHOTO")
    assert [(hit["id"], shown(hit)) for hit in found["courses"]] == [
        (course, "[Photo]synthesis for beginners"),
        (spoken_of, "Botany"),
    ]
    (hit,) = found["transcripts"]
    assert (hit["start"], hit["end"], hit["course_id"], hit["content_title"]) == (
        10.0,
        19.5,
        course,
        "Light and leaves",
    )
    assert shown(hit) == "We call it [photo]synthesis, and [photo]graphs have nothing to do with it."
    found = await search(person, "leaves light")
    assert [shown(hit) for hit in found["contents"]] == ["[Light] and [leaves]"]
    assert found["courses"] == found["transcripts"] == []
    assert [shown(hit) for hit in (await search(person, "drink"))["transcripts"]] == ["Plants [drink] light."]


async def test_nothing_is_found_that_could_not_be_opened(
    school: School, other_school: School, library: Library
) -> None:
    person, stranger = await new_teacher(school), await new_teacher(other_school)
    word = f"zebra{next(_numbers)}"
    text = f"The {word} is striped."
    everybody = await library.add(school, f"Course of the {word}", text, content=f"All on the {word}")
    await library.add(school, f"Draft of the {word}", text, content=f"Draft on the {word}", is_published=False)
    await library.add(school, f"For nobody: {word}", text, content=f"Secret of the {word}", assigned_to_all=False)
    deleted = await library.add(school, f"Deleted {word}", text, content=f"Deleted {word}")
    assert (await school.admin.client.delete(f"/api/courses/{deleted}/")).status_code == 204
    theirs = await library.add(other_school, f"Their {word}", text, content=f"Their {word}")
    for who, course in ((person, everybody), (stranger, theirs)):
        found = await search(who, word)
        assert [hit["id"] for hit in found["courses"]] == [course]
        assert [hit["course_id"] for hit in found["contents"]] == [course]
        assert [hit["course_id"] for hit in found["transcripts"]] == [course]
    assert (await school.admin.get("/api/teacher/search/", params={"q": word})).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["' OR 1=1 --", "%_%", "\\\\x", "q' & | !", "<b>x</b>", "((((", "ab:*", "zz\x00zz", "🦓🦓", "ﬁ ﬁ", "x" * 100],
)
async def test_whatever_is_typed_is_looked_for_as_it_is(school: School, library: Library, query: str) -> None:
    person = await new_teacher(school)
    number = next(_numbers)
    await library.add(school, f"Plain words {number}", "Nothing special is said here.")
    response = await person.get("/api/teacher/search/", params={"q": query})
    if "\x00" in query:
        assert response.status_code in {200, 400}
        return
    assert all(not hits for hits in ok(response).values()), response.text


async def test_what_looks_like_markup_stays_text(school: School, library: Library) -> None:
    person = await new_teacher(school)
    await library.add(school, f"<script>alert(1)</script> {next(_numbers)}", "<img src=x onerror=alert(1)> hi")
    (course,) = (await search(person, "<script>"))["courses"]
    assert shown(course).startswith("[<script>]alert(1)</script>")
    assert "".join(part["text"] for part in course["parts"]) == course["title"]  # type: ignore[attr-defined]
    (hit,) = (await search(person, "onerror"))["transcripts"]
    assert shown(hit) == "<img src=x [onerror]=alert(1)> hi"


async def test_limits(school: School, library: Library) -> None:
    person = await new_teacher(school)
    word = f"many{next(_numbers)}"
    await library.add(school, f"Course {word}", *(f"{word} number {place}. {'And so on. ' * 60}" for place in range(8)))
    found = (await search(person, word, limit=3))["transcripts"]
    assert [hit["start"] for hit in found] == [0.0, 10.0, 20.0]
    assert all(len(shown(hit)) < 320 for hit in found), "a long cue is cut"
    for query in ("", " ", "a", " a ", "x" * 101):
        refused = await person.get("/api/teacher/search/", params={"q": query})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "q")
    assert (await person.get("/api/teacher/search/", params={"q": word, "limit": 51})).status_code == 400
