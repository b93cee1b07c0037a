"""Neither the key of a question nor its explanation nor its evidence leaves before the answers may be shown.

Every answer that a learner can get is walked, by the document of the API: a new operation is walked from its first day.
"""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from tests.integration.http.conftest import Person, RunningApp, School
from tests.integration.http.doors import Door, Place, doors
from tests.integration.http.test_every_door_is_fenced import LEARNING, OF_A_SCHOOL, OWN_ACCOUNT, TEAM
from tests.integration.http.test_learning import OpenCourse, code_of, new_teacher, ok, open_course
from tests.integration.http.test_notice_stream import listening, serving

KEY, OTHER_KEY = "quillwort marshland", "quillwort fenland"
EXPLANATION = "Zanzibar explained everything."
QUOTE = "Nobody but the evidence says quillwort marshland in Timbuktu."
RULE = "secret-rule"
PART = {"start": 731.25, "end": 738.5}
SECRETS = ("quillwort", "zanzibar", "timbuktu", RULE, "is_correct", "accepted_answers", "correct_answer", "731.25")
"""None of them stands in anything else: not in a prompt, an option, a title or the transcript."""

STREAM = "streamNotifications"
LOOKING = [
    door
    for door in doors()
    if door.method == "GET" and door.name in LEARNING | OF_A_SCHOOL | OWN_ACCOUNT | TEAM and door.name != STREAM
]


@dataclass
class Exam:
    """A published video with a quiz made from it, in which everything that must stay hidden is marked."""

    school: School
    owner: "asyncpg.Connection[asyncpg.Record]"
    course: OpenCourse
    quiz: str
    typed: str
    """The question to be typed."""
    chosen: str
    """The question to choose an answer of."""
    right: str
    wrong: str

    @property
    def path(self) -> str:
        return f"/api/teacher/quizzes/{self.quiz}"

    async def walk(self, person: Person) -> Mapping[str, httpx.Response]:
        """Everything that somebody who learns can look at."""
        things = {"course_id": self.course.id, "content_id": self.course.contents[0], "assignment_id": self.quiz}

        def ids(place: Place) -> str:
            return things.get(place.name) or str(uuid4())

        return {door.name: await self._look(person, door, ids) for door in LOOKING}

    async def _look(self, person: Person, door: Door, ids: object) -> httpx.Response:
        asked = dict(door.request(ids))  # type: ignore[arg-type]  # called with a place
        if door.name == "search":
            asked["params"] = {"q": "quillwort marshland Timbuktu Zanzibar"}
        return await person.client.request(**asked)

    async def must_be_silent(self, person: Person) -> None:
        """Whatever they look at has none of the secrets in it."""
        for name, answer in (await self.walk(person)).items():
            assert answer.status_code < 500, name
            tell_nothing(answer, name)
        assert answered(await self.walk(person)) >= MUST_ANSWER


MUST_ANSWER = {
    *("getDashboard", "listTeacherCourses", "getTeacherCourse", "getCompletion", "getTranscript", "search"),
    *("listTeacherAssignments", "getTeacherAssignment", "getQuiz", "listNotifications", "countUnread", "getMe"),
}
"""So that nothing is found silent because it is not there."""


def answered(walked: Mapping[str, httpx.Response]) -> set[str]:
    return {name for name, answer in walked.items() if answer.status_code == 200}


def tell_nothing(answer: httpx.Response, name: str) -> None:
    said = answer.text.casefold()
    # What somebody looked for is theirs.
    said = said.replace("quillwort marshland timbuktu zanzibar", "") if name == "search" else said
    found = [secret for secret in SECRETS if secret in said]
    assert not found, f"{name} tells {found}: {answer.text[:400]}"


