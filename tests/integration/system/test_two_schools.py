"""Two schools side by side in one browser, each in a tab of its own: neither ever sees anything of the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integration.system.browsing import heading, open_context, settle
from tests.integration.system.filled_school import made
from tests.integration.system.installation import (
    ADMIN_PASSWORD,
    NEW_PASSWORD,
    Installation,
    School,
    Site,
    first_sign_in,
    wait_for,
)

ADMIN = "admin@school.example"
"""The same address at both schools: two accounts all the same."""
PATIENCE = 60_000
"""Milliseconds, on a busy machine."""


@dataclass
class Tab:
    """A school as one tab shows it. Nothing with ``mark`` in it stands anywhere but in this school."""

    page: Page
    school: School
    color: str
    mark: str
    teacher: Site
    task: str
    paths: tuple[str, ...]
    """Addresses with ids of this school, below its host."""

    @property
    def words(self) -> list[str]:
        return [f"{kind} {self.mark}" for kind in ("School", "Course", "Text", "Group", "Task")] + [
            f"{self.mark} Weber"
        ]

    def open(self, path: str) -> None:
        self.page.goto(f"http://{self.school.site.host}{path}")
        self.page.get_by_role("heading", level=1).first.wait_for()
        settle(self.page)


def fill(page: Page, school: School, mark: str, color: str) -> Tab:
    """Give the school one thing of each kind, with its mark."""
    admin = school.admin
    change = {"primary_color": color, "name": f"School {mark}"}
    answer = admin.request("PATCH", "/api/tenants/settings/", json=change)
    assert answer.status_code == 200, answer.text
    admin.request("PATCH", f"/api/courses/{school.course}/", json={"title": f"Course {mark}"})
    contents = f"/api/courses/{school.course}/modules/{school.module}/contents/"
    text = made(admin, contents, {"title": f"Text {mark}", "content_type": "TEXT", "text": "<p>Read.</p>"})["id"]
    made(admin, f"/api/courses/{school.course}/publish/", {"action": "publish"})
    person = {"email": "t@school.example", "first_name": mark, "last_name": "Weber", "password": ADMIN_PASSWORD}
    teacher = made(admin, "/api/teachers/", person)["id"]
    group = made(admin, "/api/teacher-groups/", {"name": f"Group {mark}", "kind": "SUBJECT"})["id"]
    work = {
        "course_id": school.course,
        "kind": "MANUAL",
        "title": f"Task {mark}",
        "instructions": "Write.",
        "max_score": 10,
        "passing_score": 5,
        "is_published": True,
    }
    task = str(made(admin, "/api/assignments/", work)["id"])
    paths = (
        f"/admin/courses/{school.course}",
        f"/admin/courses/{school.course}/preview",
        f"/admin/courses/{school.course}?item={text}",
        f"/admin/teachers/{teacher}",
        f"/admin/groups/{group}",
        f"/admin/assignments/{task}",
    )
    return Tab(page, school, color, mark, first_sign_in(school.site, "t@school.example"), task, paths)


@pytest.fixture(scope="module")
def tabs(browser: Browser, embedded: Installation) -> Iterator[tuple[Tab, Tab]]:
    """One browser with a tab at each school, nobody signed in yet."""
    context = open_context(browser, embedded.site().host, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    one, two = (
        fill(context.new_page(), embedded.school(f"{mark} Academy"), mark, color)
        for mark, color in (("Amber", "#7c2d12"), ("Cobalt", "#1e3a8a"))
    )
    yield one, two
    context.close()


def assert_strange(tab: Tab, other: Tab) -> None:
    """Nothing of the other school is on the page, be it seen or only heard or in the title."""
    markup = tab.page.content() + tab.page.title()
    assert other.mark not in markup
    color = tab.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand').trim()")
    assert color == tab.color


def both(tabs: tuple[Tab, Tab]) -> tuple[tuple[Tab, Tab], tuple[Tab, Tab]]:
    return tabs, (tabs[1], tabs[0])


def test_who_is_signed_in_at_one_school_is_a_stranger_at_the_other(tabs: tuple[Tab, Tab]) -> None:
    for tab in tabs:
        tab.open("/admin")
        heading(tab.page, "Sign in").wait_for()
        expect(tab.page.get_by_text(tab.words[0]).first).to_be_visible()
        tab.page.goto(f"http://{tab.school.site.host}/login")
        tab.page.get_by_label("Email").fill(ADMIN)
        tab.page.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
        tab.page.get_by_role("button", name="Sign in").click()
        heading(tab.page, "Hello Ada").wait_for()
    for tab, other in both(tabs):
        tab.page.reload()
        heading(tab.page, "Hello Ada").wait_for()
        settle(tab.page)
        assert_strange(tab, other)


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/admin/courses", "Course"),
        ("/admin/teachers", "Weber"),
        ("/admin/groups", "Group"),
        ("/admin/assignments", "Task"),
        ("/admin/reports", "Weber"),
        ("/admin/audit", "Ada Lee"),
        ("/admin/settings", "School"),
    ],
)
def test_lists_hold_what_is_of_the_school(tabs: tuple[Tab, Tab], path: str, own: str) -> None:
    for tab, other in both(tabs):
        tab.open(path)
        wait_for(f"{own} at {path}", lambda tab=tab: own in tab.page.content(), 30)
        assert_strange(tab, other)


def test_addresses_of_the_other_school_lead_nowhere(tabs: tuple[Tab, Tab]) -> None:
    for tab, other in both(tabs):
        for mine, theirs in zip(tab.paths, other.paths, strict=True):
            # Somebody types the address of a thing of the other school below their own host.
            tab.open(theirs)
            tab.page.get_by_text(
                re.compile("not found|no longer|does not exist|not there", re.IGNORECASE)
            ).first.wait_for()
            assert_strange(tab, other)
            tab.open(mine)
            wait_for(
                f"{mine} is there", lambda tab=tab: any(words in tab.page.content() for words in tab.words[1:]), 30
            )


def test_news_of_one_school_is_heard_there_alone(tabs: tuple[Tab, Tab]) -> None:
    one, two = tabs
    for tab in tabs:
        tab.open("/admin")
        held = "navigator.locks.query().then(all => all.held.some(lock => lock.name.startsWith('lms-notices')))"
        wait_for("the tab listens", lambda tab=tab, held=held: tab.page.evaluate(held), 20)
    made(two.teacher, f"/api/teacher/assignments/{two.task}/submit/", {"submission_text": "Done."})
    assert_hears(two, one)
    # What comes later has come: so would have what came before it.
    made(one.teacher, f"/api/teacher/assignments/{one.task}/submit/", {"submission_text": "Done."})
    assert_hears(one, two)
    one.open("/admin/notifications")
    expect(one.page.get_by_role("main")).to_contain_text("Task Amber")
    assert_strange(one, two)


def assert_hears(tab: Tab, other: Tab) -> None:
    """There is news of the own school, and none of the other."""
    tab.page.get_by_role("button", name=re.compile(r"Notifications, \d unread")).click()
    expect(tab.page.get_by_role("dialog", name="Notifications")).to_contain_text(f"Task {tab.mark}")
    assert_strange(tab, other)


def test_who_leaves_one_school_stays_at_the_other(tabs: tuple[Tab, Tab]) -> None:
    one, two = tabs
    two.open("/admin")
    two.page.get_by_role("button", name="Account:").click()
    two.page.get_by_role("menuitem", name="Sign out").click()
    heading(two.page, "Sign in").wait_for()
    one.open("/admin")
    heading(one.page, "Hello Ada").wait_for()
    assert_strange(one, two)
