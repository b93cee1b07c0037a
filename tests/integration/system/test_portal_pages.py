"""Every page of the three portals: filled, empty and in trouble, and what opens on top of them.

The pictures are in test-output/screenshots; those whose names begin with ``readme-`` stand in the README.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.integration.system.browsing import (
    ROOT,
    VIDEO,
    go,
    look_over,
    open_context,
    photograph,
    settle,
    sign_in,
    until,
)
from tests.integration.system.filled_school import DOMAIN, NEWCOMER, FilledPlatform, open_platform, set_to_work
from tests.integration.system.installation import NEW_PASSWORD, OPERATOR, Installation

ROUTES = ROOT / "frontend" / "src" / "app" / "routes"
WHOLE_PREPARATION = 300.0
"""Seconds that the lecture may take on a busy machine."""


class Place(NamedTuple):
    """A page as it is looked over: who opens it, under which name its pictures are kept, what its parameters are."""

    who: str
    name: str
    ids: Mapping[str, str] = MappingProxyType({})
    """Names of ``FilledPlatform.ids``, where they are not those of the parameters."""
    query: str = ""


PLACES = {
    "super-admin": Place("operator", "operator-start"),
    "super-admin/schools": Place("operator", "operator-schools"),
    "super-admin/schools/new": Place("operator", "operator-new-school"),
    "super-admin/schools/:schoolId": Place("operator", "operator-school"),
    "super-admin/pipeline": Place("operator", "operator-pipeline"),
    "super-admin/audit": Place("operator", "operator-audit"),
    "super-admin/profile": Place("operator", "operator-profile"),
    "admin": Place("admin", "school-start"),
    "admin/courses": Place("admin", "school-courses"),
    "admin/courses/:courseId": Place("admin", "school-course"),
    "admin/courses/:courseId/preview": Place("admin", "school-course-preview"),
    "admin/assignments": Place("admin", "school-assignments"),
    "admin/assignments/:assignmentId": Place("admin", "school-assignment"),
    "admin/assignments/waiting": Place("admin", "school-waiting-answers"),
    "admin/assignments/:assignmentId/attempts": Place("admin", "school-attempts", {"assignmentId": "quiz"}),
    "admin/assignments/:assignmentId/attempts/:attemptId": Place("admin", "school-attempt", {"assignmentId": "quiz"}),
    "admin/assignments/:assignmentId/questions": Place("admin", "school-questions", {"assignmentId": "quiz"}),
    "admin/assignments/:assignmentId/extensions": Place("admin", "school-quiz-extensions", {"assignmentId": "quiz"}),
    "admin/assignments/:assignmentId/questions/results": Place(
        "admin", "school-question-results", {"assignmentId": "quiz"}
    ),
    "admin/teachers": Place("admin", "school-teachers"),
    "admin/teachers/import": Place("admin", "school-import"),
    "admin/teachers/:teacherId": Place("admin", "school-teacher"),
    "admin/groups": Place("admin", "school-groups"),
    "admin/groups/:groupId": Place("admin", "school-group"),
    "admin/reports": Place("admin", "school-reports"),
    "admin/analytics": Place("admin", "school-analytics"),
    "admin/reminders": Place("admin", "school-reminders"),
    "admin/reminders/new": Place("admin", "school-new-reminder"),
    "admin/reminders/:campaignId": Place("admin", "school-reminder"),
    "admin/settings": Place("admin", "school-settings"),
    "admin/settings/domains": Place("admin", "school-domains"),
    "admin/settings/policies": Place("admin", "school-policies"),
    "admin/audit": Place("admin", "school-audit"),
    "admin/notifications": Place("admin", "school-notifications"),
    "admin/profile": Place("admin", "school-profile"),
    "teacher": Place("teacher", "my-start"),
    "teacher/courses": Place("teacher", "my-courses"),
    "teacher/courses/:courseId": Place("teacher", "my-course"),
    "teacher/courses/:courseId/contents/:contentId": Place("teacher", "my-lecture"),
    "teacher/assignments": Place("teacher", "my-assignments"),
    "teacher/assignments/:assignmentId": Place("teacher", "my-assignment"),
    "teacher/assignments/:assignmentId/quiz": Place("teacher", "my-quiz", {"assignmentId": "quiz"}),
    "teacher/certificates": Place("teacher", "my-certificates"),
    "teacher/search": Place("teacher", "my-search", query="?q=feedback"),
    "teacher/team": Place("head", "my-team"),
    "teacher/notifications": Place("teacher", "my-notifications"),
    "teacher/profile": Place("teacher", "my-profile"),
}


def routes_of(portal: str) -> set[str]:
    """The patterns of a portal, as its table of routes has them."""
    shared = dict(
        re.findall(r"export const (\w+).*?path: '([^']+)'", (ROUTES / "shared-pages.ts").read_text(), re.DOTALL)
    )
    table = (ROUTES / f"{portal}-routes.ts").read_text()
    paths = re.findall(r"\bpath: '([^']+)'", table)
    paths += [shared[name] for name in re.findall(r"^  (\w+),$", table, re.MULTILINE) if name != "pages"]
    assert "index: true" in table
    return {portal, *(f"{portal}/{path}" for path in paths)}


@pytest.mark.parametrize("portal", ["super-admin", "admin", "teacher"])
def test_every_route_is_looked_over(portal: str) -> None:
    assert routes_of(portal) == {pattern for pattern in PLACES if pattern.split("/")[0] == portal}


@pytest.fixture(scope="module")
def filled(embedded: Installation) -> FilledPlatform:
    """Schools, people and courses; the lecture is being prepared."""
    return open_platform(embedded)


@dataclass
class People:
    """One browser for each of those who look, signed in when first asked for."""

    browser: Browser
    filled: FilledPlatform
    contexts: dict[str, tuple[BrowserContext, Page]]

    def page(self, who: str) -> Page:
        if who not in self.contexts:
            context = open_context(self.browser, self._host(who), reduced_motion="reduce")
            page = context.new_page()
            self.contexts[who] = (context, page)
            sign_in(page, *self._account(who))
            page.get_by_role("heading", level=1).wait_for()
            page.get_by_role("button", name="Account:").wait_for()
        return self.contexts[who][1]

    def _host(self, who: str) -> str:
        if who == "operator":
            return self.filled.installation.site().host
        return (self.filled.fresh if who.startswith("new ") else self.filled.school).site.host

    def _account(self, who: str) -> tuple[str, str]:
        return {
            "operator": OPERATOR,
            "admin": ("admin@school.example", NEW_PASSWORD),
            "teacher": (f"priya@{DOMAIN}", NEW_PASSWORD),
            "head": (f"daniel@{DOMAIN}", NEW_PASSWORD),
            "pupil": (f"maya@{DOMAIN}", NEW_PASSWORD),
            "new admin": ("head@northgate.example", NEW_PASSWORD),
            "new teacher": (NEWCOMER, NEW_PASSWORD),
        }[who]


@pytest.fixture(scope="module")
def people(browser: Browser, filled: FilledPlatform) -> Iterator[People]:
    everybody = People(browser, filled, {})
    yield everybody
    for context, _ in everybody.contexts.values():
        context.close()


def test_a_video_is_prepared_while_its_course_is_open(people: People, filled: FilledPlatform) -> None:
    page = people.page("admin")
    go(page, f"/admin/courses/{filled.school.course}?item={filled.lecture}")
    stages = page.get_by_role("list", name="How far the video is")
    stages.wait_for()
    photograph(page, "readme-video-being-prepared")
    look_over(page, "school-video-being-prepared", whole=True)
    made = page.get_by_role("region", name="Quizzes and tasks").first
    expect(made).to_contain_text("Quiz: What feedback is for", timeout=WHOLE_PREPARATION * 1000)
    expect(made).to_contain_text("Reflection: What feedback is for")
    expect(stages).to_contain_text(re.compile("Ready.*Done", re.DOTALL), timeout=WHOLE_PREPARATION * 1000)
    settle(page)
    look_over(page, "school-video-ready", whole=True)


@pytest.fixture(scope="module")
def at_work(filled: FilledPlatform) -> FilledPlatform:
    """The same when everybody has begun."""
    filled.school.until(filled.lecture, {"READY"}, WHOLE_PREPARATION)
    set_to_work(filled)
    return filled


def address(pattern: str, filled: FilledPlatform) -> str:
    place = PLACES[pattern]
    path = re.sub(r":(\w+)", lambda found: filled.ids[place.ids.get(found[1], found[1])], pattern)
    return f"/{path}{place.query}"


@pytest.mark.parametrize("pattern", PLACES)
def test_page(pattern: str, people: People, at_work: FilledPlatform) -> None:
    place = PLACES[pattern]
    page = people.page(place.who)
    go(page, address(pattern, at_work))
    settle(page)
    look_over(page, place.name, whole=True)


@pytest.mark.parametrize("report", ["assignments", "engagement"])
def test_report(report: str, people: People, at_work: FilledPlatform) -> None:
    page = people.page("admin")
    go(page, f"/admin/reports?report={report}")
    settle(page)
    look_over(page, f"school-report-{report}", whole=True)


def button(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def menu(trigger: str | re.Pattern[str], item: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        button(page, trigger)
        page.get_by_role("menuitem", name=item).click()

    return act


def press(*names: str | re.Pattern[str]) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for name in names:
            button(page, name)

    return act


def follow(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("main").get_by_role("link", name=name).click()

    return act


ON_TOP = "[role=alertdialog], [role=dialog], [role=menu], dialog[open]"


class Opened(NamedTuple):
    """Something that opens on top of a page, or in it."""

    who: str
    path: str
    act: Callable[[Page], None]
    is_on_top: bool = True


OPENED = {
    "dialog-visit": Opened("operator", "super-admin/schools/:schoolId", press("Visit the school")),
    "dialog-plan": Opened("operator", "super-admin/schools/:schoolId", press("Change the plan")),
    "dialog-pause": Opened("operator", "super-admin/schools/:schoolId", press("Pause the school")),
    "dialog-erase-school": Opened("operator", "super-admin/schools/:schoolId", press("Erase…")),
    "dialog-new-course": Opened("admin", "admin/courses", press("New course")),
    "dialog-assign": Opened("admin", "admin/courses/:courseId", press("Assign…")),
    "dialog-delete-course": Opened("admin", "admin/courses/:courseId", menu("More for this course", "Delete…")),
    "dialog-new-assignment": Opened("admin", "admin/assignments", press("New assignment")),
    "dialog-grading": Opened("admin", "admin/assignments/:assignmentId", press(re.compile("^Grade"))),
    "dialog-delete-assignment": Opened("admin", "admin/assignments/:assignmentId", press("Delete")),
    "dialog-reject-question": Opened(
        "admin", "admin/assignments/:assignmentId/questions", press(re.compile("^Reject"))
    ),
    "form-question": Opened(
        "admin", "admin/assignments/:assignmentId/questions", press("Add a question"), is_on_top=False
    ),
    "dialog-invite": Opened("admin", "admin/teachers", press("Invite a person")),
    "dialog-erase-person": Opened("admin", "admin/teachers/:teacherId", press("Erase this person…")),
    "dialog-new-group": Opened("admin", "admin/groups", press("New group")),
    "dialog-add-members": Opened("admin", "admin/groups/:groupId", press("Add people")),
    "menu-export": Opened("admin", "admin/reports", press("Export")),
    "dialog-audit-entry": Opened("admin", "admin/audit", press(re.compile("^Details"))),
    "dialog-team-member": Opened("head", "teacher/team", follow("Priya Raman")),
    "dialog-shortcuts": Opened(
        "teacher",
        "teacher/courses/:courseId/contents/:contentId",
        press("Settings", "Keyboard shortcuts"),
    ),
}


@pytest.mark.parametrize("name", OPENED)
def test_what_opens(name: str, people: People, at_work: FilledPlatform) -> None:
    opened = OPENED[name]
    page = people.page(opened.who)
    go(page, address(opened.path, at_work))
    settle(page)
    opened.act(page)
    if opened.is_on_top:
        page.locator(ON_TOP).first.wait_for()
    settle(page)
    look_over(page, name)
    page.keyboard.press("Escape")


NEW_ADMIN = (
    "admin",
    "admin/courses",
    "admin/assignments",
    "admin/assignments/waiting",
    "admin/teachers",
    "admin/groups",
    "admin/reports",
    "admin/analytics",
    "admin/reminders",
    "admin/settings/domains",
    "admin/notifications",
)
NEW_TEACHER = ("teacher", "teacher/courses", "teacher/assignments", "teacher/notifications")


@pytest.mark.parametrize("pattern", [*NEW_ADMIN, *NEW_TEACHER])
def test_where_nothing_has_happened_yet(pattern: str, people: People, filled: FilledPlatform) -> None:
    who = "new admin" if pattern in NEW_ADMIN else "new teacher"
    page = people.page(who)
    go(page, f"/{pattern}")
    settle(page)
    look_over(page, f"{PLACES[pattern].name}-empty", whole=True)


@pytest.mark.parametrize(
    ("pattern", "api"),
    [
        ("super-admin/schools", re.compile(r"/api/super-admin/tenants/?(\?|$)")),
        ("admin/teachers", re.compile(r"/api/teachers/?(\?|$)")),
        ("teacher/courses", re.compile(r"/api/teacher/courses/?(\?|$)")),
    ],
)
def test_what_the_server_fails_at_is_said_and_tried_again(
    pattern: str, api: re.Pattern[str], people: People, at_work: FilledPlatform
) -> None:
    place = PLACES[pattern]
    page = people.page(place.who)

    def fail(route: Route) -> None:
        problem = '{"type":"urn:lms:problem:internal","title":"Internal error","status":500,"request_id":"0f1e2d3c"}'
        route.fulfill(status=500, content_type="application/problem+json", body=problem)

    page.route(api, fail)
    # From anew: what was read before would be shown on.
    page.goto(address(pattern, at_work))
    again = page.get_by_role("main").get_by_role("button", name="Try again")
    again.wait_for()
    look_over(page, f"{place.name}-failed")
    page.unroute(api, fail)
    again.click()
    again.wait_for(state="detached")
    settle(page)


def test_a_file_of_people_is_checked_before_anybody_is_invited(people: People, at_work: FilledPlatform) -> None:
    page = people.page("admin")
    go(page, "/admin/teachers/import")
    table = (
        "email,first_name,last_name,department\n"
        f"nina@{DOMAIN},Nina,Kowalska,Arts\nmaya@{DOMAIN},Maya,Okafor,Mathematics\nnot-an-address,Sam,Stone,Arts\n"
    )
    page.get_by_label("File with your teachers").set_input_files(
        {"name": "new-teachers.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    page.get_by_text("What would happen").wait_for()
    settle(page)
    look_over(page, "school-import-check", whole=True)


def test_a_course_with_each_kind_of_content(people: People, at_work: FilledPlatform) -> None:
    page = people.page("admin")
    contents = at_work.ids["safetyContents"].split()
    for content, kind in zip(contents, ("text", "document", "link"), strict=True):
        go(page, f"/admin/courses/{at_work.ids['safety']}?item={content}")
        settle(page)
        look_over(page, f"school-editor-{kind}", whole=True)


def test_the_pictures_of_the_readme(people: People, at_work: FilledPlatform) -> None:
    for who, path, name in (
        ("operator", "super-admin", "operator-start"),
        ("teacher", "teacher", "teacher-start"),
        ("teacher", "teacher/assignments/:assignmentId/quiz", "quiz-result"),
        ("admin", "admin/reports", "report"),
    ):
        page = people.page(who)
        go(page, address(path, at_work))
        settle(page)
        photograph(page, f"readme-{name}")
    page = people.page("teacher")
    go(page, address("teacher/courses/:courseId/contents/:contentId", at_work))
    page.get_by_role("button", name="Captions", exact=True).click()
    page.locator("[data-start]").nth(8).click()
    page.get_by_role("button", name="Play", exact=True).click()
    # Somewhere amidst a sentence, so that its line and its caption show.
    until(page, f"{VIDEO}.currentTime > {page.locator('[data-start]').nth(8).get_attribute('data-start')} + 1")
    page.evaluate("scrollTo(0, 0)")
    photograph(page, "readme-player")
    page.get_by_role("button", name="Pause", exact=True).click()
