"""The pages before and beside the portals as a person meets them: mailed links, second steps, visits, languages."""

import base64
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from lms_domain.accounts.second_factor import STEP_SECONDS, totp
from tests.integration.system.browsing import heading, look_over, mailed_link, open_context, sign_in
from tests.integration.system.installation import (
    NEW_PASSWORD,
    OPERATOR,
    Installation,
    School,
    wait_for,
)

THIRD_PASSWORD = "quiet lanterns over water"


@pytest.fixture
def page(browser: Browser, school: School) -> Iterator[Page]:
    """A browser at the school's host with nobody signed in."""
    context = open_context(browser, school.site.host)
    yield context.new_page()
    context.close()


START = re.compile("^Hello,")
"""The heading of a teacher's first page."""


def at_start(page: Page) -> None:
    heading(page, START).wait_for()


def invite(school: School, email: str) -> None:
    person = {"email": email, "first_name": "Noor", "last_name": "Haddad"}
    answer = school.admin.post("/api/users/auth/register-teacher/", person)
    assert answer.status_code == 201, answer.text


def test_an_invitation_leads_into_the_school(page: Page, school: School, data_dir: Path) -> None:
    invite(school, "noor@school.example")
    link = mailed_link(data_dir, "noor@school.example", "/accept-invitation")
    page.goto(link)
    heading(page, "Welcome to Springfield Elementary").wait_for()
    look_over(page, "invitation")
    page.get_by_label("New password").fill("short")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_label("New password")).to_have_accessible_description(re.compile("at least 12", re.IGNORECASE))
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.keyboard.press("Enter")
    at_start(page)

    page.goto(link)
    heading(page, "This invitation no longer works").wait_for(state="detached")
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Start").click()
    heading(page, "This invitation no longer works").wait_for()
    look_over(page, "invitation-used")


def test_a_forgotten_password_is_replaced(page: Page, school: School, data_dir: Path) -> None:
    email = "noor@school.example"
    page.goto("/login")
    page.get_by_role("link", name="Forgot your password?").click()
    heading(page, "Forgot your password?").wait_for()
    look_over(page, "forgot-password")
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Send the link").click()
    heading(page, "Look into your mail").wait_for()
    expect(page.get_by_text("You can have it sent again in")).to_be_visible()
    look_over(page, "forgot-password-sent")

    page.goto(mailed_link(data_dir, email, "/reset-password"))
    heading(page, "Choose a new password").wait_for()
    look_over(page, "reset-password")
    page.get_by_label("New password").fill("passwordpassword")
    page.get_by_role("button", name="Save new password").click()
    expect(page.get_by_label("New password")).to_have_accessible_description(re.compile("too easy to guess"))
    page.get_by_label("New password").fill(THIRD_PASSWORD)
    page.get_by_role("button", name="Save new password").click()
    heading(page, "Your new password is saved").wait_for()
    sign_in(page, email, THIRD_PASSWORD)
    at_start(page)


def test_an_address_is_confirmed_by_a_click_and_a_used_link_says_so(page: Page, school: School, data_dir: Path) -> None:
    email = "tara@school.example"
    school.teacher(email)
    asked = school.site.post("/api/users/auth/resend-verification/", {"email": email})
    assert asked.status_code == 202
    link = mailed_link(data_dir, email, "/verify-email")
    page.goto(link)
    heading(page, "Confirm your email address").wait_for()
    look_over(page, "verify-email")
    page.get_by_role("button", name="Yes, this is my address").click()
    heading(page, "Thank you, your address is confirmed").wait_for()

    page.goto(link)
    page.get_by_role("button", name="Yes, this is my address").click()
    heading(page, "This link no longer works").wait_for()
    look_over(page, "verify-email-used")
    page.goto("/verify-email?uid=cut")
    heading(page, "This link no longer works").wait_for()


