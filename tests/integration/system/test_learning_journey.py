"""A teacher skips ahead, is told what is missing, plays only that, fails the quiz, watches the part that a wrong answer
is about, passes, and the school's report says so: in the browser, against the real server and pipeline.

The tests are the stations of one journey and run in order.
"""

import csv
import io
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.integration.system.browsing import VIDEO, heading, look_over, open_context, photograph, sign_in, until
from tests.integration.system.installation import LECTURE, NEW_PASSWORD, Installation, School, Site, wait_for

LECTURE_SECONDS = 80
"""As much of the lecture as the generator needs to ask four questions."""
TITLE = "What feedback is for"
ADMIN = "admin@school.example"
TEACHER = "tara@school.example"
SPEED = 2
"""The highest that the player offers and the server believes."""
TOLERANCE = 3.0
"""Seconds of the video: at that speed a busy machine looks at its clock seldom."""
SLOW = 120_000
"""Milliseconds that playing a part of the video may take on a busy machine."""
WRONG_TEXT = "a guess"

RECORDER = """
window.visited = []
addEventListener('timeupdate', ({ target }) => {
  if (!target.paused && !target.seeking) visited.push(target.currentTime)
}, true)
"""
"""Keeps every second at which a video was seen playing."""

Seconds = list[tuple[int, int]]


@dataclass
class Journey:
    """A school with a short lecture that is READY, and its quiz. ``tara`` is the teacher on another device."""

    school: School
    tara: Site
    content: str
    quiz: str
    questions: dict[str, dict[str, Any]]
    """With their keys, by prompt."""
    watched_elsewhere: Seconds = field(default_factory=list)

    def lesson(self) -> dict[str, Any]:
        """The video as the teacher's course has it."""
        return dict(self.my_course()["modules"][0]["contents"][0])

    def my_course(self) -> dict[str, Any]:
        return dict(self.tara.get(f"/api/teacher/courses/{self.school.course}/").json())

    def watched(self) -> Seconds:
        return [(int(start), int(end)) for start, end in self.lesson()["watched"]]

    def missed(self) -> Seconds:
        """What is left of the video, as the server tells the teacher."""
        missing = self.tara.get(f"/api/teacher/courses/{self.school.course}/completion/").json()["missing"]
        return [tuple(part) for part in next(each for each in missing if each["id"] == self.content)["unwatched"]]

    def percentages(self) -> set[float]:
        """How far the teacher is, by their own page, the report's page and its file: one number."""
        report = "/api/reports/course-completion/"
        rows = self.school.admin.get(report).json()["results"]
        row = next(each for each in rows if each["teacher_email"] == TEACHER)
        line = line_of_tara(self.school.admin.get(report, params={"format": "csv"}).text)
        return {self.my_course()["progress"]["percentage"], row["percentage"], float(line["percentage"])}


def line_of_tara(file: str) -> dict[str, str]:
    """What a report's file says of the teacher."""
    return next(line for line in csv.DictReader(io.StringIO(file)) if line["teacher_email"] == TEACHER)


@pytest.fixture(scope="module")
def journey(embedded: Installation, data_dir: Path) -> Journey:
    school = embedded.school("Riverside International School")
    cut = data_dir / "lecture.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-i", LECTURE, "-t", str(LECTURE_SECONDS), "-c", "copy", cut], check=True)
    course = f"/api/courses/{school.course}/"
    assert school.admin.request("PATCH", course, json={"title": "Formative assessment"}).status_code == 200
    content = school.upload(cut, title=TITLE)
    assert school.admin.post(f"{course}publish/", {"action": "publish"}).status_code == 200
    tara = school.teacher(TEACHER)
    wait_for("the video can be played", lambda: school.status_of(content)["video_asset"]["playable"], 180)
    # Watched on a phone, at the pace at which it can be: while the rest of the pipeline is at work.
    progress = f"/api/teacher/progress/content/{content}/"
    assert tara.post(f"{progress}start/").status_code == 200
    status = school.until(content, {"READY", "FAILED"})
    quiz = next(each for each in status["assignments"] if each["kind"] == "QUIZ")
    assert quiz["is_published"], quiz
    report = {"watched": [[30, 52]], "position_seconds": 52, "playback_rate": SPEED}

    def is_believed() -> bool:
        answer = tara.request("PATCH", progress, json=report)
        assert answer.status_code == 200, answer.text
        return not answer.json()["rejected"]

    wait_for("there was time to watch it", is_believed, 60, pause=0.5)
    questions = school.admin.get(f"/api/assignments/{quiz['id']}/questions/").json()["questions"]
    assert len(questions) >= 3
    return Journey(school, tara, content, quiz["id"], {each["prompt"]: each for each in questions}, [(30, 52)])


