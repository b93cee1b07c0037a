"""What goes wrong in the middle of work, as a person meets it: sessions that end, and uploads that are dropped."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.integration.system.browsing import heading, open_context, sign_in
from tests.integration.system.filled_school import made
from tests.integration.system.installation import NEW_PASSWORD, SHORT, Installation, School, Site

ADMIN = "admin@school.example"
OTHER_ADMIN = "deputy@school.example"
TEACHER = "mina@school.example"
OTHER_TEACHER = "noel@school.example"
PATIENCE = 60_000
"""Milliseconds, on a busy machine."""


@pytest.fixture(scope="module")
def people(embedded: Installation, school: School) -> None:
    """Two who teach, and a second administrator; the course is there for everybody."""
    text = {"title": "House rules", "content_type": "TEXT", "text": "<p>Be quiet.</p>"}
    made(school.admin, f"/api/courses/{school.course}/modules/{school.module}/contents/", text)
    made(school.admin, f"/api/courses/{school.course}/publish/", {"action": "publish"})
    for email in (TEACHER, OTHER_TEACHER, OTHER_ADMIN):
        school.teacher(email)
    embedded.rewrite(f"UPDATE users SET role = 'SCHOOL_ADMIN' WHERE email = '{OTHER_ADMIN}'")  # noqa: S608 -- an address of ours


@pytest.fixture
def page(browser: Browser, school: School, people: None) -> Iterator[Page]:
    """A browser at the school's host with nobody signed in."""
    context = open_context(browser, school.site.host)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def enter(page: Page, email: str, path: str) -> None:
    """Sign in and go there."""
    sign_in(page, email, NEW_PASSWORD)
    heading(page, re.compile("^Hello")).wait_for()
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()


def end_sessions(school: School, email: str) -> Site:
    """Sign somebody out everywhere, as they can from another device, which is returned."""
    device = school.site.sign_in(email, NEW_PASSWORD)
    answer = device.request("DELETE", "/api/users/auth/sessions/")
    assert answer.status_code == 204, answer.text
    if email == ADMIN:
        school.admin = device
    return device


def sign_in_in_place(page: Page, email: str) -> None:
    """Where the end of the session has led, in this tab."""
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Account:").wait_for()


def is_told(page: Page) -> None:
    page.get_by_text("You were signed out because you had been away for a while.").wait_for()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("menuitem", name="Sign out").click()
    heading(page, "Sign in").wait_for()


def is_saved(page: Page) -> None:
    page.get_by_text(re.compile("^Saved ")).first.wait_for()


def text_box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text", exact=True)


def test_a_text_in_the_course_editor_outlives_the_session(school: School, page: Page) -> None:
    contents = school.admin.get(f"/api/courses/{school.course}/").json()["modules"][0]["contents"]
    rules = next(each for each in contents if each["content_type"] == "TEXT")
    place = f"/admin/courses/{school.course}?item={rules['id']}"
    enter(page, ADMIN, place)
    expect(text_box(page)).to_have_text("Be quiet.")
    end_sessions(school, ADMIN)
    text_box(page).fill("Be quiet, and be kind.")
    is_told(page)

    # Somebody else at the same tab is led to the same place.
    sign_in_in_place(page, OTHER_ADMIN)
    expect(text_box(page)).to_have_text("Be quiet.")
    sign_out(page)

    sign_in_in_place(page, ADMIN)
    page.goto(place)
    expect(text_box(page)).to_have_text("Be quiet, and be kind.")
    is_saved(page)
    school.admin = school.site.sign_in(ADMIN, NEW_PASSWORD)
    kept = school.admin.get(f"/api/courses/{school.course}/").json()["modules"][0]["contents"]
    assert "Be quiet, and be kind." in next(each for each in kept if each["id"] == rules["id"])["text"]


def test_something_new_for_a_course_outlives_the_session(school: School, page: Page) -> None:
    enter(page, ADMIN, f"/admin/courses/{school.course}?add=TEXT&module={school.module}")
    page.get_by_label("Title", exact=True).fill("First aid")
    text_box(page).fill("Call for help first.")
    end_sessions(school, ADMIN)
    page.get_by_role("button", name="Add to the course").click()
    is_told(page)
    sign_in_in_place(page, ADMIN)
    expect(page.get_by_label("Title", exact=True)).to_have_value("First aid")
    expect(text_box(page)).to_have_text("Call for help first.")
    page.get_by_role("button", name="Add to the course").click()
    tree = page.get_by_role("treegrid", name="Modules and items")
    expect(tree.get_by_role("row", name="First aid")).to_have_count(1)
    # It is in the course: there is nothing more to keep.
    page.goto(f"/admin/courses/{school.course}?add=TEXT&module={school.module}")
    expect(page.get_by_label("Title", exact=True)).to_have_value("")


