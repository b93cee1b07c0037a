"""What the answers of many say about a quiz, over the real application."""

import asyncio
import random
import statistics
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.learning.attempt import GRACE, QuizAttempt, begin_attempt
from lms_domain.learning.grading import Answer, OptionAnswer, TextAnswer, Verdict
from lms_domain.learning.question_outcome import proposals_of
from lms_domain.learning.quiz import McqQuestion, Quiz
from tests.integration.http.conftest import Person, School
from tests.integration.http.test_learning import UNKNOWN, code_of, key_of, new_quiz, new_teacher, ok, open_course

NOW = datetime.now(UTC)
_ANSWERS = ("42", "41", "forty-two", "many")


async def _people(owner: "asyncpg.Connection[asyncpg.Record]", person: str, number: int) -> list[UUID]:
    """More people like ``person``, an address, without seats."""
    columns = await owner.fetchval(
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns WHERE table_name = 'users' "
        "AND table_schema = 'public' AND is_generated = 'NEVER' "
        "AND column_name NOT IN ('id', 'email', 'email_folded', 'is_active')"
    )
    rows = await owner.fetch(
        f"INSERT INTO users (id, email, email_folded, is_active, {columns}) "  # noqa: S608 -- names of columns
        f"SELECT gen_random_uuid(), mail, mail, false, {columns} FROM users, "
        "(SELECT gen_random_uuid() || '@many.test' AS mail FROM generate_series(1, $2)) AS mails "
        "WHERE users.email = $1 RETURNING id",
        person,
        number,
    )
    return [row["id"] for row in rows]


@pytest.fixture
async def owner(school: School) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    assert school.running.settings.database is not None
    connection = await asyncpg.connect(school.running.settings.database.owner)
    yield connection
    await connection.close()


def _given(quiz: Quiz, chance: random.Random) -> dict[UUID, Answer]:
    found: dict[UUID, Answer] = {}
    for question in quiz.asked:
        if chance.random() < 0.1:
            continue
        if isinstance(question, McqQuestion):
            found[question.id] = OptionAnswer(chance.choice(question.options).id)
        else:
            found[question.id] = TextAnswer(chance.choice(_ANSWERS))
    return found


def _attempts(quiz: Quiz, user_id: UUID, chance: random.Random) -> list[QuizAttempt]:
    made: list[QuizAttempt] = []
    for number in range(chance.choice((1, 1, 1, 2))):
        if made and made[-1].passed:
            break
        begun = begin_attempt(
            quiz,
            made,
            attempt_id=uuid4(),
            user_id=user_id,
            seed=chance.randrange(2**31),
            now=NOW + timedelta(minutes=number),
        )
        if chance.random() > 0.05:
            begun.submit(quiz, _given(quiz, chance), now=NOW + timedelta(minutes=number, seconds=30))
        made.append(begun)
        if begun.submitted_at is None:
            break
    return made


def _correlation(right: Sequence[float], rest: Sequence[float]) -> float | None:
    if len(right) < 5 or len(set(right)) < 2 or len(set(rest)) < 2:
        return None
    return statistics.correlation(right, rest)


