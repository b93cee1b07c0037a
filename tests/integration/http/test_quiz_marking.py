"""Attempts read by administrators, answers decided, questions mended: over the real application."""

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.integration.http.conftest import FIRST_PASSWORD, Person, School, first_sign_in
from tests.integration.http.test_learning import (
    UNKNOWN,
    OpenCourse,
    code_of,
    course_of,
    new_teacher,
    new_work,
    ok,
    open_course,
)

WORDS = "Because of the light"
"""What somebody answers who is to be read by a person."""


@dataclass
class Paper:
    """A published quiz of three questions: choose, type, and say why, which a person reads."""

    school: School
    course: OpenCourse
    id: str
    choose: str
    right: str
    wrong: str
    typed: str
    open_ended: str

    @property
    def path(self) -> str:
        return f"/api/assignments/{self.id}"

    async def hand_in(self, person: Person, *, option: str = "", typed: str = "", why: str = "") -> dict[str, Any]:
        answers: dict[str, dict[str, str]] = {}
        if option:
            answers[self.choose] = {"option_id": option}
        if typed:
            answers[self.typed] = {"text": typed}
        if why:
            answers[self.open_ended] = {"text": why}
        return ok(await person.post(f"/api/teacher/quizzes/{self.id}/submit/", {"answers": answers}))

    async def attempts(self, **filters: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = ok(await self.school.admin.get(f"{self.path}/attempts/", params=filters))[
            "results"
        ]  # type: ignore[assignment]
        return found

    async def decide(self, attempt: str, question: str, person: Person | None = None, **body: bool) -> Any:
        return await (person or self.school.admin).post(f"/api/attempts/{attempt}/answers/{question}/decide/", body)

    async def mend(self, question: str, **body: object) -> Any:
        return await self.school.admin.post(f"{self.path}/questions/{question}/mend/", body)

    async def waiting(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = ok(await self.school.admin.get("/api/quiz-answers/waiting/"))["results"]  # type: ignore[assignment]
        return [each for each in found if each["assignment_id"] == self.id]


async def new_paper(school: School, **more: object) -> Paper:
    course = await open_course(school)
    work = await new_work(school, course, kind="QUIZ", title="Plants", **more)
    path = f"/api/assignments/{work['id']}"
    options = [{"text": "Right", "is_correct": True}, {"text": "Wrong"}, {"text": "Also wrong"}]
    for body in (
        {"kind": "MCQ", "prompt": "Which?", "options": options},
        {"kind": "SHORT_ANSWER", "prompt": "What is it called?", "accepted_answers": ["photosynthesis"]},
        {"kind": "SHORT_ANSWER", "prompt": "Why?", "accepted_answers": [], "points": 2},
    ):
        ok(await school.admin.post(f"{path}/questions/", body), 201)
    ok(await school.admin.client.patch(f"{path}/", json={"is_published": True}))
    first, second, third = ok(await school.admin.get(f"{path}/questions/"))["questions"]  # type: ignore[misc]
    right, wrong, _ = (option["id"] for option in first["options"])
    return Paper(school, course, str(work["id"]), first["id"], right, wrong, second["id"], third["id"])


async def new_admin(school: School, email: str) -> Person:
    body = {"email": email, "first_name": "Ada", "last_name": "Min", "role": "SCHOOL_ADMIN", "password": FIRST_PASSWORD}
    ok(await school.admin.post("/api/teachers/", body), 201)
    return await first_sign_in(school.running, school.host, email)


async def told(person: Person) -> list[str]:
    """What somebody was told of quizzes, the newest first."""
    notices = ok(await person.get("/api/notifications/"))["results"]
    return [each["message"] for each in notices if "graded" in each["message"] or "wait for" in each["message"]]  # type: ignore[attr-defined]


async def result_of(person: Person, paper: Paper) -> dict[str, Any]:
    result: dict[str, Any] = ok(await person.get(f"/api/teacher/quizzes/{paper.id}/"))["result"]  # type: ignore[assignment]
    return result


async def test_answers_wait_and_are_decided_together(school: School) -> None:
    paper, people = await new_paper(school), [await new_teacher(school) for _ in range(4)]
    for person in people[:3]:
        # Case, articles and signs make no other answer.
        await paper.hand_in(
            person, option=paper.right, typed="photosynthesis", why=f"{WORDS}!" if person is people[1] else WORDS
        )
    await paper.hand_in(people[3], option=paper.wrong, typed="respiration", why="I do not know")
    once = "Answers in “Plants” wait for somebody to read them."
    assert await told(school.admin) == [once], "once, however many wait"

    (question,) = await paper.waiting()
    assert (question["question_id"], question["waiting"], question["prompt"]) == (paper.open_ended, 4, "Why?")
    assert [answer["text"] for answer in question["answers"]] == [WORDS, f"{WORDS}!", WORDS, "I do not know"]
    waiting = await paper.attempts(waiting="true", ordering="submitted_at")
    assert [each["id"] for each in waiting] == [answer["attempt_id"] for answer in question["answers"]]
    assert {(each["state"], each["score"], each["waiting_answers"]) for each in waiting} == {("SUBMITTED", None, 1)}
    assert await paper.attempts(state="GRADED") == await paper.attempts(waiting="false") == []

    decided = ok(await paper.decide(waiting[0]["id"], paper.open_ended, is_right=True, same_answers=True))
    assert decided == {
        "attempt_id": waiting[0]["id"],
        "state": "GRADED",
        "score": 100.0,
        "passed": True,
        "waiting_answers": 0,
        "decided": 3,
        "attempts_regraded": 0,
        "newly_graded": 3,
        "scores_raised": 0,
        "newly_passed": 3,
    }
    ok(await paper.decide(waiting[3]["id"], paper.open_ended, is_right=False))
    assert await paper.waiting() == []
    assert [await told(person) for person in people] == [
        *[["“Plants” was graded: 100 %. You have passed."]] * 3,
        ["“Plants” was graded: 0 %."],
    ]
    graded = await paper.attempts(ordering="-score", search="lea learner")
    assert [each["score"] for each in graded] == [100.0, 100.0, 100.0, 0.0]

    shown = ok(await school.admin.get(f"/api/attempts/{waiting[3]['id']}/"))
    assert {**shown, **graded[3]} == shown, "the same as in the list, and more"
    choose, typed, why = shown["questions"]  # type: ignore[misc]
    assert (choose["verdict"], choose["answer"], choose["decided_by"]) == ("WRONG", {"option_id": paper.wrong}, None)
    assert {option["text"]: option["is_correct"] for option in choose["options"]}["Right"] is True
    assert (typed["accepted_answers"], typed["answer"]) == (["photosynthesis"], {"text": "respiration"})
    assert why["verdict"] == "WRONG"
    assert why["decided_by"].strip()


async def test_words_are_accepted_from_everybody_and_other_answers_still_wait(school: School) -> None:
    paper, people = await new_paper(school), [await new_teacher(school) for _ in range(3)]
    for person, why in zip(people, (WORDS, f"the {WORDS}", "I do not know"), strict=True):
        await paper.hand_in(person, option=paper.wrong, typed="assimilation", why=why)
    ids = {each["teacher"]["email"]: each["id"] for each in await paper.attempts()}
    one, two, three = (ids[person.email] for person in people)
    decided = ok(await paper.decide(one, paper.open_ended, is_right=True, accept_for_all=True))
    assert (decided["decided"], decided["attempts_regraded"], decided["newly_graded"]) == (1, 3, 2)
    (question,) = await paper.waiting()
    assert [answer["attempt_id"] for answer in question["answers"]] == [three], "the rules never call it wrong"
    # A word that the rules called wrong is accepted: both who gave it gain, and the third when theirs is graded.
    decided = ok(await paper.decide(two, paper.typed, is_right=True, accept_for_all=True))
    assert (decided["score"], decided["scores_raised"], decided["newly_passed"]) == (75.0, 2, 2)
    ok(await paper.decide(three, paper.open_ended, is_right=False))
    assert {each["id"]: each["score"] for each in await paper.attempts()} == {one: 75.0, two: 75.0, three: 25.0}
    late = await new_teacher(school)
    await paper.hand_in(late, option=paper.right, typed="Assimilation", why=WORDS.upper())
    assert (await result_of(late, paper))["score"] == 100.0
    for question_id, body in (
        (paper.typed, {"is_right": False, "accept_for_all": True}),
        (paper.choose, {"is_right": True, "accept_for_all": True}),
    ):
        refused = await paper.decide(one, question_id, **body)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "accept_for_all")
    entries = ok(await school.admin.get("/api/audit/", params={"action": "answer.decided"}))["results"]
    assert [entry["after"]["question"] for entry in entries][:2] == ["Why?", "What is it called?"]  # type: ignore[index]


async def test_nobody_loses_when_a_key_is_mended(school: School) -> None:
    paper, people = await new_paper(school), [await new_teacher(school) for _ in range(3)]
    lucky, right, third = people
    await paper.hand_in(lucky, option=paper.right, typed="photosynthesis")
    await paper.hand_in(right, option=paper.wrong, typed="photosynthesis")
    await paper.hand_in(third, option=paper.wrong, typed="respiration")
    before = {each["teacher"]["email"]: each["score"] for each in await paper.attempts()}
    assert list(map(before.get, (p.email for p in people))) == [50.0, 25.0, 0.0]
    rehearsed = ok(await paper.mend(paper.choose, correct_option_id=paper.wrong, dry_run=True))
    assert {each["teacher"]["email"]: each["score"] for each in await paper.attempts()} == before
    mended = ok(await paper.mend(paper.choose, correct_option_id=paper.wrong))
    expected = {"attempts_regraded": 3, "people": 3, "newly_graded": 0, "scores_raised": 2, "newly_passed": 0}
    assert mended == rehearsed == expected
    after = {each["teacher"]["email"]: each["score"] for each in await paper.attempts()}
    assert list(map(after.get, (p.email for p in people))) == [50.0, 50.0, 25.0]
    assert await told(lucky) == []
    assert await told(right) == [
        "“Plants” was graded again after a correction: your best score is 50 % instead of 25 %."
    ]
    # Again it is no news.
    assert ok(await paper.mend(paper.choose, correct_option_id=paper.wrong))["attempts_regraded"] == 0
    withdrawn = ok(await paper.mend(paper.open_ended, is_withdrawn=True, reason="Nobody can know."))
    assert (withdrawn["scores_raised"], withdrawn["newly_passed"]) == (2, 1)
    assert (await result_of(right, paper))["passed"] is True
    # Who passes now has done what the course asks for.
    ok(await right.post(f"/api/teacher/progress/content/{paper.course.contents[0]}/complete/"))
    assert (await course_of(right, paper.course))["is_complete"] is True
    # A draft that was made of it meanwhile is mended with it; one whose key a person changed is not.
    entries = ok(await school.admin.get("/api/audit/", params={"action": "question.mended"}))["results"]
    assert [entry["after"]["question"] for entry in entries] == ["Why?", "Which?"]  # type: ignore[index]


async def test_mending_reaches_copies_and_every_version(school: School) -> None:
    paper, early, late = await new_paper(school), await new_teacher(school), await new_teacher(school)
    await paper.hand_in(early, option=paper.wrong)
    another = {"kind": "SHORT_ANSWER", "prompt": "And?", "accepted_answers": ["so"]}
    ok(await school.admin.post(f"{paper.path}/questions/", another), 201)
    ok(await school.admin.client.patch(f"{paper.path}/", json={"is_published": True}))
    newer = ok(await school.admin.get(f"{paper.path}/questions/"))
    assert newer["version"] == 2
    copy = newer["questions"][0]  # type: ignore[index]
    path = f"/api/teacher/quizzes/{paper.id}/submit/"
    ok(await late.post(path, {"answers": {copy["id"]: {"option_id": paper.wrong}}}))
    ok(await school.admin.post(f"{paper.path}/questions/", {**another, "prompt": "And then?"}), 201)
    mended = ok(await paper.mend(copy["id"], correct_option_id=paper.wrong))
    assert (mended["attempts_regraded"], mended["scores_raised"]) == (2, 2), "at both versions"
    draft = ok(await school.admin.get(f"{paper.path}/questions/"))
    assert (draft["version"], draft["state"]) == (3, "DRAFT")
    options = draft["questions"][0]["options"]  # type: ignore[index]
    assert [option["id"] for option in options if option["is_correct"]] == [paper.wrong]


async def test_mending_and_handing_in_at_once_agree(school: School) -> None:
    paper = await new_paper(school)
    people = [await new_teacher(school) for _ in range(6)]
    for person in people[:2]:
        await paper.hand_in(person, option=paper.wrong)
    answers = await asyncio.gather(
        *(paper.hand_in(person, option=paper.wrong) for person in people[2:4]),
        paper.mend(paper.choose, correct_option_id=paper.wrong),
        *(paper.hand_in(person, option=paper.wrong) for person in people[4:]),
    )
    assert ok(answers[2])["attempts_regraded"] in range(2, 7)
    assert {each["score"] for each in await paper.attempts()} == {25.0}


async def test_two_administrators_decide_the_same_answer(school: School) -> None:
    paper, person = await new_paper(school), await new_teacher(school)
    other = await new_admin(school, "second@school.example")
    await paper.hand_in(person, option=paper.right, why=WORDS)
    (attempt,) = await paper.attempts()
    both = await asyncio.gather(
        paper.decide(attempt["id"], paper.open_ended, is_right=True),
        paper.decide(attempt["id"], paper.open_ended, other, is_right=False),
    )
    assert sorted(each.status_code for each in both) == [200, 409]
    refused = next(each for each in both if each.status_code == 409)
    assert code_of(refused) == "already_decided"
    second = other if refused is both[1] else school.admin
    is_right = refused is both[0]
    ok(await paper.decide(attempt["id"], paper.open_ended, second, is_right=not is_right)), "they agree"
    ok(await paper.decide(attempt["id"], paper.open_ended, second, is_right=is_right, overrule=True))
    (attempt,) = await paper.attempts()
    assert attempt["score"] == (75.0 if is_right else 25.0)
    # What a person decided holds when the question is mended.
    ok(await paper.decide(attempt["id"], paper.choose, is_right=False))
    ok(await paper.mend(paper.choose, correct_option_id=paper.wrong))
    ok(await paper.mend(paper.choose, correct_option_id=paper.right))
    shown = ok(await school.admin.get(f"/api/attempts/{attempt['id']}/"))
    assert shown["questions"][0]["verdict"] == "WRONG"  # type: ignore[index]
    agreed = await asyncio.gather(
        *(paper.decide(attempt["id"], paper.typed, admin, is_right=True) for admin in (school.admin, other))
    )
    assert [each.status_code for each in agreed] == [200, 200]


async def test_what_cannot_be_decided_or_mended(school: School, other_school: School) -> None:
    paper, person, elsewhere = await new_paper(school), await new_teacher(school), await new_paper(other_school)
    ok(await person.post(f"/api/teacher/quizzes/{paper.id}/start/"))
    (attempt,) = await paper.attempts()
    assert (attempt["state"], attempt["submitted_at"]) == ("OPEN", None)
    open_one = await paper.decide(attempt["id"], paper.choose, is_right=True)
    assert (open_one.status_code, code_of(open_one)) == (409, "attempt_open")
    ok(
        await person.client.put(
            f"/api/teacher/quizzes/{paper.id}/draft/", json={"answers": {paper.typed: {"text": "x"}}}
        )
    )
    shown = ok(await school.admin.get(f"/api/attempts/{attempt['id']}/"))
    assert {each["answer"] for each in shown["questions"]} == {None}, "what is kept of it is their own business"  # type: ignore[attr-defined]
    await paper.hand_in(person, typed="x")
    for admin, path in (
        (school.admin, f"/api/attempts/{UNKNOWN}/"),
        (other_school.admin, f"/api/attempts/{attempt['id']}/"),
        (other_school.admin, f"{paper.path}/attempts/"),
    ):
        assert (await admin.get(path)).status_code == 404
    for response in (
        await paper.decide(attempt["id"], UNKNOWN, is_right=True),
        await elsewhere.decide(attempt["id"], paper.choose, is_right=True),
        await elsewhere.mend(paper.choose, is_withdrawn=True),
        await paper.mend(UNKNOWN, is_withdrawn=True),
    ):
        assert response.status_code == 404, response.text
    for body, where in (
        ({}, ""),
        ({"correct_option_id": UNKNOWN}, "correct_option_id"),
        ({"accepted_answers": ["x"]}, "accepted_answers"),
        ({"tolerance": 1}, "tolerance"),
    ):
        refused = await paper.mend(paper.choose, **body)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, where)
    none_left = await paper.mend(paper.typed, accepted_answers=[])
    assert (none_left.status_code, none_left.json()["errors"][0]["field"]) == (400, "accepted_answers")
    for question in (paper.choose, paper.typed):
        ok(await paper.mend(question, is_withdrawn=True))
    emptied = await paper.mend(paper.open_ended, is_withdrawn=True)
    assert (emptied.status_code, code_of(emptied)) == (409, "quiz_empty")


async def test_a_learner_sees_nothing_of_it(school: School) -> None:
    paper, person = await new_paper(school), await new_teacher(school)
    await paper.hand_in(person, option=paper.wrong, why=WORDS)
    (attempt,) = await paper.attempts()
    for response in (
        await person.get(f"{paper.path}/attempts/"),
        await person.get(f"/api/attempts/{attempt['id']}/"),
        await person.get("/api/quiz-answers/waiting/"),
        await paper.decide(attempt["id"], paper.open_ended, person, is_right=True),
        await person.post(f"{paper.path}/questions/{paper.choose}/mend/", {"is_withdrawn": True}),
    ):
        assert (response.status_code, code_of(response)) == (403, "not_allowed")
        assert "photosynthesis" not in response.text
    # Grading again says nothing about the key to whoever has attempts left.
    ok(await paper.mend(paper.typed, accepted_answers=["photosynthesis", "assimilation"]))
    ok(await paper.decide(attempt["id"], paper.open_ended, is_right=True))
    seen = (await person.get(f"/api/teacher/quizzes/{paper.id}/")).text + str(await told(person))
    assert not any(word in seen for word in ("assimilation", "photosynthesis", "correct_answer", "is_correct"))
