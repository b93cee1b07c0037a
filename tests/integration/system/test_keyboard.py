"""The course editor operated by keyboard alone: a course is made, written, put into order and published."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.integration.system.browsing import heading
from tests.integration.system.installation import School, wait_for
from tests.integration.system.keyboard import Keyboard, keyboard_of

ADMIN = "admin@school.example"
COURSE = "Reading aloud"


@pytest.fixture(scope="module")
def admin(browser: Browser, school: School) -> Iterator[Keyboard]:
    """The administrator, signed in by keyboard."""
    yield from keyboard_of(browser, school.site, ADMIN)


def opened(keys: Keyboard, name: str) -> None:
    """What is edited now has the focus on its name."""
    editor = keys.page.get_by_role("region", name="What is being edited")
    keys.stands_at(editor.get_by_role("heading", name=name, level=2))


def saved(keys: Keyboard) -> None:
    """The editor says that the server has everything."""
    editor = keys.page.get_by_role("region", name="What is being edited")
    expect(editor.get_by_role("status").first).to_have_text(re.compile("^Saved"))


def tree(keys: Keyboard) -> Locator:
    return keys.page.get_by_role("treegrid", name="Modules and items")


def rows(keys: Keyboard) -> list[str]:
    """Names of modules and items, in their order."""
    names = tree(keys).get_by_role("row").evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    return [str(name) for name in names]


def come_to(keys: Keyboard, *order: str) -> None:
    wait_for(f"{order}", lambda: rows(keys) == list(order), 30)


def go_to_row(keys: Keyboard, name: str) -> None:
    """Into the outline, from behind it, and to that row of it."""
    row = tree(keys).get_by_role("row", name=name, exact=True)
    keys.reach(tree(keys).get_by_role("row"), "Shift+Tab")
    keys.press("Home")
    keys.reach(row, "ArrowDown", 20)


def row_menu(keys: Keyboard, name: str, action: str) -> None:
    go_to_row(keys, name)
    keys.use(keys.page.get_by_role("button", name=f"Actions for {name}", exact=True))
    keys.choose(action)


def drag(keys: Keyboard, name: str, place: str) -> None:
    """Take a row up, carry it to ``place`` and put it down, as is said all the while."""
    go_to_row(keys, name)
    keys.reach(keys.page.get_by_role("button", name=f"Drag {name}", exact=True), most=6)
    keys.forget()
    keys.press("Enter")
    keys.hears("Started dragging")
    keys.reach(keys.page.get_by_role("button", name=place, exact=True), "ArrowDown", 20)
    keys.press("Enter")
    keys.hears("Drop complete")


def test_a_course_is_made(admin: Keyboard) -> None:
    page = admin.page
    admin.use(page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Courses"))
    admin.stands_at(heading(page, "Courses"))
    admin.use(page.get_by_role("button", name="New course").first)
    admin.stands_at(page.get_by_role("dialog").get_by_label("Title"))
    admin.type(COURSE)
    admin.press("Enter")
    heading(page, COURSE).wait_for()


def test_modules_are_added_and_named(admin: Keyboard) -> None:
    page = admin.page
    for number, name in ((1, "Before"), (2, "After")):
        admin.use(page.get_by_role("button", name="Add a module"), by="Shift+Tab" if number == 2 else "Tab")
        opened(admin, f"Module {number}")
        admin.reach(page.get_by_role("textbox", name="Title of the module"))
        admin.replace(name)
        admin.hears("Saving")
        saved(admin)
    come_to(admin, "Before", "After")


def test_texts_are_written_and_formatted(admin: Keyboard) -> None:
    page = admin.page
    for title in ("Choose a book", "Practise"):
        go_to_row(admin, "Before")
        admin.use(page.get_by_role("button", name="Add to Before"))
        admin.choose("Text")
        opened(admin, "New text")
        admin.reach(page.get_by_label("Title", exact=True))
        admin.type(title)
        # Past the tools, which are one stop.
        admin.reach(page.get_by_role("textbox", name="Text", exact=True), most=4)
        admin.type("Read it to yourself first.")
        admin.use(page.get_by_role("button", name="Add to the course"))
        opened(admin, title)
    come_to(admin, "Before", "Choose a book", "Practise", "After")
    text = page.get_by_role("textbox", name="Text", exact=True)
    admin.reach(text)
    admin.press("Control+A")
    admin.reach(page.get_by_role("toolbar", name="Formatting").get_by_role("button"), "Shift+Tab", 2)
    admin.press("Home")
    admin.reach(page.get_by_role("button", name="Italic"), "ArrowRight", 3)
    admin.press("Enter")
    expect(text.locator("em, i")).to_have_text("Read it to yourself first.")
    saved(admin)


def test_items_are_renamed(admin: Keyboard) -> None:
    for name, new in (("Choose a book", "Choose a story"), ("Choose a story", "Choose a tale")):
        # The second time it is what is open already.
        row_menu(admin, name, "Rename")
        opened(admin, name)
        admin.reach(admin.page.get_by_label("Title", exact=True))
        admin.replace(new)
        tree(admin).get_by_role("row", name=new, exact=True).wait_for()
    saved(admin)


def test_the_order_is_changed_in_menus(admin: Keyboard) -> None:
    row_menu(admin, "Practise", "Move up")
    admin.hears("Practise is now 1 of 2 in Before.")
    come_to(admin, "Before", "Practise", "Choose a tale", "After")
    row_menu(admin, "Practise", "Move to “After”")
    admin.hears("Practise is now 1 of 1 in After.")
    come_to(admin, "Before", "Choose a tale", "After", "Practise")
    row_menu(admin, "After", "Move up")
    admin.hears("After is now 1 of 2.")
    come_to(admin, "After", "Practise", "Before", "Choose a tale")


def test_the_order_is_changed_by_taking_up_and_putting_down(admin: Keyboard) -> None:
    drag(admin, "Practise", "Insert after Choose a tale")
    come_to(admin, "After", "Before", "Choose a tale", "Practise")
    drag(admin, "After", "Insert after Before")
    come_to(admin, "Before", "Choose a tale", "Practise", "After")
    admin.page.reload()
    come_to(admin, "Before", "Choose a tale", "Practise", "After")


def test_the_course_is_assigned_and_published(admin: Keyboard, school: School) -> None:
    page = admin.page
    assign = page.get_by_role("button", name="Assign…")
    admin.use(assign)
    dialog = page.get_by_role("dialog")
    everybody = dialog.get_by_role("radio", name=re.compile("Everybody who teaches here"))
    admin.reach(dialog.get_by_role("radio"), most=12)
    admin.reach(everybody, "ArrowUp", 3)
    admin.press("Space")
    expect(everybody).to_be_checked()
    admin.use(dialog.get_by_role("button", name="Assign", exact=True))
    dialog.wait_for(state="detached")
    admin.stands_at(assign)
    admin.use(page.get_by_role("button", name="Publish…"))
    opened(admin, "Publish")
    admin.use(page.get_by_role("button", name="Publish the course"))
    admin.hears(f"“{COURSE}” is published.")
    admin.assert_alone()
    courses = school.admin.get("/api/courses/").json()["results"]
    assert next(each for each in courses if each["title"] == COURSE)["is_published"] is True
