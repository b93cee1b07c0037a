"""A school's first days in the browser, from its opening to its first report, against the real server and pipeline.

The tests are the stations of one journey and run in order.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integration.system.browsing import VIDEO, heading, look_over, mailed_link, open_context, sign_in, until
from tests.integration.system.installation import LECTURE, NEW_PASSWORD, OPERATOR, Installation, wait_for

SCHOOL = "Colegio San José"
ADMIN = "ines@sanjose.example"
TEACHER = "teo@sanjose.example"
COURSE = "Formative assessment"
VIDEO_TITLE = "What feedback is for"
TOLERANCE = 3.0
"""Seconds by which a seek may miss: a player begins at the nearest picture."""


@pytest.fixture(scope="module")
def platform(browser: Browser, embedded: Installation) -> Iterator[Page]:
    """An operator's browser at the Command Center."""
    email, password = OPERATOR
    embedded.lms("user", "create-super-admin", email, "--first-name", "Olga", "--last-name", "Ops", secret=password)
    context = open_context(browser, embedded.site().host)
    page = context.new_page()
    sign_in(page, email, password)
    yield page
    context.close()


@pytest.fixture(scope="module")
def admin(browser: Browser, embedded: Installation) -> Iterator[Page]:
    """The browser of the school's administrator, nobody signed in yet."""
    context = open_context(browser, embedded.site("san-jose").host)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def teacher(browser: Browser, embedded: Installation) -> Iterator[Page]:
    """The browser of a teacher, nobody signed in yet."""
    context = open_context(browser, embedded.site("san-jose").host)
    yield context.new_page()
    context.close()


def test_the_operator_opens_a_school(platform: Page) -> None:
    platform.get_by_role("navigation", name="Main menu").get_by_role("link", name="Schools").click()
    heading(platform, "Schools").wait_for()
    platform.get_by_role("link", name="Add a school").first.click()
    platform.get_by_label("Name of the school").fill(SCHOOL)
    platform.get_by_role("button", name="Next").click()
    address = platform.get_by_label("Address")
    expect(address).to_have_value("colegio-san-jose")
    address.fill("admin")
    platform.get_by_text("This word is kept for the platform.").wait_for()
    address.fill("san-jose")
    platform.get_by_text("This address is free.").wait_for()
    platform.get_by_role("button", name="Next").click()
    platform.get_by_label("First name").fill("Inés")
    platform.get_by_label("Last name").fill("Directora")
    platform.get_by_label("Email").fill(ADMIN)
    platform.get_by_role("button", name="Next").click()
    platform.get_by_role("button", name="Next").click()
    platform.get_by_role("heading", name="Is everything right?").wait_for()
    look_over(platform, "onboarding-review")
    platform.get_by_role("button", name="Open the school").click()
    heading(platform, f"{SCHOOL} is open").wait_for()
    look_over(platform, "onboarding-opened")


def test_its_administrator_comes_by_the_mailed_invitation(admin: Page, data_dir: Path) -> None:
    admin.goto(mailed_link(data_dir, ADMIN, "/accept-invitation"))
    heading(admin, f"Welcome to {SCHOOL}").wait_for()
    admin.get_by_label("New password").fill(NEW_PASSWORD)
    admin.get_by_role("button", name="Start").click()
    heading(admin, "Hello Inés").wait_for()


def test_the_school_gets_its_colours(admin: Page) -> None:
    admin.get_by_role("link", name="Settings").click()
    heading(admin, "Name and looks").wait_for()
    admin.get_by_label("Main colour", exact=True).fill("#7c2d12")
    admin.get_by_role("button", name="Save").click()
    admin.get_by_text("Saved", exact=True).wait_for()
    brand = "getComputedStyle(document.documentElement).getPropertyValue('--brand').trim()"
    assert admin.evaluate(brand) == "#7c2d12"
    admin.reload()
    expect(admin.get_by_label("Main colour", exact=True)).to_have_value("#7c2d12")


def menu(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name=name).click()


def test_a_teacher_is_invited_and_comes(admin: Page, teacher: Page, data_dir: Path) -> None:
    menu(admin, "Teachers")
    heading(admin, "Teachers").wait_for()
    admin.get_by_role("button", name="Invite a person").first.click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label("First name").fill("Teo")
    dialog.get_by_label("Last name").fill("Torres")
    dialog.get_by_label(re.compile("E-?mail")).fill(TEACHER)
    dialog.get_by_role("button", name=re.compile("invit", re.IGNORECASE)).click()
    admin.get_by_role("row", name=re.compile("Teo Torres")).wait_for()
    teacher.goto(mailed_link(data_dir, TEACHER, "/accept-invitation"))
    teacher.get_by_label("New password").fill(NEW_PASSWORD)
    teacher.get_by_role("button", name="Start").click()
    heading(teacher, "Hello, Teo").wait_for()
    teacher.get_by_text("Nothing assigned yet").wait_for()


def test_a_course_is_made_and_the_lecture_uploaded(admin: Page) -> None:
    menu(admin, "Courses")
    admin.get_by_role("button", name="New course").first.click()
    admin.get_by_role("dialog").get_by_label("Title").fill(COURSE)
    admin.get_by_role("button", name="Create and edit").click()
    heading(admin, COURSE).wait_for()
    admin.get_by_role("button", name="Add a module").click()
    admin.get_by_role("textbox", name="Title of the module").fill("Evidence of learning")
    admin.get_by_text(re.compile("^Saved")).first.wait_for()
    admin.get_by_role("group", name="Add an item").get_by_role("button", name="Video").click()
    admin.get_by_label("Upload a video").set_input_files(LECTURE)
    tray = admin.get_by_role("region", name="Uploads")
    tray.get_by_text("Uploaded. The course shows how far it is.").wait_for()
    look_over(admin, "upload-tray")