@pytest.fixture
async def exam(running: RunningApp, school: School) -> AsyncIterator[Exam]:
    assert running.settings.database is not None
    owner = await asyncpg.connect(running.settings.database.owner)
    course = await open_course(school)
    (content,) = course.contents
    as_video = "UPDATE contents SET content_type = 'VIDEO', url = NULL, required_coverage = 90 WHERE id = $1"
    await owner.execute(as_video, UUID(content))
    await owner.execute(
        "INSERT INTO video_assets (id, tenant_id, content_id, status, playable, source_key, source_bytes, "
        "source_name, duration_seconds, hls_key, captions_key, stored_bytes, created_at) "
        "SELECT gen_random_uuid(), tenant_id, id, 'READY', true, 's', 1, 'n', 900, 'h', 'c', 1, now() FROM contents "
        "WHERE id = $1",
        UUID(content),
    )
    await owner.execute(
        "INSERT INTO video_transcripts "
        "(content_id, tenant_id, language, full_text, segments, segment_count, model, generated_at) "
        "SELECT id, tenant_id, 'en', 'Hello.', $2::jsonb, 1, 'm', now() FROM contents WHERE id = $1",
        UUID(content),
        '[{"start": 0, "end": 2, "text": "Hello."}]',
    )
    body = {"course_id": course.id, "content_id": content, "kind": "QUIZ", "title": "Quiz", "instructions": "Answer."}
    quiz = str(ok(await school.admin.post("/api/assignments/", body), 201)["id"])
    typed = {"kind": "SHORT_ANSWER", "prompt": "What grows there?", "accepted_answers": [KEY, OTHER_KEY]}
    options = [{"text": "Moss", "is_correct": True}, {"text": "Fern"}, {"text": "Grass"}]
    chosen = {"kind": "MCQ", "prompt": "Which of these?", "options": options}
    for question in (typed, chosen):
        body = {**question, "explanation": EXPLANATION}
        ok(await school.admin.post(f"/api/assignments/{quiz}/questions/", body), 201)
    await owner.execute(
        "UPDATE questions SET origin = 'RULES', rule = $2, evidence_quote = $3, evidence_start = $4, evidence_end = $5 "
        "WHERE quiz_id IN (SELECT id FROM quizzes WHERE assignment_id = $1)",
        UUID(quiz),
        RULE,
        QUOTE,
        PART["start"],
        PART["end"],
    )
    first, second = (await questions(school, quiz))["questions"]
    right, wrong = (
        next(each["id"] for each in second["options"] if each["is_correct"] is is_right) for is_right in (True, False)
    )
    yield Exam(school, owner, course, quiz, first["id"], second["id"], right, wrong)
    await owner.close()


async def questions(school: School, quiz: str) -> dict[str, list[dict[str, object]]]:
    return ok(await school.admin.get(f"/api/assignments/{quiz}/questions/"))  # type: ignore[return-value]


async def publish(exam: Exam, **more: object) -> None:
    ok(await exam.school.admin.client.patch(f"/api/assignments/{exam.quiz}/", json={"is_published": True, **more}))


async def hand_in(exam: Exam, person: Person, *, typed: str, chosen: str) -> httpx.Response:
    answers = {exam.typed: {"text": typed}, exam.chosen: {"option_id": chosen}}
    return await person.post(f"{exam.path}/submit/", {"answers": answers})


def results(answer: httpx.Response) -> list[dict[str, object]]:
    found = ok(answer)["result"]
    assert isinstance(found, dict)
    return list(found["questions"])


async def test_a_draft_is_not_there(exam: Exam) -> None:
    person = await new_teacher(exam.school)
    for answer in (await person.get(f"{exam.path}/"), await person.post(f"{exam.path}/start/")):
        assert (answer.status_code, code_of(answer)) == (404, "not_found")
    for name, answer in (await exam.walk(person)).items():
        tell_nothing(answer, name)
    for door in ("questions/", ""):
        assert (await person.get(f"/api/assignments/{exam.quiz}/{door}")).status_code == 403


