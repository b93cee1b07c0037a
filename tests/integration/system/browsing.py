"""What the tests in a browser share: how it is started, how pages are looked at, how people sign in."""

import json
import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from adapters.mail_files.mailbox import written_mails
from tests.integration.system.installation import ROOT, wait_for

PICTURES = ROOT / "test-output" / "screenshots"
CHROMIUM = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
VIDEO = "document.querySelector('[data-testid=player-video]')"
PATIENCE_MS = 20_000
"""How long a page may take on a busy machine."""
expect.set_options(timeout=PATIENCE_MS)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def open_context(
    browser: Browser, host: str, reduced_motion: Literal["reduce", "no-preference"] = "no-preference"
) -> BrowserContext:
    """A browser at ``host`` with nobody signed in."""
    context = browser.new_context(
        base_url=f"http://{host}", viewport={"width": 1280, "height": 800}, reduced_motion=reduced_motion
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def until(page: Page, condition: str) -> None:
    """Ask again and again. Playwright's own waiting needs eval, which our pages forbid."""
    wait_for(condition, lambda: page.evaluate(condition), 20)


IS_SETTLED = """(() => {
  const isMoving = each => each.playState === 'running' && each.effect.getTiming().iterations !== Infinity
  const isLoading = 'main[aria-busy=true], main [aria-busy=true], main .animate-appear-late, main .animate-pulse'
  return !document.querySelector(isLoading)
    && [...document.images].every(image => image.complete || image.loading === 'lazy')
    && !document.getAnimations().some(isMoving)
})()"""


def settle(page: Page) -> None:
    """Until nothing of the page is being loaded or moves."""
    until(page, IS_SETTLED)


def go(page: Page, path: str) -> None:
    """Open another page of the app without loading the app again."""
    # By the debugger. The router hears what it hears when somebody goes back in the history.
    if urlsplit(page.url).path != urlsplit(path).path:
        page.evaluate("document.querySelectorAll('h1').forEach(each => { each.dataset.left = '' })")
    page.evaluate(f"history.pushState(null, '', {json.dumps(path)}); dispatchEvent(new PopStateEvent('popstate'))")
    until(page, "document.querySelector('h1:not([data-left])') !== null")


def photograph(page: Page, name: str) -> None:
    """A picture as it stands on the screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


TALLEST = 6000
"""Pixels of the tallest picture."""


def look_over(page: Page, name: str, *, whole: bool = False) -> None:
    """Photograph the page at two widths, and fail when it can be scrolled sideways at 320 px or axe finds a fault.

    ``whole``: not only what a screen shows of it at once.
    """
    for width, height in ((1280, 800), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        if whole:
            # As a tall screen would show it, so that everything thinks it is seen.
            full = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": max(height, full)})
            settle(page)
        photograph(page, f"{name}-{width}")
        # Run by the debugger, which our content security policy does not bind.
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        found = page.evaluate(f"axe.run(document, {{runOnly: {WCAG}}})")
        faults = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]
        assert not faults, f"{name} at {width} px: {faults}"
    page.set_viewport_size({"width": 320, "height": 640})
    # Charts take their new size a moment after the page.
    wait_for(f"{name} fits 320 px", lambda: page.evaluate("document.documentElement.scrollWidth") <= 320, 5)
    page.set_viewport_size({"width": 1280, "height": 800})


def mailed_link(data_dir: Path, recipient: str, path: str) -> str:
    """Path and query of the newest link to ``path`` in the mails to ``recipient``."""

    def look() -> str | None:
        for mail in written_mails(data_dir / "mail", recipient=recipient):
            link = re.search(r"https?://\S+" + re.escape(path) + r"\?\S+", mail.text)
            if link:
                parts = urlsplit(link[0])
                return f"{parts.path}?{parts.query}"
        return None

    return str(wait_for(f"a mail to {recipient} with {path}", look, 30))


def heading(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("heading", name=name, level=1)


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/login")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
