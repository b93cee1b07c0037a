"""A school's first days in the browser, from its opening to its first report, against the real server and pipeline.

The tests are the stations of one journey and run in order.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integration.system.browsing import (
    heading,
    look_over,
    mailed_link,
    open_context,
    sign_in,
)
from tests.integration.system.installation import (
    NEW_PASSWORD,
    OPERATOR,
    Installation,
)

SCHOOL = "Colegio San José"
ADMIN = "ines@sanjose.example"
TEACHER = "teo@sanjose.example"


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