@pytest.mark.parametrize("limit", [None, 600], ids=["untimed", "timed"])
async def test_nothing_is_told_before_the_answers_may_be_shown(exam: Exam, limit: int | None) -> None:
    person, other = await new_teacher(exam.school), await new_teacher(exam.school, role="HOD", department="Maths")
    await publish(exam, attempts_allowed=3, time_limit_seconds=limit)
    await exam.must_be_silent(person)
    begun = await person.post(f"{exam.path}/start/")
    kept = {"answers": {exam.typed: {"text": "reeds"}}}
    for answer in (begun, await person.client.put(f"{exam.path}/draft/", json=kept), await person.get(f"{exam.path}/")):
        assert answer.status_code == 200, answer.text
        tell_nothing(answer, "answering")
    await exam.must_be_silent(person)

    failed = await hand_in(exam, person, typed="reeds", chosen=exam.right)
    typed, chosen = results(failed)
    # Where a wrong answer is said may be known, what is said there may not; of a right one there is nothing to watch.
    assert (typed["correct"], typed["part"]) == (False, PART)
    assert (chosen["correct"], chosen["part"]) == (True, None)
    places = re.compile(r"""{"start": ?731\.25, ?"end": ?738\.5}""")
    for answer in (failed, await person.get(f"{exam.path}/"), await person.post(f"{exam.path}/start/")):
        bare = httpx.Response(200, text=places.sub("null", answer.text))
        tell_nothing(bare, "failed")
    for name, answer in (await exam.walk(person)).items():
        bare = httpx.Response(200, text=places.sub("null", answer.text)) if name == "getQuiz" else answer
        tell_nothing(bare, f"{name} after failing")
    await exam.must_be_silent(other)

    for_all = [results(await hand_in(exam, person, typed="reeds", chosen=exam.wrong))]
    if limit is not None:
        ok(await person.post(f"{exam.path}/start/"))
    for_all.append(results(await hand_in(exam, person, typed="sedge", chosen=exam.wrong)))
    last_but_one, last = for_all
    assert all("correct_answer" not in each and "evidence" not in each for each in last_but_one)
    # After the last attempt, and only now, all of it is shown: the marks were there to be found.
    assert [each["evidence"]["quote"] for each in last] == [QUOTE, QUOTE]  # type: ignore[index]
    assert {each["explanation"] for each in last} == {EXPLANATION}
    assert [each["correct_answer"]["text"] for each in last] == [KEY, "Moss"]  # type: ignore[index]
    await exam.must_be_silent(other)


async def test_whoever_passes_is_shown_the_answers_and_nobody_else(exam: Exam) -> None:
    person, other = await new_teacher(exam.school), await new_teacher(exam.school)
    await publish(exam)
    passed = results(await hand_in(exam, person, typed=KEY, chosen=exam.right))
    assert [each["correct_answer"]["text"] for each in passed] == [KEY, "Moss"]  # type: ignore[index]
    await exam.must_be_silent(other)
    # Places outside the quiz never tell it, not even to those who have passed.
    for name, answer in (await exam.walk(person)).items():
        if name != "getQuiz":
            tell_nothing(answer, name)


async def test_refusals_tell_nothing(exam: Exam) -> None:
    person = await new_teacher(exam.school)
    await publish(exam, attempts_allowed=2)
    for answers in (
        {exam.typed: {"option_id": exam.right}},
        {exam.chosen: {"text": "Moss"}},
        {exam.chosen: {"option_index": 7}},
        {exam.chosen: {"option_id": str(uuid4())}},
        {str(uuid4()): {"text": "Moss"}},
        {exam.typed: {"text": "x" * 5000}},
    ):
        refused = await person.post(f"{exam.path}/submit/", {"answers": answers})
        assert refused.status_code == 400, refused.text
        tell_nothing(refused, "a refusal")
    assert ok(await person.get(f"{exam.path}/"))["attempts_used"] == 0, "nor do they cost an attempt"


async def test_what_is_told_and_mailed_has_no_answers(running: RunningApp, exam: Exam) -> None:
    person = await new_teacher(exam.school)
    async with serving(running) as server, listening(server, exam.school, person) as stream:
        await publish(exam)
        await hand_in(exam, person, typed="reeds", chosen=exam.wrong)
        hello = {"title": "Hello", "message": "All of you.", "to_all": True}
        ok(await exam.school.admin.post("/api/announcements/", hello), 201)
        seen = []
        while not any("Hello" in str(data) for _, _, data in seen):
            seen.append(await stream.event())
    assert not [secret for secret in SECRETS if secret in str(seen).casefold()]
    for table in ("notifications", "mail_deliveries"):
        rows = await exam.owner.fetch(f"SELECT row_to_json(t)::text AS row FROM {table} AS t")  # noqa: S608 -- our own
        assert rows
        for row in rows:
            assert not [secret for secret in SECRETS if secret in row["row"].casefold()], row["row"][:300]


async def test_the_transcript_of_a_draft_course_is_nobodys(exam: Exam) -> None:
    person = await new_teacher(exam.school)
    await publish(exam)
    ok(await exam.school.admin.post(f"/api/courses/{exam.course.id}/publish/", {"action": "unpublish"}))
    walked = await exam.walk(person)
    assert not answered(walked) & {"getTranscript", "getQuiz", "getTeacherCourse", "getTeacherAssignment"}
    for name, answer in walked.items():
        tell_nothing(answer, name)
