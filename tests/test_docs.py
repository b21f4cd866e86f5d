"""The written pages: every link leads somewhere, every page is found from the index, commands and counts are true."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import puncta
from puncta.cli.app import app
from puncta.evidence.mechanism import mechanism_rows

ROOT = Path(puncta.__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "benchmarks" / "README.md"])
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _anchors(page: Path) -> set[str]:
    """Addresses of the headings of a page, as GitHub makes them, and those that it sets itself."""
    words = page.read_text(encoding="utf-8")
    titles = (title.replace("`", "").strip().lower() for title in re.findall(r"^#+ (.+)$", words, re.MULTILINE))
    made = {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}
    return made | set(re.findall(r'(?:id|name)="([^"]+)"', words))


def _links(page: Path) -> list[tuple[Path, str]]:
    words = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"\]\(([^)\s]+)\)", words)
    inside = [one.partition("#") for one in found if not re.match(r"[a-z]+:", one)]
    return [((page.parent / path).resolve() if path else page, anchor) for path, _, anchor in inside]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_to_a_heading_in_it(page: Path) -> None:
    for target, anchor in _links(page):
        assert target.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in _anchors(target), f"{page.name}: {target.name}#{anchor}"


def test_every_page_is_found_from_the_index() -> None:
    index = DOCS / "README.md"
    assert index in {target for target, _ in _links(ROOT / "README.md")}
    found, waiting = {index}, [index]
    while waiting:
        for target, _ in _links(waiting.pop()):
            if target.suffix == ".md" and target not in found:
                found.add(target)
                waiting.append(target)
    assert not set(PAGES) - found


def test_the_readme_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"^\| `puncta (\w+)", README, re.MULTILINE))
    known = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
    assert named == known | {group.name for group in app.registered_groups}


def test_the_readme_counts_the_readings_of_mechanisms() -> None:
    roles = Counter(row.role for row in mechanism_rows().values())
    usable = roles["calibration"] + roles["validation"]
    assert f"of {sum(roles.values())} published readings of mechanisms the {usable} that" in README


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    quick = code.replace("draws=200", "draws=20").replace('"."', repr(str(tmp_path)))
    exec(compile(quick, "README.md", "exec"), {})
    written = {file.name for file in tmp_path.iterdir()}
    told = set(re.findall(r"`(acne_scars-[\w.]+)`", README))
    assert written == told