@pytest.mark.parametrize("seed", [1, 2])
async def test_figures_are_those_of_a_plain_calculation(
    school: School, owner: "asyncpg.Connection[asyncpg.Record]", seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- the same answers in every run
    course, person = await open_course(school), await new_teacher(school)
    work = await new_quiz(school, course)
    path = f"/api/assignments/{work}"
    options = [{"text": text, "is_correct": text == "A"} for text in "ABCD"]
    for number in range(3):
        body = {"kind": "MCQ", "prompt": f"More {number}?", "options": options, "points": number + 1}
        ok(await school.admin.post(f"{path}/questions/", body), 201)
    if seed == 2:
        # An answer that only a person can judge: attempts with it wait, and are left out of what needs a score.
        ok(await school.admin.post(f"{path}/questions/", {"kind": "SHORT_ANSWER", "prompt": "Why?"}), 201)
    empty = ok(await school.admin.get(f"{path}/item-statistics/"))
    assert (empty["version"], empty["people"]) == (1, 0)
    assert {(each["asked"], each["difficulty"], each["discrimination"]) for each in empty["questions"]} == {  # type: ignore[attr-defined]
        (0, None, None)
    }

    uow = await school.running.container.get(UnitOfWork)
    tenant_id = await owner.fetchval("SELECT tenant_id FROM assignments WHERE id = $1", UUID(work))
    async with uow.begin(TenantScope(tenant_id)) as tx:
        (quiz,) = await tx.quizzes.versions(UUID(work))
        first = []
        for user_id in await _people(owner, person.email, 40):
            made = _attempts(quiz, user_id, chance)
            for attempt in made:
                await tx.attempts.add(attempt)
            if made[0].answers:
                first.append(made[0])
        await tx.commit()

    found = ok(await school.admin.get(f"{path}/item-statistics/"))
    assert (found["quiz_id"], found["people"]) == (str(quiz.id), len(first))
    graded = [each for each in first if each.graded_at is not None]
    assert (len(graded) < len(first)) == (seed == 2)

    def points(attempt: QuizAttempt, without: UUID) -> float:
        return float(
            sum(
                each.points
                for each in quiz.asked
                if each.id != without and attempt.marks[each.id].verdict is Verdict.RIGHT
            )
        )

    assert isinstance(found["questions"], list)
    for shown, question in zip(found["questions"], quiz.asked, strict=True):
        judged = [each for each in first if each.marks[question.id].verdict is not Verdict.NEEDS_REVIEW]
        right = sum(each.marks[question.id].verdict is Verdict.RIGHT for each in judged)
        answered = [each for each in first if question.id in each.answers]
        assert (shown["question_id"], shown["prompt"]) == (str(question.id), question.prompt)
        assert (shown["asked"], shown["answered"], shown["correct"]) == (len(judged), len(answered), right)
        assert shown["difficulty"] == (right / len(judged) if judged else None)
        expected = _correlation(
            [float(each.marks[question.id].verdict is Verdict.RIGHT) for each in graded],
            [points(each, question.id) for each in graded],
        )
        assert shown["discrimination"] == (pytest.approx(expected) if expected is not None else None)
        chosen = question.options if isinstance(question, McqQuestion) else ()
        assert [option["chosen"] for option in shown["options"]] == [
            sum(each.answers[question.id] == OptionAnswer(option.id) for each in answered) for option in chosen
        ]
        assert not shown["options"] or sum(option["share"] for option in shown["options"]) == pytest.approx(1)


async def test_they_are_of_the_version_that_learners_meet(school: School, other_school: School) -> None:
    course, person = await open_course(school), await new_teacher(school)
    work = await new_quiz(school, course)
    path = f"/api/assignments/{work}"
    questions = ok(await school.admin.get(f"{path}/questions/"))["questions"]
    assert isinstance(questions, list)
    answers = {questions[1]["id"]: {"text": "42"}}
    ok(await person.post(f"/api/teacher/quizzes/{work}/submit/", {"answers": answers}))
    # A change makes a draft; learners still meet what they met.
    changed = f"{path}/questions/{questions[0]['id']}/"
    ok(await school.admin.client.patch(changed, json={"prompt": "Another?"}))
    found = ok(await school.admin.get(f"{path}/item-statistics/"))
    assert (found["version"], found["people"]) == (1, 1)
    assert [(each["prompt"], each["correct"]) for each in found["questions"]] == [("Which?", 0), ("How many?", 1)]  # type: ignore[attr-defined]
    ok(await school.admin.client.patch(f"{path}/", json={"is_published": True}))
    fresh = ok(await school.admin.get(f"{path}/item-statistics/"))
    assert (fresh["version"], fresh["people"]) == (2, 0)

    refused = await person.get(f"{path}/item-statistics/")
    assert (refused.status_code, code_of(refused)) == (403, "not_allowed")
    foreign = await other_school.admin.get(f"{path}/item-statistics/")
    unknown = await other_school.admin.get(f"/api/assignments/{UNKNOWN}/item-statistics/")
    assert (foreign.status_code, unknown.status_code) == (404, 404)


async def _timed(school: School) -> tuple[str, Person, str]:
    """A quiz of a minute, somebody who is to take it, and their id."""
    course, person = await open_course(school), await new_teacher(school, last_name="Zuse")
    work = await new_quiz(school, course)
    body = {"time_limit_seconds": 60, "attempts_allowed": 1}
    ok(await school.admin.client.patch(f"/api/assignments/{work}/", json=body))
    return work, person, str(ok(await person.get("/api/users/auth/me/"))["id"])


def _end_of(quiz: dict[str, object]) -> datetime:
    assert isinstance(quiz["attempt"], dict)
    return datetime.fromisoformat(quiz["attempt"]["expires_at"])


async def test_one_person_has_more_time_and_attempts(school: School, other_school: School) -> None:
    work, person, user_id = await _timed(school)
    quiz, path = f"/api/teacher/quizzes/{work}", f"/api/assignments/{work}/extensions"
    one = f"{path}/{user_id}/"
    begun = ok(await person.post(f"{quiz}/start/"))
    more = {"extra_percent": 100, "extra_attempts": 1, "reason": "Reads slowly."}
    given = ok(await school.admin.client.put(one, json=more))
    end = _end_of(ok(await person.get(f"{quiz}/")))
    assert end - _end_of(begun) == timedelta(seconds=60)
    assert datetime.fromisoformat(str(given["open_until"])) == end
    listed = ok(await school.admin.get(f"{path}/", params={"search": "zuse"}))
    assert listed["count"] == 1
    assert listed["results"] == [given]
    assert ok(await school.admin.get(f"{path}/", params={"search": "nobody"}))["count"] == 0
    told = ok(await person.get("/api/notifications/"))["results"]
    assert isinstance(told, list)
    assert told[0]["message"] == "You have more time and 1 more attempt at “Quiz”."
    audited = ok(await school.admin.get("/api/audit/", params={"action": "quiz.extended"}))["results"]
    assert isinstance(audited, list)
    assert audited[0]["after"]["reason"] == "Reads slowly."

    for answers in ({}, {}):
        ok(await person.post(f"{quiz}/start/"))
        ok(await person.post(f"{quiz}/submit/", {"answers": answers}))
    over = await person.post(f"{quiz}/start/")
    assert (over.status_code, code_of(over)) == (409, "no_attempts_left")

    for bad, field in (
        ({"reason": "Why not."}, "extra_seconds"),
        ({"extra_seconds": 60}, "reason"),
        ({"extra_attempts": 21, "reason": "x"}, "extra_attempts"),
    ):
        refused = await school.admin.client.put(one, json=bad)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)
    stranger = ok(await other_school.admin.get("/api/users/auth/me/"))["id"]
    for who, status in ((person, 403), (other_school.admin, 404)):
        assert (await who.get(f"{path}/")).status_code == status
        assert (await who.client.put(one, json=more)).status_code == status
        assert (await who.client.delete(one)).status_code == status
    for unknown in (f"{path}/{UNKNOWN}/", f"{path}/{stranger}/", f"/api/assignments/{UNKNOWN}/extensions/{user_id}/"):
        assert (await school.admin.client.put(unknown, json=more)).status_code == 404
    admin_id = ok(await school.admin.get("/api/users/auth/me/"))["id"]
    assert (await school.admin.client.put(f"{path}/{admin_id}/", json=more)).status_code == 404, "they learn nothing"

    assert (await school.admin.client.delete(one)).status_code == 204
    assert (await school.admin.client.delete(one)).status_code == 404
    assert ok(await school.admin.get(f"{path}/"))["count"] == 0