@pytest.fixture(scope="module")
def teacher(browser: Browser, journey: Journey) -> Iterator[Page]:
    """The teacher's browser."""
    context = open_context(browser, journey.school.site.host)
    context.add_init_script(RECORDER)
    page = context.new_page()
    sign_in(page, TEACHER, NEW_PASSWORD)
    heading(page, "Hello, Tara").wait_for()
    yield page
    context.close()


@pytest.fixture(scope="module")
def admin(browser: Browser, journey: Journey) -> Iterator[Page]:
    """The browser of the school's administrator."""
    context = open_context(browser, journey.school.site.host)
    page = context.new_page()
    sign_in(page, ADMIN, NEW_PASSWORD)
    yield page
    context.close()


def player(page: Page) -> Locator:
    return page.get_by_role("region", name=f"Video: {TITLE}")


def seconds_on_the_bar(page: Page) -> list[tuple[float, float]]:
    """What the line below the seek bar shows as watched."""
    strip = "[...document.querySelectorAll('[data-testid=watched] span')]"
    shares = page.evaluate(f"{strip}.map(({{ style }}) => [parseFloat(style.left), parseFloat(style.width)])")
    length = page.evaluate(f"{VIDEO}.duration")
    return [(left / 100 * length, (left + width) / 100 * length) for left, width in shares]


def visited(page: Page) -> list[float]:
    return list(page.evaluate("visited"))


def forget_visited(page: Page) -> None:
    page.evaluate("visited.length = 0")


def test_who_skips_to_the_end_has_watched_only_what_went_by(teacher: Page, journey: Journey) -> None:
    teacher.get_by_role("region", name="Continue learning").get_by_role("link", name="Resume").click()
    player(teacher).get_by_role("button", name="Settings").click()
    player(teacher).get_by_label("Speed").select_option(str(SPEED))
    teacher.keyboard.press("Escape")
    player(teacher).get_by_role("button", name="Start over").click()
    until(teacher, f"{VIDEO}.currentTime > 5 && {VIDEO}.currentTime < 20")
    player(teacher).focus()
    teacher.keyboard.press("9")
    until(teacher, f"{VIDEO}.ended")
    length = teacher.evaluate(f"{VIDEO}.duration")
    wait_for("the last second is known", lambda: journey.watched()[-1][1] >= length, 20)
    watched = journey.watched()
    assert watched[0][0] == 0
    assert watched[0][1] < 20, "what was skipped does not count"
    assert watched[1:-1] == journey.watched_elsewhere
    assert watched[-1][0] >= 0.9 * LECTURE_SECONDS - 1

    def shows_it() -> bool:
        bar = seconds_on_the_bar(teacher)
        return len(bar) == len(watched) and all(
            abs(shown - min(known, length)) < 0.1
            for pair, known_pair in zip(bar, watched, strict=True)
            for shown, known in zip(pair, known_pair, strict=True)
        )

    wait_for(f"the bar shows {watched}", shows_it, 10)
    assert journey.lesson()["status"] == "IN_PROGRESS"
    look_over(teacher, "learning-skipped-ahead")


def test_the_course_is_not_complete_and_says_what_is_missing(teacher: Page, journey: Journey) -> None:
    teacher.get_by_role("navigation", name="Where you are").get_by_role("link", name="Formative assessment").click()
    missing = teacher.get_by_role("region", name="What is still missing")
    video = missing.get_by_role("listitem").filter(has=teacher.get_by_role("link", name=TITLE, exact=True))
    expect(video).to_contain_text("Not watched enough yet")
    parts = [start for start, _ in journey.missed()]
    address = f"/teacher/courses/{journey.school.course}/contents/{journey.content}"
    expect(video.get_by_role("link", name="Play what I missed")).to_have_attribute("href", f"{address}?missed=1")
    for place, start in enumerate(parts):
        link = video.get_by_role("link", name=re.compile("^From .* to .*"))
        expect(link.nth(place)).to_have_attribute("href", f"{address}?t={start}")
    quiz = missing.get_by_role("link", name=f"Quiz: {TITLE}")
    expect(quiz).to_have_attribute("href", f"/teacher/assignments/{journey.quiz}/quiz")
    assert len(journey.percentages()) == 1
    look_over(teacher, "learning-what-is-missing", whole=True)


