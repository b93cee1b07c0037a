"""The player, operated by keyboard alone, and what it says and does while the server restarts."""

import re
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.integration.system.browsing import VIDEO, heading, until
from tests.integration.system.installation import LECTURE, Installation, School, wait_for
from tests.integration.system.keyboard import PATIENCE, Keyboard, keyboard_of

TEACHER = "kay@school.example"
COURSE = "Course of Springfield Elementary"
TITLE = "What feedback is for"
TOLERANCE = 1.0
"""Seconds by which a seek may miss."""


@pytest.fixture(scope="module")
def teacher(browser: Browser, school: School) -> Iterator[Keyboard]:
    """A teacher, signed in by keyboard, with a video to play."""
    content = school.upload(LECTURE, title=TITLE)
    school.teacher(TEACHER)
    school.until(content, {"READY"}, 300)
    answer = school.admin.post(f"/api/courses/{school.course}/publish/", {"action": "publish"})
    assert answer.status_code == 200, answer.text
    yield from keyboard_of(browser, school.site, TEACHER)


def seconds(keys: Keyboard) -> float:
    return float(keys.page.evaluate(f"{VIDEO}.currentTime"))


def test_the_video_is_found(teacher: Keyboard) -> None:
    page = teacher.page
    teacher.use(page.get_by_role("navigation", name="Main menu").get_by_role("link", name="My courses"))
    teacher.use(page.get_by_role("main").get_by_role("link", name=COURSE))
    teacher.stands_at(heading(page, COURSE))
    teacher.use(page.get_by_role("main").get_by_role("link", name=re.compile(TITLE)))
    teacher.stands_at(heading(page, TITLE))
    page.locator("[data-start]").first.wait_for()


def test_the_video_is_played_by_its_buttons(teacher: Keyboard) -> None:
    page = teacher.page
    teacher.use(page.get_by_role("button", name="Play", exact=True), "Space")
    until(page, f"{VIDEO}.currentTime > 0.5 && !{VIDEO}.paused")
    teacher.stands_at(page.get_by_role("button", name="Pause", exact=True))
    teacher.press("Space")
    until(page, f"{VIDEO}.paused")
    captions = page.get_by_role("button", name="Captions", exact=True)
    teacher.use(captions, "Space")
    expect(captions).to_have_attribute("aria-pressed", "true")
    until(page, f"{VIDEO}.textTracks[0].mode === 'showing'")
    teacher.press("Tab", "Enter")
    teacher.reach(page.get_by_role("combobox", name="Speed"))
    teacher.press("ArrowDown")
    until(page, f"{VIDEO}.playbackRate > 1")
    teacher.press("Escape")
    teacher.stands_at(page.get_by_role("button", name="Settings"))


def test_the_video_is_played_by_its_keys(teacher: Keyboard) -> None:
    page = teacher.page
    seek = page.get_by_role("slider", name="Position in the video")
    teacher.reach(seek, "Shift+Tab")
    teacher.press("k")
    until(page, f"{VIDEO}.currentTime > 1 && !{VIDEO}.paused")
    teacher.press("Space")
    until(page, f"{VIDEO}.paused")
    for key, by in (("l", 10), ("ArrowRight", 5), ("ArrowLeft", -5), ("j", -10), ("l", 10)):
        before = seconds(teacher)
        teacher.press(key)
        until(page, f"Math.abs({VIDEO}.currentTime - {max(0.0, before + by)}) < 0.6")
    muted = page.evaluate(f"{VIDEO}.muted")
    teacher.press("m")
    until(page, f"{VIDEO}.muted === {str(not muted).lower()}")
    teacher.press("c")
    teacher.hears("Captions off")
    until(page, f"{VIDEO}.textTracks[0].mode !== 'showing'")
    speed = page.evaluate(f"{VIDEO}.playbackRate")
    teacher.press("Shift+<")
    until(page, f"{VIDEO}.playbackRate < {speed}")
    teacher.press("?")
    page.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
    teacher.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    teacher.stands_at(seek)


def test_the_transcript_is_searched_and_followed(teacher: Keyboard) -> None:
    page = teacher.page
    lines = page.locator("[data-start]")
    teacher.press("t")
    wait_for("the transcript has the focus", lambda: teacher.is_at(lines), 20)
    teacher.reach(page.get_by_role("searchbox", name="Search"), "Shift+Tab", 4)
    teacher.type("strategy")
    found = page.get_by_role("search").get_by_role("status")
    expect(found).to_have_text(re.compile(r"^\d of \d$"))
    first = found.inner_text()
    teacher.forget()
    teacher.press("Enter")
    expect(found).not_to_have_text(first)
    second = found.inner_text()
    teacher.hears(second)
    teacher.press("Shift+Enter")
    expect(found).to_have_text(first)
    # The list is one stop, at the line that was found.
    teacher.reach(lines, most=5)
    teacher.press("Home", "ArrowDown", "ArrowDown", "ArrowUp")
    teacher.stands_at(lines.nth(1))
    teacher.look()
    teacher.reach(page.get_by_role("button", name="Back to"), most=2)
    teacher.reach(lines, "Shift+Tab", 2)
    start = float(lines.nth(1).get_attribute("data-start") or "nan")
    teacher.press("Enter")
    until(page, f"Math.abs({VIDEO}.currentTime - {start}) < 1")


def test_the_way_leads_back_to_the_course(teacher: Keyboard) -> None:
    page = teacher.page
    teacher.use(page.get_by_role("main").get_by_role("link", name=COURSE), by="Shift+Tab")
    teacher.stands_at(heading(page, COURSE))
    teacher.assert_alone()


def test_playback_survives_a_restart_of_the_server(teacher: Keyboard, embedded: Installation) -> None:
    """The last one here: meanwhile there is no server."""
    page = teacher.page
    teacher.use(page.get_by_role("main").get_by_role("link", name=re.compile(TITLE)))
    teacher.use(page.get_by_role("button", name="Play", exact=True), "Space")
    until(page, f"{VIDEO}.currentTime > 0.5 && !{VIDEO}.paused")
    embedded.stop(signal.SIGTERM, PATIENCE)
    # Beyond what is loaded.
    teacher.press("9")
    page.get_by_role("alert").filter(has_text="The connection is interrupted.").wait_for()
    teacher.look()
    embedded.start()
    page.get_by_text("The connection is interrupted.").wait_for(state="detached")
    until(page, f"{VIDEO}.currentTime > {VIDEO}.duration * 0.9 + 1")
