"""What the answers of many say about a quiz, over the real application."""

import random
import statistics
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from lms_app.ports.unit_of_work import UnitOfWork
from lms_app.scope import TenantScope
from lms_domain.learning.attempt import QuizAttempt, begin_attempt
from lms_domain.learning.grading import Answer, OptionAnswer, TextAnswer, Verdict
from lms_domain.learning.quiz import McqQuestion, Quiz
from tests.integration.http.conftest import School
from tests.integration.http.test_learning import UNKNOWN, code_of, new_quiz, new_teacher, ok, open_course

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
        quiz = await tx.quizzes.published(UUID(work))
        assert quiz is not None
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