@pytest.mark.parametrize("ago", [timedelta(seconds=5), timedelta(seconds=11)], ids=["on its way", "over"])
async def test_more_time_at_the_moment_at_which_it_runs_out(
    school: School, owner: "asyncpg.Connection[asyncpg.Record]", ago: timedelta
) -> None:
    """Everybody sees the same, whoever comes first."""
    work, person, user_id = await _timed(school)
    quiz = f"/api/teacher/quizzes/{work}"
    ok(await person.post(f"{quiz}/start/"))
    await owner.execute(
        "UPDATE quiz_attempts SET started_at = now() - $2::interval - interval '60 s', "
        "expires_at = now() - $2::interval WHERE user_id = $1",
        UUID(user_id),
        ago,
    )
    more = {"extra_seconds": 600, "reason": "The line was down."}
    extend = school.admin.client.put(f"/api/assignments/{work}/extensions/{user_id}/", json=more)
    given, *seen = await asyncio.gather(extend, *(person.get(f"{quiz}/") for _ in range(5)))
    after = ok(await person.get(f"{quiz}/"))
    is_over = ago > GRACE
    assert (ok(given)["open_until"] is None) == is_over
    assert (after["attempt"] is None) == is_over
    assert {ok(each)["attempt"] is None for each in seen} == {is_over}
    if not is_over:
        assert _end_of(after) > datetime.now(UTC) + timedelta(seconds=500)