def test_the_steps_of_the_video_advance_until_it_is_ready(admin: Page) -> None:
    row = admin.get_by_role("treegrid", name="Modules and items").get_by_role("row", name=re.compile("lecture"))
    row.click()
    stages = admin.get_by_role("list", name="How far the video is")
    expect(stages.get_by_role("listitem")).to_have_count(7)
    look_over(admin, "video-being-prepared")
    expect(stages).to_contain_text(re.compile("Ready.*Done", re.DOTALL), timeout=180_000)
    made = admin.get_by_role("region", name="Made from this video")
    expect(made).to_contain_text("Quiz · 5 questions")
    look_over(admin, "video-ready")


def test_it_is_assigned_and_published_and_the_teacher_hears_of_it_at_once(admin: Page, teacher: Page) -> None:
    held = "navigator.locks.query().then(all => all.held.some(lock => lock.name.startsWith('lms-notices')))"
    wait_for("the teacher's tab listens", lambda: teacher.evaluate(held), 10)
    admin.get_by_role("button", name="Assign…").click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_text("Everybody who teaches here").click()
    dialog.get_by_role("button", name="Assign", exact=True).click()
    dialog.wait_for(state="detached")
    admin.get_by_role("button", name="Publish…").click()
    look_over(admin, "publish-checks")
    admin.get_by_role("button", name="Publish the course").click()
    admin.get_by_text(f"“{COURSE}” is published.").wait_for()
    teacher.get_by_role("button", name=re.compile(r"Notifications, \d unread")).wait_for()
    teacher.get_by_role("button", name=re.compile(r"Notifications, \d unread")).click()
    expect(teacher.get_by_role("dialog", name="Notifications")).to_contain_text(COURSE)
    teacher.keyboard.press("Escape")


def test_the_teacher_plays_it_with_captions(teacher: Page) -> None:
    menu(teacher, "Start")
    teacher.get_by_role("region", name="Start learning").get_by_role("link", name="Start").click()
    teacher.get_by_test_id("player-video").wait_for()
    teacher.locator("[data-start]").first.wait_for()
    teacher.get_by_role("button", name="Play", exact=True).click()
    until(teacher, f"{VIDEO}.currentTime > 1")
    first = teacher.evaluate(f"{VIDEO}.currentTime")
    until(teacher, f"{VIDEO}.currentTime > {first} + 1")
    teacher.get_by_role("button", name="Captions", exact=True).click()
    until(teacher, f"[...{VIDEO}.textTracks[0].activeCues].some(cue => cue.text.length > 3)")


def test_a_click_on_the_transcript_seeks_and_a_reload_resumes_there(teacher: Page) -> None:
    line = teacher.locator("[data-start]").nth(8)
    start = float(line.get_attribute("data-start") or "nan")
    line.click()
    until(teacher, f"Math.abs({VIDEO}.currentTime - {start}) < {TOLERANCE}")
    with teacher.expect_response(re.compile("/api/teacher/progress/content/")) as answer:
        teacher.get_by_role("button", name="Pause", exact=True).click()
    assert answer.value.status == 200
    stopped = teacher.evaluate(f"{VIDEO}.currentTime")
    teacher.reload()
    teacher.get_by_role("button", name=re.compile("^Resume from")).click()
    until(teacher, f"Math.abs({VIDEO}.currentTime - {stopped}) < {TOLERANCE}")
    look_over(teacher, "lecture-resumed")


def key_of(question: dict[str, Any]) -> str:
    """The right answer of a question, in words."""
    if question["kind"] == "SHORT_ANSWER":
        return str(question["accepted_answers"][0])
    return str(next(option["text"] for option in question["options"] if option["is_correct"]))


def test_the_teacher_takes_the_quiz_and_sees_the_result(embedded: Installation, teacher: Page) -> None:
    office = embedded.site("san-jose").sign_in(ADMIN, NEW_PASSWORD)
    quiz = next(each for each in office.get("/api/assignments/").json()["results"] if each["kind"] == "QUIZ")
    questions = office.get(f"/api/assignments/{quiz['id']}/questions/").json()["questions"]
    menu(teacher, "Assignments")
    heading(teacher, "Assignments").wait_for()
    look_over(teacher, "assignments")
    teacher.get_by_role("link", name=re.compile("^Quiz")).first.click()
    teacher.get_by_role("button", name="Start the quiz").click()
    for number in range(1, len(questions) + 1):
        teacher.get_by_role("heading", name=f"Question {number} of").wait_for()
        answers = teacher.get_by_role("region", name="Your answers")
        question = next(each for each in questions if each["prompt"] in (answers.text_content() or ""))
        if question["kind"] == "SHORT_ANSWER":
            answers.get_by_role("textbox").fill(key_of(question))
        else:
            answers.get_by_text(key_of(question), exact=True).click()
        if number == 1:
            look_over(teacher, "quiz-question")
        teacher.get_by_role("link", name="Look over my answers" if number == len(questions) else "Next").click()
    teacher.get_by_text("Every question is answered.").wait_for()
    look_over(teacher, "quiz-review")
    teacher.get_by_role("button", name="Hand in").click()
    teacher.get_by_role("alertdialog").get_by_role("button", name="Hand in").click()
    teacher.get_by_text("Passed", exact=True).first.wait_for()
    look_over(teacher, "quiz-result")


def test_the_report_shows_it(admin: Page) -> None:
    menu(admin, "Reports")
    admin.get_by_role("main").get_by_role("link", name="Assignments").click()
    row = admin.get_by_role("row", name=re.compile("Teo Torres.*Quiz"))
    expect(row).to_contain_text("Passed")
    look_over(admin, "report-assignments")
