"""A person who works by keyboard alone: things are found and looked at here, but only keys act on them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, expect

from tests.integration.system.browsing import heading, open_context
from tests.integration.system.installation import NEW_PASSWORD, Site, wait_for

FAR = 90
"""Presses of a key after which something counts as out of reach."""
PATIENCE = 20.0
"""Seconds, on a busy machine, for what happens at once on a quiet one."""

WATCH = """
window.said = []
window.pointers = 0
for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
  addEventListener(kind, () => { window.pointers += 1 }, { capture: true })
const LIVE = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], [role=log]'
const hear = node => {
  const element = node instanceof Element ? node : node.parentElement
  const words = element?.closest(LIVE)?.textContent.trim()
  if (words && window.said.at(-1) !== words) window.said.push(words)
}
new MutationObserver(changes => changes.forEach(({ target, addedNodes }) => {
  hear(target)
  addedNodes.forEach(hear)
})).observe(document, { subtree: true, childList: true, characterData: true })
"""
"""Notes what a screen reader is told to say, and whether a pointer was ever used."""

FAULT = """(() => {
  const at = document.activeElement
  // Headings take the focus when something opens, but are no stop.
  if (!at || at === document.body || at.matches('h1[tabindex="-1"], h2[tabindex="-1"]')) return ''
  const box = at.getBoundingClientRect()
  const name = at.outerHTML.slice(0, 240)
  const labels = [...(at.labels ?? [])]

  // Our ring, on what has the focus or on what stands for a field that is drawn by another element.
  const RING = /rgb\\(16, 21, 29\\) 0px 0px 0px [2-9]px/
  const isTiny = box.width < 4 || box.height < 4 || getComputedStyle(at).opacity === '0'
  const near = isTiny ? [...labels, ...at.closest('label')?.querySelectorAll('*') ?? [], at.nextElementSibling] : []
  const drawn = [at, ...near].filter(Boolean)
  // Links that fill a whole card draw it around the card.
  const rings = each => [null, '::after'].some(part => RING.test(getComputedStyle(each, part).boxShadow))
  if (!drawn.some(rings)) return `${name} shows no focus`

  // WCAG 2.4.11: some of it is seen.
  const own = other => other && drawn.concat(labels).some(each => each.contains(other) || other.contains(each))
  const points = [[.5, .5], [.1, .2], [.9, .8], [.1, .8], [.9, .2]]
    .map(([x, y]) => [box.left + box.width * x, box.top + box.height * y])
    .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight)
  if (points.some(([x, y]) => own(document.elementFromPoint(x, y)))) return ''
  const over = points.length ? document.elementFromPoint(...points[0]) : null
  return `${name} lies under ${over ? over.outerHTML.slice(0, 240) : 'the edge of the window'}`
})()"""
"""What is wrong with how the focus is seen; empty when nothing is."""


@dataclass
class Keyboard:
    """The keys of ``page``, which must not be open yet."""

    page: Page

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def replace(self, text: str) -> None:
        """Write ``text`` in the place of what the field holds."""
        self.press("Control+A")
        self.type(text)

    def look(self) -> None:
        """The focus is seen, once scrolling and motion have come to rest."""
        try:
            wait_for("the focus is seen", lambda: self.page.evaluate(FAULT) == "", PATIENCE)
        except AssertionError:
            raise AssertionError(self.page.evaluate(FAULT)) from None

    def is_at(self, target: Locator) -> bool:
        return bool(target.evaluate_all("all => all.includes(document.activeElement)"))

    def reach(self, target: Locator, key: str = "Tab", most: int = FAR) -> None:
        """Press ``key`` until ``target`` has the focus, which is seen at every stop."""
        target.first.wait_for()
        for _ in range(most):
            if self.is_at(target):
                self.look()
                return
            self.press(key)
            self.look()
        raise AssertionError(f"{target} is not reached by {most} times {key}")

    def use(self, target: Locator, key: str = "Enter", by: str = "Tab") -> None:
        """Go to ``target`` and press ``key`` on it."""
        self.reach(target, by)
        self.press(key)

    def choose(self, name: str | re.Pattern[str]) -> None:
        """Take a point of the menu that is open."""
        self.page.get_by_role("menu").wait_for()
        self.reach(self.page.get_by_role("menuitem", name=name), "ArrowDown", 15)
        self.press("Enter")
        self.page.get_by_role("menu").wait_for(state="detached")

    def hears(self, words: str) -> None:
        """A screen reader was told to say something with ``words`` in it since the last `forget`."""

        def said() -> bool:
            return any(words in each for each in self.page.evaluate("window.said"))

        try:
            wait_for(words, said, PATIENCE)
        except AssertionError:
            raise AssertionError(f"“{words}” is not among {self.page.evaluate('window.said')}") from None

    def forget(self) -> None:
        """What was said until now is not looked at any more."""
        self.page.evaluate("window.said.length = 0")

    def assert_alone(self) -> None:
        """No pointer was used since the page was loaded."""
        assert self.page.evaluate("window.pointers") == 0

    def stands_at(self, target: Locator) -> None:
        """The focus has been led to ``target``."""
        expect(target).to_be_focused(timeout=PATIENCE * 1000)


def keyboard_of(browser: Browser, site: Site, email: str) -> Iterator[Keyboard]:
    """Somebody who has signed in by keyboard; for fixtures."""
    context = open_context(browser, site.host, reduced_motion="reduce")
    context.set_default_timeout(3000 * PATIENCE)
    page = context.new_page()
    keys = Keyboard(page)
    page.goto("/login")
    keys.reach(page.get_by_label("Email"))
    keys.type(email)
    keys.reach(page.get_by_label("Password", exact=True))
    keys.type(NEW_PASSWORD)
    keys.press("Enter")
    heading(page, re.compile("^Hello")).wait_for()
    yield keys
    context.close()