def test_a_second_step_is_set_up_and_asked_for(page: Page, school: School) -> None:
    sign_in(page, "tara@school.example", NEW_PASSWORD)
    at_start(page)
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("menuitem", name="Your account").click()
    heading(page, "Your account").wait_for()
    page.get_by_text("This device", exact=True).wait_for()
    page.get_by_role("button", name="Set it up").wait_for()
    look_over(page, "profile")

    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("img", name="QR code").scroll_into_view_if_needed()
    look_over(page, "profile-second-step")
    secret = (page.locator("main code").text_content() or "").replace(" ", "")
    page.get_by_label("The code that the app shows now").fill("000000")
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_label("The code that the app shows now")).to_have_accessible_description(re.compile("not right"))
    page.get_by_label("The code that the app shows now").fill(
        totp(base64.b32decode(secret), int(time.time()) // STEP_SECONDS)
    )
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_role("heading", name="It is on. Keep these codes").wait_for()
    look_over(page, "profile-recovery-codes")
    recovery = page.locator("main li.select-all").first.text_content() or ""
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.get_by_text("You are signed out").wait_for()

    sign_in(page, "tara@school.example", NEW_PASSWORD)
    heading(page, "One more step").wait_for()
    look_over(page, "sign-in-code")
    page.get_by_label("Code from the app").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code from the app")).to_have_accessible_description(re.compile("not right"))
    page.get_by_role("button", name="Use a recovery code instead").click()
    page.get_by_label("Recovery code").fill(recovery)
    page.keyboard.press("Enter")
    at_start(page)


def test_what_is_changed_on_the_profile_stays(page: Page) -> None:
    sign_in(page, "noor@school.example", THIRD_PASSWORD)
    at_start(page)
    page.goto("/teacher/profile")
    page.get_by_label("First name").fill("Noora")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    with page.expect_response(re.compile("preferences")):
        # Not uncheck(), which looks at once: the choice shows a moment after the click.
        page.get_by_label("Reminders from my school").click()
    expect(page.get_by_label("Reminders from my school")).not_to_be_checked()
    page.reload()
    expect(page.get_by_label("First name")).to_have_value("Noora")
    expect(page.get_by_label("Reminders from my school")).not_to_be_checked()
    expect(page.get_by_label("New courses for me")).to_be_checked()


def test_the_bell_tells_at_once_in_every_tab_what_the_school_announces(page: Page, school: School) -> None:
    sign_in(page, "noor@school.example", THIRD_PASSWORD)
    at_start(page)
    other = page.context.new_page()
    other.goto("/teacher/courses")
    other.get_by_role("button", name="Notifications", exact=True).wait_for()
    # Told while nobody listens yet would be told as well, but not live: wait until somebody does.
    held = "navigator.locks.query().then(all => all.held.some(lock => lock.name.startsWith('lms-notices')))"
    wait_for("a tab listens", lambda: page.evaluate(held), 10)
    body = {"title": "School is out on Friday", "message": "Enjoy the long weekend.", "to_all": True}
    answer = school.admin.post("/api/announcements/", body)
    assert answer.status_code in (200, 201, 202), answer.text
    for tab in (page, other):
        tab.get_by_role("button", name="Notifications, 1 unread").wait_for()
    page.get_by_role("button", name="Notifications, 1 unread").click()
    dialog = page.get_by_role("dialog", name="Notifications")
    expect(dialog).to_contain_text("Enjoy the long weekend.")
    look_over(page, "bell")
    page.get_by_role("button", name="Mark as read: School is out on Friday").click()
    page.keyboard.press("Escape")
    for tab in (page, other):
        tab.get_by_role("button", name="Notifications", exact=True).wait_for()
    # The tab that listened goes: the other takes its place.
    page.close()
    assert (
        school.admin.post("/api/announcements/", {**body, "title": "One more thing"}).status_code == answer.status_code
    )
    other.get_by_role("button", name="Notifications, 1 unread").wait_for()
    other.goto("/teacher/notifications")
    other.get_by_text("One more thing").wait_for()
    look_over(other, "notifications")


def test_the_pages_speak_spanish_and_keep_doing_so(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("Language").select_option("es")
    heading(page, "Entrar").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    look_over(page, "sign-in-spanish")
    page.reload()
    heading(page, "Entrar").wait_for()
    page.get_by_label("Correo electrónico").fill("noor@school.example")
    page.get_by_label("Contraseña", exact=True).fill(THIRD_PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    heading(page, re.compile("^Hola")).wait_for()
    look_over(page, "teacher-start-spanish")


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    page.goto("/login")
    heading(page, "Sign in").wait_for()
    page.get_by_label("Email").focus()
    page.keyboard.type("noor@school.example")
    page.keyboard.press("Tab")
    page.keyboard.type(THIRD_PASSWORD)
    page.keyboard.press("Enter")
    expect(heading(page, START)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="Account:").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(heading(page, "Your account")).to_be_focused()


def test_the_administrator_sees_the_school_at_a_glance(page: Page) -> None:
    sign_in(page, "admin@school.example", NEW_PASSWORD)
    heading(page, "Hello Ada").wait_for()
    page.get_by_text("Published courses").wait_for()
    look_over(page, "admin-start")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("dialog").get_by_role("link", name="Settings").click()
    heading(page, "Name and looks").wait_for()
    page.get_by_role("button", name="Account:").click()
    page.get_by_role("menuitem", name="Your account").click()
    heading(page, "Your account").wait_for()
    page.goto("/teacher/courses")
    heading(page, "Hello Ada").wait_for()


def test_an_operator_visits_a_school_under_a_banner(
    browser: Browser, page: Page, embedded: Installation, school: School
) -> None:
    email, password = OPERATOR
    embedded.lms("user", "create-super-admin", email, "--first-name", "Olga", "--last-name", "Ops", secret=password)
    context = open_context(browser, embedded.site().host)
    platform = context.new_page()
    platform.goto("/")
    heading(platform, "Sign in").wait_for()
    look_over(platform, "command-center-sign-in")
    sign_in(platform, email, password)
    heading(platform, "The platform").wait_for()
    context.close()

    operator = embedded.site().sign_in(email, password)
    tenant = operator.get("/api/super-admin/tenants/").json()["results"][0]["id"]
    answer = operator.post(f"/api/super-admin/tenants/{tenant}/impersonate/", {"reason": "The test asks for it."})
    assert answer.status_code == 201, answer.text
    entrance = urlsplit(answer.json()["url"])
    page.goto(f"{entrance.path}#{entrance.fragment}")
    banner = page.get_by_role("region", name="Visit of the platform’s operator")
    expect(banner).to_contain_text("You are here as Ada Lee of Springfield Elementary.")
    heading(page, "Hello Ada").wait_for()
    assert "code" not in page.url
    look_over(page, "visit")
    banner.get_by_role("button", name="End the visit").click()
    heading(page, "The visit is over").wait_for()
    look_over(page, "visit-ended")
    page.goto(f"{entrance.path}#{entrance.fragment}")
    heading(page, "This visit cannot begin").wait_for()


def test_an_address_without_a_school_says_so(page: Page, embedded: Installation) -> None:
    page.goto(f"http://nobody.localhost:{embedded.port}/")
    heading(page, "No school at this address").wait_for()
    look_over(page, "unknown-school")


def test_a_paused_school_says_so(page: Page, embedded: Installation, school: School) -> None:
    embedded.lms("school", "suspend", school.site.host.split(".")[0])
    sign_in(page, "admin@school.example", NEW_PASSWORD)
    heading(page, "Springfield Elementary is paused").wait_for()
    look_over(page, "school-paused")