def work_of(school: School, kind: str, title: str) -> str:
    body = {
        "course_id": school.course,
        "kind": kind,
        "title": title,
        "instructions": "In a few words.",
        "max_score": 100,
        "passing_score": 50,
        "is_published": kind != "QUIZ",
    }
    return str(made(school.admin, "/api/assignments/", body)["id"])


def test_answers_of_a_quiz_outlive_the_session(school: School, page: Page) -> None:
    quiz = work_of(school, "QUIZ", "Who said it?")
    for prompt, answer in (("Who speaks?", "Kennedy"), ("In which year?", "1961")):
        question = {"kind": "SHORT_ANSWER", "prompt": prompt, "accepted_answers": [answer]}
        made(school.admin, f"/api/assignments/{quiz}/questions/", question)
    published = school.admin.request("PATCH", f"/api/assignments/{quiz}/", json={"is_published": True})
    assert published.status_code == 200, published.text

    enter(page, TEACHER, f"/teacher/assignments/{quiz}/quiz")
    answers = page.get_by_role("region", name="Your answers")
    page.get_by_role("button", name="Start the quiz").click()
    answers.get_by_role("textbox").fill("Kennedy")
    is_saved(page)
    answers.get_by_role("link", name="Next").click()
    page.get_by_role("heading", name="Question 2 of").wait_for()
    end_sessions(school, TEACHER)
    answers.get_by_role("textbox").fill("1961")
    is_told(page)

    sign_in_in_place(page, OTHER_TEACHER)
    page.get_by_role("button", name="Start the quiz").click()
    answers.get_by_role("textbox").wait_for()
    expect(answers.get_by_role("textbox")).to_have_value("")
    sign_out(page)

    sign_in_in_place(page, TEACHER)
    page.goto(f"/teacher/assignments/{quiz}/quiz?q=2")
    expect(answers.get_by_role("textbox")).to_have_value("1961")
    is_saved(page)
    answers.get_by_role("link", name="Look over my answers").click()
    page.get_by_text("Every question is answered.").wait_for()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Hand in").click()
    page.get_by_text("Passed", exact=True).first.wait_for()


def test_a_draft_that_is_to_be_handed_in_outlives_the_session(school: School, page: Page) -> None:
    task = work_of(school, "MANUAL", "What have you tried?")
    place = f"/teacher/assignments/{task}"
    enter(page, TEACHER, place)
    field = page.get_by_label("Your text")
    field.fill("I waited three seconds.")
    end_sessions(school, TEACHER)
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Hand in").click()
    is_told(page)

    sign_in_in_place(page, OTHER_TEACHER)
    expect(field).to_have_value("")
    sign_out(page)

    sign_in_in_place(page, TEACHER)
    page.goto(place)
    expect(field).to_have_value("I waited three seconds.")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Hand in").click()
    page.get_by_text("Handed in.").first.wait_for()
    page.reload()
    page.get_by_text("I waited three seconds.").first.wait_for()


def test_a_dropped_upload_says_so_and_starts_again_with_one_click(school: School, page: Page) -> None:
    enter(page, ADMIN, f"/admin/courses/{school.course}?item={school.module}")
    page.get_by_role("group", name="Add an item").get_by_role("button", name="Video").click()

    def drop(route: Route) -> None:
        route.abort("connectionreset")

    uploads = re.compile("/contents/video-upload")
    page.route(uploads, drop)
    page.get_by_label("Upload a video").set_input_files(SHORT)
    tray = page.get_by_role("region", name="Uploads")
    expect(tray.get_by_role("alert")).to_contain_text("The connection was lost")
    page.unroute(uploads)
    tray.get_by_role("button", name="Start again").click()
    tray.get_by_text(re.compile(r"^Uploaded\.")).wait_for()
    contents = school.admin.get(f"/api/courses/{school.course}/").json()["modules"][0]["contents"]
    assert [each["content_type"] for each in contents].count("VIDEO") == 1