async def test_a_flag_stands_beside_its_question_until_it_is_settled(school: School, other_school: School) -> None:
    course, person = await open_course(school), await new_teacher(school, first_name="Konrad", last_name="Zuse")
    work = await new_quiz(school, course)
    choose, _, _, typed = await key_of(school, work)
    flag, path = f"/api/teacher/quizzes/{work}/questions/{choose}/flag/", f"/api/assignments/{work}"
    what = {"reason": "Two answers are right."}
    early = await person.post(flag, what)
    assert (early.status_code, code_of(early)) == (404, "not_found"), "who has not answered it says nothing of it"
    ok(await person.post(f"/api/teacher/quizzes/{work}/submit/", {"answers": {typed: {"text": "42"}}}))
    assert (await person.post(flag, {"reason": " "})).status_code == 400
    assert (await person.post(flag, {"reason": "?"})).status_code == 204
    assert (await person.post(flag, what)).status_code == 204, "again, in better words"
    for who in (school.admin, await new_teacher(other_school), await new_teacher(school)):
        assert (await who.post(flag, what)).status_code in {403, 404}
    told = ok(await school.admin.get("/api/notifications/"))["results"]
    assert isinstance(told, list)
    assert [each["title"] for each in told].count("Question flagged: Quiz") == 1

    # In a new version the question has another id, and is the same question.
    ok(await school.admin.client.patch(f"{path}/questions/{typed}/", json={"prompt": "How many now?"}))
    copy = (await key_of(school, work))[0]
    assert copy != choose
    flags = ok(await school.admin.get(f"{path}/question-flags/"))["flags"]
    assert isinstance(flags, list)
    assert [(each["teacher_name"], each["reason"]) for each in flags] == [("Konrad Zuse", what["reason"])]
    assert set(flags[0]["question_ids"]) == {choose, copy}
    for who, status in ((person, 403), (other_school.admin, 404)):
        assert (await who.get(f"{path}/question-flags/")).status_code == status
        assert (await who.client.delete(f"{path}/questions/{copy}/flags/")).status_code == status
    assert (await school.admin.client.delete(f"{path}/questions/{copy}/flags/")).status_code == 204
    assert (await school.admin.client.delete(f"{path}/questions/{copy}/flags/")).status_code == 404
    assert ok(await school.admin.get(f"{path}/question-flags/"))["flags"] == []


