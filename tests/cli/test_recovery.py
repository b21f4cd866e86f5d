"""``puncta recovery``: days, a diary beside them, and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import puncta

SCARS, DIARY = "examples/acne_scars.toml", "examples/clinic/diary.toml"
FAST = ("--draws", "40")


def test_days_colours_flags_and_counts_are_printed() -> None:
    ran = puncta("recovery", SCARS, *FAST)
    assert ran.code == 0
    wanted = (
        "day 7", "#", "Redness is no longer seen after", "Inflammation is gone after", "never by redness alone",
        "Firm lumps", "5 of 30 completers, 36 enrolled", "not a medical device",
    )  # fmt: skip
    for words in wanted:
        assert words in ran.out


def test_a_diary_inside_the_course_ends_with_0_and_one_with_pus_with_1(tmp_path: Path) -> None:
    assert puncta("recovery", SCARS, "--diary", DIARY, *FAST).code == 0
    bad = tmp_path / "diary.toml"
    bad.write_text("format = 1\n[[entries]]\nday = 6\nswelling = 3\npus = true\n")
    ran = puncta("recovery", SCARS, "--diary", str(bad), *FAST)
    assert ran.code == 1 and "RED FLAG" in ran.out and "OUTSIDE" in ran.out
    record = json.loads(puncta("recovery", SCARS, "--diary", str(bad), "--json", *FAST).out)
    assert record["raised"][0]["flag"] == "pus" and record["diary_outside_count"] == 1


def test_a_diary_with_mistakes_is_refused_in_words(tmp_path: Path) -> None:
    bad = tmp_path / "diary.toml"
    bad.write_text("format = 1\n[[entries]]\nday = 1\nredness = 7\nswolen = 1\n")
    ran = puncta("recovery", SCARS, "--diary", str(bad), *FAST)
    assert ran.code == 2 and "entries[0].redness" in ran.err and "entries[0].swolen" in ran.err


def test_no_days_are_forecast_where_the_screening_stops(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    written = Path(SCARS).read_text(encoding="utf-8").replace("bleeding_disorder = false", "bleeding_disorder = true")
    case.write_text(written, encoding="utf-8")
    ran = puncta("recovery", str(case), *FAST)
    assert ran.code == 1 and "Bleeding disorder" in ran.out and "Redness is no longer" not in ran.out
