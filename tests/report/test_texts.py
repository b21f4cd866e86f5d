"""Texts: each one is used, and none is asked for that does not exist."""

import re
from pathlib import Path

import puncta.report
from puncta.messages import keys, text

FOLDER = Path(puncta.report.__file__).parent


def _sources() -> str:
    files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_no_text_stands_unused() -> None:
    source = _sources()
    # keys put together from a fixed beginning
    begun = set(re.findall(r"""f["']report\.([a-z_.]+?)\{""", source))
    unused = []
    for key in keys("report."):
        name = key.removeprefix("report.")
        if f'"{key}"' in source or f'"{name}"' in source or any(name.startswith(start) for start in begun):
            continue
        unused.append(key)
    assert not unused


def test_every_text_that_a_page_asks_for_exists() -> None:
    for file in (FOLDER / "templates").glob("*.html"):
        for key in re.findall(r'\bt\("([a-z_.0-9]+)"', file.read_text(encoding="utf-8")):
            # the pages of photographs, of grading and of a follow-up speak words of their own
            own = {"photographs": "imaging.page", "grading": "imaging.grading", "follow_up": "followup.page"}
            spoken = own.get(file.stem, "report")
            full = key if key.startswith("limits.") else f"{spoken}.{key}"
            assert text(full), full


def test_no_text_uses_a_hyphen_for_a_minus() -> None:
    assert not [key for key in keys("report.") if re.search(r"(?<![\w{])-\d", text(key))]
