"""What goes wrong in the middle of work, as a person meets it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.integration.system.browsing import heading, open_context, sign_in
from tests.integration.system.installation import NEW_PASSWORD, SHORT, School

ADMIN = "admin@school.example"
PATIENCE = 60_000
"""Milliseconds, on a busy machine."""


@pytest.fixture
def page(browser: Browser, school: School) -> Iterator[Page]:
    """A browser at the school's host with nobody signed in."""
    context = open_context(browser, school.site.host)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_a_dropped_upload_says_so_and_starts_again_with_one_click(school: School, page: Page) -> None:
    sign_in(page, ADMIN, NEW_PASSWORD)
    heading(page, "Hello Ada").wait_for()
    page.goto(f"/admin/courses/{school.course}?item={school.module}")
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
    tray.get_by_text("Uploaded. It is being prepared now.").wait_for()
    contents = school.admin.get(f"/api/courses/{school.course}/").json()["modules"][0]["contents"]
    assert [each["content_type"] for each in contents].count("VIDEO") == 1
