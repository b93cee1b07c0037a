"""``lms demo`` as a person meets it: the command, the browser, the second start."""

import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integration.system.browsing import PICTURES, VIDEO, open_context, until
from tests.integration.system.installation import ROOT, Installation, wait_for


@pytest.fixture(scope="module")
def demo(data_dir: Path) -> Iterator[Installation]:
    """The demo, once its lecture is READY."""
    assert (ROOT / "frontend" / "dist" / "index.html").is_file(), "the pages are not built: run ./just frontend"
    installation = Installation(data_dir, (("demo",),))
    begin = time.monotonic()
    installation.start()
    wait_for("the demo is ready", lambda: "Brain LMS is ready" in installation.log(), 240)
    print(f"ready after {time.monotonic() - begin:.1f} s")
    yield installation
    if installation.processes:
        installation.stop()


@pytest.fixture(scope="module")
def page(browser: Browser, demo: Installation) -> Iterator[Page]:
    """A browser with nobody signed in."""
    context = open_context(browser, f"demo.localhost:{demo.port}")
    yield context.new_page()
    context.close()


def photograph(page: Page, name: str) -> None:
    """Pictures for people to look at, at both widths."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=PICTURES / f"{name}-{width}.png")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_it_says_where_to_go_and_what_to_type(demo: Installation) -> None:
    said = demo.log()
    for words in (
        f"http://demo.localhost:{demo.port}",
        f"http://localhost:{demo.port}",
        "teacher@demo.com / demo123",
        "admin@demo.com / demo123",
        "admin@lms.com / superadmin123",
    ):
        assert words in said
    assert "Traceback" not in said


def test_every_demo_account_signs_in_on_its_own_host_only(demo: Installation) -> None:
    school, platform = demo.site("demo"), demo.site()
    assert school.sign_in("teacher@demo.com", "demo123").get("/api/teacher/courses/").json()["count"] == 1
    assert school.sign_in("admin@demo.com", "demo123").get("/api/courses/").json()["count"] == 1
    assert platform.sign_in("admin@lms.com", "superadmin123").get("/api/super-admin/tenants/").json()["count"] == 1
    for site, email, password in (
        (platform, "teacher@demo.com", "demo123"),
        (school, "admin@lms.com", "superadmin123"),
    ):
        answer = site.post("/api/users/auth/login/", {"email": email, "password": password})
        assert (answer.status_code, answer.json()["type"]) == (401, "urn:lms:problem:invalid_credentials")


def test_a_wrong_password_is_said_in_words(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Email").fill("teacher@demo.com")
    page.get_by_label("Password", exact=True).fill("wrong")
    photograph(page, "sign-in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("wrong|not right|match", re.IGNORECASE))


def test_a_teacher_signs_in_and_plays_the_lecture(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill("demo123")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Hello, ", level=1).wait_for()
    photograph(page, "teacher-start")
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="My courses").click()
    page.get_by_role("article").first.wait_for()
    photograph(page, "my-courses")
    page.get_by_role("article").first.get_by_role("link").click()
    page.locator("main ol ol a").first.wait_for()
    photograph(page, "course")
    page.locator("main ol ol a").first.click()
    page.get_by_test_id("player-video").wait_for()
    page.locator("[data-start]").first.wait_for()
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, f"{VIDEO}.currentTime > 1")
    first = page.evaluate(f"{VIDEO}.currentTime")
    until(page, f"{VIDEO}.currentTime > {first} + 1")
    assert page.evaluate(f"{VIDEO}.videoHeight") == 720
    assert abs(page.evaluate(f"{VIDEO}.duration") - 133.04) <= 0.5


def test_captions_show(page: Page) -> None:
    if page.evaluate(f"{VIDEO}.textTracks[0].mode") != "showing":
        page.get_by_role("button", name="Captions").click()
    until(page, f"{VIDEO}.textTracks[0].mode === 'showing'")
    until(page, f"[...{VIDEO}.textTracks[0].activeCues].some(cue => cue.text.length > 3)")


def test_a_click_on_the_transcript_seeks(page: Page) -> None:
    line = page.locator("[data-start]").nth(8)
    start = float(line.get_attribute("data-start") or "nan")
    assert start > 20
    line.click()
    until(page, f"Math.abs({VIDEO}.currentTime - {start}) < 3")
    expect(line).to_have_attribute("aria-current", "true")
    # The line is marked at once; the browser changes its active cues only when the seek is through.
    shown = f"[...{VIDEO}.textTracks[0].activeCues].map(cue => cue.text).join(' ')"
    spoken = line.text_content() or ""
    wait_for(f"a caption of {spoken!r}", lambda: (page.evaluate(shown).split() or ["\0"])[0] in spoken, 20)
    photograph(page, "lecture")


def test_no_token_lies_within_reach_of_scripts(page: Page) -> None:
    assert "refresh" not in page.evaluate("document.cookie")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "eyJ" not in kept
    cookie = next(c for c in page.context.cookies() if "refresh" in c["name"])
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")


def test_a_reload_keeps_the_session_and_signing_out_ends_it(page: Page) -> None:
    page.reload()
    page.get_by_test_id("player-video").wait_for()
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.get_by_text("You are signed out").wait_for()
    page.goto("/teacher/courses")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_address_without_a_school_says_so(page: Page, demo: Installation) -> None:
    page.goto(f"http://nobody.localhost:{demo.port}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("school")
    photograph(page, "unknown-school")


def test_a_second_start_keeps_everything(demo: Installation) -> None:
    seconds = demo.stop(signal.SIGINT)
    print(f"stopped in {seconds:.2f} s")
    again = demo.start()
    print(f"started again in {again:.2f} s")
    teacher = demo.site("demo").sign_in("teacher@demo.com", "demo123")
    assert teacher.get("/api/teacher/courses/").json()["count"] == 1
    wait_for("the demo is ready again", lambda: demo.log().count("Brain LMS is ready") == 2, 60)


def test_the_demo_refuses_a_real_domain(demo: Installation) -> None:
    refused = Installation(demo.data_dir / "other", (("demo",),), {"LMS_PLATFORM_DOMAIN": "lms.example"})
    with pytest.raises(AssertionError, match="localhost only"):
        refused.lms("demo")
