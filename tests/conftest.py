"""The browser of the tests marked `browser`: one a session, one clean context a test. And no time
limit for an example of a law: how busy the machine is says nothing about the law."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

hypothesis.settings.register_profile("cchc", deadline=None)
hypothesis.settings.load_profile("cchc")

_COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


def find_browser() -> str | None:
    """The program to drive: `CCHC_BROWSER`, a known command, or a usual place."""
    named = os.environ.get("CCHC_BROWSER")
    if named:
        return named if Path(named).is_file() else None
    found = (shutil.which(command) for command in _COMMANDS)
    places = (place for place in _PLACES if Path(place).is_file())
    return next((path for path in found if path), None) or next(places, None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_browser()
    if program is None:
        pytest.fail(
            "No browser found: install Chrome, Edge or Chromium, or set CCHC_BROWSER to one "
            '(or leave these tests out: -m "not browser").',
            pytrace=False,
        )
    from playwright.sync_api import sync_playwright  # heavy, and most tests need none

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a context of its own; Vietnamese, and impatient: nothing here is far away."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1100, "height": 900})
    context.set_default_timeout(5_000)
    yield context.new_page()
    context.close()
