"""Writing: all files or none, the same bytes for the same plan, nothing where there is no plan."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.report.made import plan_of

from puncta.errors import InputError, StoppedError
from puncta.report import write_report
from puncta.report.write import _put
from puncta.safety import Screening


def test_all_files_are_written_and_repeat(tmp_path: Path) -> None:
    files = write_report(plan_of("melasma"), tmp_path / "new" / "folder", "case")
    assert sorted(path.name for path in files.paths) == [
        "case-card.pdf", "case-dates.ics", "case-dose.json", "case-methods.txt", "case-patient.pdf", "case-plan.html",
        "case-plan.pdf", "case-research.csv", "case-stored.json",
    ]  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == sorted(p.name for p in files.paths)
    first = [path.read_bytes() for path in files.paths]
    again = write_report(plan_of("melasma"), tmp_path, "case")
    assert [path.read_bytes() for path in again.paths] == first


def test_a_stopped_case_writes_nothing(tmp_path: Path) -> None:
    stopped = replace(plan_of("melasma"), screening=Screening((), ("pregnant_or_nursing",), ()))
    with pytest.raises(StoppedError):
        write_report(stopped, tmp_path / "out", "case")
    assert not (tmp_path / "out").exists()


def test_a_failure_half_way_leaves_no_new_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def failing(source: str, target: Path) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        _put({tmp_path / "a": b"new", tmp_path / "b": b"new"}, failing)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="file"):
        write_report(plan_of("melasma"), tmp_path / "file", "case")


def test_files_are_readable_for_others(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("permissions differ")
    files = write_report(plan_of("melasma"), tmp_path, "case")
    assert all(path.stat().st_mode & 0o044 for path in files.paths)