async def test_what_became_of_generated_questions_is_known_by_rule(
    school: School, owner: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    course, person = await open_course(school), await new_teacher(school)
    work = await new_quiz(school, course)
    path = f"/api/assignments/{work}/questions"
    for number in range(3):
        ok(await school.admin.post(f"{path}/", {"kind": "SHORT_ANSWER", "prompt": f"{number}?"}), 201)
    await owner.execute(
        "UPDATE questions SET origin = 'RULES', rule = CASE WHEN kind = 'MCQ' THEN 'cloze' ELSE 'definition' END, "
        "evidence_quote = 'It is.', evidence_start = 1, evidence_end = 2 WHERE quiz_id IN "
        "(SELECT id FROM quizzes WHERE assignment_id = $1)",
        UUID(work),
    )
    uow = await school.running.container.get(UnitOfWork)
    tenant_id = await owner.fetchval("SELECT tenant_id FROM assignments WHERE id = $1", UUID(work))
    async with uow.begin(TenantScope(tenant_id)) as tx:
        (quiz,) = await tx.quizzes.versions(UUID(work))
        await tx.question_history.record(proposals_of(quiz, new_id=uuid4, at=quiz.created_at))
        await tx.commit()

    async def rules() -> dict[str, dict[str, object]]:
        found = ok(await school.admin.get("/api/reports/question-rules/"))["rules"]
        assert isinstance(found, list)
        return {each["rule"]: each for each in found}

    assert {name: (rule["proposed"], rule["waiting"]) for name, rule in (await rules()).items()} == {
        "cloze": (1, 1),
        "definition": (4, 4),
    }
    ok(await person.post(f"/api/teacher/quizzes/{work}/start/"))
    ids = [str(question.id) for question in quiz.questions]
    reject = {"action": "reject", "reason": "Too easy."}
    # From here on it is a copy: every question has another id.
    after = ok(await school.admin.post(f"{path}/{ids[1]}/review/", reject))["questions"]
    assert isinstance(after, list)
    now = [each["id"] for each in after]
    assert set(now).isdisjoint(ids)
    ok(await school.admin.post(f"{path}/{now[2]}/review/", {"action": "reject", "reason": "Dull."}))
    ok(await school.admin.post(f"{path}/{now[2]}/review/", reject))
    ok(await school.admin.client.patch(f"{path}/{now[3]}/", json={"prompt": "Better?"}))
    assert (await school.admin.client.delete(f"{path}/{now[4]}/")).status_code == 204
    ok(await school.admin.post(f"{path}/{now[0]}/review/", {"action": "reject", "reason": "Hm."}))
    ok(await school.admin.post(f"{path}/{now[0]}/review/", {"action": "accept"}))
    definition, cloze = (await rules())["definition"], (await rules())["cloze"]
    counted = ("proposed", "waiting", "accepted", "edited", "rejected", "stale")
    assert [definition[name] for name in counted] == [4, 0, 0, 1, 3, 0]
    assert [cloze[name] for name in counted] == [1, 0, 1, 0, 0, 0]
    assert definition["reasons"] == [{"reason": "Too easy.", "count": 2}, {"reason": "", "count": 1}]
    # What is withdrawn after people have answered it is rejected as well, in both versions and once.
    ok(await school.admin.post(f"{path}/{ids[0]}/mend/", {"is_withdrawn": True, "reason": "Two are right."}))
    cloze = (await rules())["cloze"]
    assert [cloze[name] for name in counted] == [1, 0, 0, 0, 1, 0]
    assert cloze["reasons"] == [{"reason": "Two are right.", "count": 1}]

    assert (await school.admin.client.delete(f"/api/assignments/{work}/")).status_code == 204
    assert (await rules())["definition"] == definition, "what rules are worth outlives what they made"
    refused = await person.get("/api/reports/question-rules/")
    assert (refused.status_code, code_of(refused)) == (403, "not_allowed")