def test_only_what_was_missed_is_played_and_nothing_is_lost_without_a_network(teacher: Page, journey: Journey) -> None:
    parts = journey.missed()
    assert len(parts) == 2
    forget_visited(teacher)
    teacher.get_by_role("link", name="Play what I missed").click()
    run = player(teacher).get_by_test_id("missed")
    expect(run).to_contain_text("Playing only what you missed: part 1 of 2")
    until(teacher, f"visited.length > 0 && {VIDEO}.buffered.length > 0 && {VIDEO}.buffered.end(0) > {parts[0][1]}")
    teacher.context.set_offline(offline=True)
    known = journey.watched()
    unsent = teacher.get_by_text("What you watched is kept on this device")
    unsent.wait_for(timeout=SLOW)
    photograph(teacher, "learning-offline-1280")
    played = visited(teacher)
    assert journey.watched() == known
    teacher.context.set_offline(offline=False)
    unsent.wait_for(state="detached")
    seen = {int(second) for second in played if second < int(played[-1])}

    def has_arrived() -> bool:
        return all(any(start <= second < end for start, end in journey.watched()) for second in seen)

    wait_for("what was watched without a network", has_arrived, 20)
    expect(run).to_contain_text("That was enough: this video counts as done.", timeout=SLOW)
    seconds = visited(teacher)
    outside = [second for second in seconds if not any(start - 1 <= second <= end + TOLERANCE for start, end in parts)]
    assert outside == []
    for start, end in parts:
        here = [second for second in seconds if start - 1 <= second <= end + TOLERANCE]
        assert here[0] < start + TOLERANCE
        assert here[-1] >= end
    lesson = journey.lesson()
    assert (lesson["status"], lesson["coverage"]) == ("COMPLETED", 100)
    look_over(teacher, "learning-played-what-was-missed")


def answer_all(page: Page, journey: Journey, answer: Callable[[dict[str, Any]], str], *, begin: int = 1) -> None:
    """Answer from question ``begin`` to the last one and look at all of them."""
    count = len(journey.questions)
    for number in range(begin, count + 1):
        page.get_by_role("heading", name=f"Question {number} of {count}").wait_for()
        answer_one(page, journey, answer)
        page.get_by_role("link", name="Look over my answers" if number == count else "Next").click()
    page.get_by_text("Every question is answered.").wait_for()


def answer_one(page: Page, journey: Journey, answer: Callable[[dict[str, Any]], str]) -> dict[str, Any]:
    """Answer what is asked just now; the question with its key."""
    asked = page.get_by_role("region", name="Your answers")
    text = asked.text_content() or ""
    question = next(question for prompt, question in journey.questions.items() if prompt in text)
    if question["kind"] == "SHORT_ANSWER":
        asked.get_by_role("textbox").fill(answer(question))
    else:
        asked.get_by_role("radio", name=answer(question), exact=True).check(force=True)
    return question


def right(question: dict[str, Any]) -> str:
    if question["kind"] == "SHORT_ANSWER":
        return str(question["accepted_answers"][0])
    return str(next(option["text"] for option in question["options"] if option["is_correct"]))


def wrong(question: dict[str, Any]) -> str:
    if question["kind"] == "SHORT_ANSWER":
        return WRONG_TEXT
    return str(next(option["text"] for option in question["options"] if not option["is_correct"]))


def hand_in(page: Page) -> str:
    """What the server says to it."""
    page.get_by_role("button", name="Hand in").click()
    with page.expect_response(re.compile("/submit/?$")) as answer:
        page.get_by_role("alertdialog").get_by_role("button", name="Hand in").click()
    assert answer.value.status == 200
    return answer.value.text()


def test_answers_survive_a_reload_and_wrong_ones_fail(teacher: Page, journey: Journey) -> None:
    teacher.get_by_role("link", name="Back to the course").or_(
        teacher.get_by_role("navigation", name="Where you are").get_by_role("link", name="Formative assessment")
    ).first.click()
    missing = teacher.get_by_role("region", name="What is still missing")
    expect(missing.get_by_role("listitem")).to_have_count(1)
    assert len(journey.percentages()) == 1
    missing.get_by_role("link", name=f"Quiz: {TITLE}").click()
    heading(teacher, f"Quiz: {TITLE}").wait_for()
    look_over(teacher, "learning-quiz-intro")
    teacher.get_by_role("button", name="Start the quiz").click()
    count = len(journey.questions)
    teacher.get_by_role("heading", name=f"Question 1 of {count}").wait_for()
    first = answer_one(teacher, journey, right)
    teacher.get_by_role("link", name="Next").click()
    teacher.get_by_role("heading", name=f"Question 2 of {count}").wait_for()
    second = answer_one(teacher, journey, wrong)
    teacher.reload()
    teacher.get_by_role("heading", name=f"Question 2 of {count}").wait_for()
    assert given(teacher, second) == wrong(second)
    look_over(teacher, "learning-quiz-question")
    teacher.get_by_role("link", name="Question 1, answered").click()
    teacher.get_by_role("heading", name=f"Question 1 of {count}").wait_for()
    assert given(teacher, first) == right(first)
    teacher.get_by_role("link", name="Next").click()
    answer_all(teacher, journey, wrong, begin=2)
    look_over(teacher, "learning-quiz-review")
    said = hand_in(teacher)
    teacher.get_by_role("heading", name="Not passed yet").wait_for()
    # Nothing says what is right as long as it can be tried again, but where to look is said.
    assert not any(f'"{key}":' in said for key in ("correct_answer", "explanation", "evidence", "quote", "is_correct"))
    assert not any(each["evidence"]["quote"] in said for each in journey.questions.values())
    teacher.get_by_text("The right answers are shown when you have passed").wait_for()
    expect(teacher.get_by_text("Right answer:")).to_have_count(0)
    expect(teacher.get_by_text("Not right", exact=True)).to_have_count(count - 1)
    expect(teacher.get_by_role("link", name="Watch this part")).to_have_count(count - 1)
    look_over(teacher, "learning-quiz-failed", whole=True)


