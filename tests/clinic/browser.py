"""A real browser against a real server: started once, skipped where there is no browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

#: Desktop and tablet, as the pages are drawn.
SIZES = {"desktop": (1440, 900), "tablet": (1180, 820), "narrow": (390, 844)}
#: Everything axe counts as grave.
GRAVE = ("serious", "critical")
PICTURES = os.environ.get("PUNCTA_CLINIC_PICTURES", "")


def chromium() -> str:
    """The browser of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""


@contextmanager
def opened(address: str, size: str, args: tuple[str, ...] = (), **options: Any) -> Iterator[Any]:
    """A page of a browser of a size; what its console says against the page fails the test."""
    from playwright.sync_api import sync_playwright

    width, height = SIZES[size]
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", *args])
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=address, **options)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if "Policy" in message.text else None)
        try:
            yield page
        finally:
            context.close()
            browser.close()
    assert not said


def grave(page: Any) -> list[str]:
    """What axe finds on a page and counts as grave."""
    from axe_playwright_python.sync_playwright import Axe

    return [
        f"{problem['id']} ({problem['impact']}) {[node['target'] for node in problem['nodes'][:3]]}"
        for problem in Axe().run(page).response["violations"]
        if problem["impact"] in GRAVE
    ]


def picture(page: Any, name: str) -> None:
    """Keep a picture of a page where a folder for them is named."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=name.startswith("all-"))


needs_browser = pytest.mark.skipif(not chromium(), reason="no Chromium on this machine")
