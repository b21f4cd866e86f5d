"""Files: short, well named, typed, formatted, and silent about the machine they were written on."""

import re
import subprocess
import sys
from pathlib import Path

import puncta

SRC = Path(puncta.__file__).parent
ROOT = SRC.parent.parent
CODE = ("src", "tests", "calibration", "examples", "benchmarks")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "manager", "misc"}


def _run(tool: str, *arguments: str) -> None:
    command = [str(Path(sys.executable).parent / tool), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_longer_than_400_lines() -> None:
    files = [*SRC.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    long = {str(f.relative_to(ROOT)): n for f in files if (n := len(f.read_text().splitlines())) > 400}
    assert not long


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [f for f in SRC.rglob("*.py") if f.stem in FORBIDDEN_NAMES]


def test_nothing_unfinished_stands_in_the_source() -> None:
    marks = re.compile(r"TODO|FIXME|XXX|NotImplementedError")
    assert not [f for f in SRC.rglob("*.py") if marks.search(f.read_text())]


def test_no_path_of_a_machine_stands_in_a_tracked_file() -> None:
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=False, cwd=ROOT).stdout.split()
    places = re.compile(r"/" + r"(work|root|home|farm)/[a-z]")
    bad = []
    for name in listed:
        file = ROOT / name
        if file.suffix in {".lock", ".png"} or not file.is_file():
            continue
        if places.search(file.read_text(errors="ignore")):
            bad.append(name)
    assert not bad


def test_code_is_linted() -> None:
    _run("ruff", "check", *CODE)


def test_code_is_formatted() -> None:
    _run("ruff", "format", "--check", *CODE)


def test_types_hold() -> None:
    _run("pyright")