def given(page: Page, question: dict[str, Any]) -> str:
    """What the page has as the answer."""
    asked = page.get_by_role("region", name="Your answers")
    if question["kind"] == "SHORT_ANSWER":
        return asked.get_by_role("textbox").input_value()
    chosen = asked.get_by_role("radio", checked=True)
    return next(option["text"] for option in question["options"] if chosen.get_attribute("value") == option["id"])


def test_a_wrong_answer_leads_to_its_part_of_the_video_which_plays(teacher: Page, journey: Journey) -> None:
    result = teacher.get_by_role("article").filter(has_text="Not right").last
    text = result.text_content() or ""
    question = next(question for prompt, question in journey.questions.items() if prompt in text)
    start = int(question["evidence"]["start"])
    forget_visited(teacher)
    result.get_by_role("link", name="Watch this part").click()
    until(teacher, f"visited.length > 0 && visited.at(-1) > {start} + 1")
    assert start - 1 <= visited(teacher)[0] <= start + TOLERANCE
    player(teacher).get_by_role("button", name="Pause", exact=True).click()
    until(teacher, f"{VIDEO}.paused")
    look_over(teacher, "learning-evidence")


def test_the_quiz_is_taken_again_and_passed(teacher: Page, journey: Journey) -> None:
    teacher.get_by_role("region", name="Assignments").get_by_role("link", name=f"Quiz: {TITLE}").click()
    teacher.get_by_role("button", name="Try again").click()
    answer_all(teacher, journey, right)
    hand_in(teacher)
    teacher.get_by_role("heading", name="Passed").wait_for()
    expect(teacher.get_by_text("Right", exact=True)).to_have_count(len(journey.questions))
    quote = journey.questions[next(iter(journey.questions))]["evidence"]["quote"]
    teacher.get_by_text(quote).wait_for()
    look_over(teacher, "learning-quiz-passed", whole=True)


def test_the_course_is_complete_and_its_certificate_can_be_checked_by_anybody(
    browser: Browser, teacher: Page, journey: Journey
) -> None:
    teacher.get_by_role("link", name="Back to the course").click()
    teacher.get_by_role("heading", name="Well done! You have completed this course.").wait_for()
    assert journey.percentages() == {100.0}
    look_over(teacher, "learning-course-complete", whole=True)
    teacher.get_by_role("link", name="To my certificate").click()
    heading(teacher, "My certificates").wait_for()
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="Download PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    look_over(teacher, "learning-certificates")
    shown = teacher.get_by_role("link", name="See what others see").get_attribute("href") or ""
    context = open_context(browser, journey.school.site.host)
    stranger = context.new_page()
    stranger.goto(shown)
    heading(stranger, "This certificate is genuine").wait_for()
    for fact in ("Tara Teacher", "Formative assessment", "Riverside International School"):
        expect(stranger.get_by_role("definition").filter(has_text=fact)).to_have_count(1)
    look_over(stranger, "learning-certificate-checked")
    stranger.goto(shown[:-1] + ("0" if shown[-1] != "0" else "1"))
    heading(stranger, "There is no such certificate").wait_for()
    context.close()


def test_the_report_of_the_school_says_so(admin: Page, journey: Journey) -> None:
    admin.get_by_role("navigation", name="Main menu").get_by_role("link", name="Reports").click()
    row = admin.get_by_role("row", name=re.compile("Tara Teacher.*Formative assessment"))
    expect(row).to_contain_text("Completed")
    expect(row).to_contain_text("100%")
    with admin.expect_download() as download:
        admin.get_by_role("button", name="Export").click()
        admin.get_by_role("menuitem", name="Spreadsheet (CSV)").click()
    line = line_of_tara(download.value.path().read_text())
    assert (line["teacher_name"], line["status"], float(line["percentage"])) == ("Tara Teacher", "COMPLETED", 100.0)
    look_over(admin, "learning-report")
    admin.get_by_role("main").get_by_role("link", name="Assignments").click()
    row = admin.get_by_role("row", name=re.compile(f"Tara Teacher.*Quiz: {TITLE}"))
    expect(row).to_contain_text("Passed")
    expect(row).to_contain_text("100")
