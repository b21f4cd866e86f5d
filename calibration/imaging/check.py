"""Check of errors on people who did not calibrate: unchanged pairs, and changes of twice the SDC, by tone.

Run ``uv run python -m calibration.imaging.check unchanged FIRST 200 [crossed]`` and ``... found FIRST 6 [FIGURE...]``,
each with a first person that no run has seen; ``evidence/data/fitted/imaging_checks_*.toml`` keeps what was found, by
tone: changes found, changes told, people of whom one was told, and changes that were refused.
"""

from __future__ import annotations

import dataclasses
import sys
import tomllib
from collections import defaultdict
from typing import Any

import numpy as np
from calibration.imaging.changes import MOVED, found_changes
from calibration.imaging.checked import check_file, errors_hash, keep, table_rows
from calibration.imaging.people import TONES, pair, person

from puncta.imaging import metrics


def unchanged(first: int, pairs: int, polarised: bool = False) -> dict[str, object]:
    """How often error alone passes for a change, by metric and tone, and for a pair as a whole."""
    passed, size = defaultdict(list), defaultdict(list)
    called: dict[float, int] = dict.fromkeys(TONES, 0)
    refused = 0
    for number in range(pairs):
        tone = TONES[number % len(TONES)]
        patch = dataclasses.replace(person(tone, first + number), polarised=polarised)
        found = pair(patch, patch, first + number, 10 * (first + number))
        refused += found.verdict != "comparable"
        called[tone] += found.changed
        for one in found.changes:
            if not one.refused:
                passed[one.metric].append(one.beyond_error)
                size[one.metric, tone].append(one.change / np.sqrt(2.0))
    quiet = {name: round(100.0 * (1.0 - float(np.mean(each))), 1) for name, each in passed.items()}
    error = {
        name: {str(t): float(f"{np.sqrt(np.mean(np.square(size[name, t]))):.3g}") for t in TONES if size[name, t]}
        for name in metrics()
    }
    return {
        "pairs": pairs, "refused": refused, "called_changed": sum(called.values()),
        "called_by_tone": {str(tone): count for tone, count in called.items()},
        "not_significant_percent": quiet, "error_by_tone": error,
    }  # fmt: skip


def main() -> None:
    """Run one of both and write what was found."""
    what, first, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if what == "unchanged":
        crossed = sys.argv[4:] == ["crossed"]
        write_unchanged(first, unchanged(first, number, crossed), "unchanged_crossed" if crossed else "unchanged")
    else:
        found, firsts = _kept()
        for name in sys.argv[4:] or MOVED:
            found[name] = found_changes(name, range(first, first + number))
            print(name, found[name], flush=True)
            firsts[name] = first
            about = ", ".join(f"{key} {firsts[key]}" for key in found)
            lines = [line for key, row in found.items() for line in (f"[{key}]", *table_rows(row), "")]
            keep("found", "check found", {"first_persons": f'"{about}"', "errors_hash": f'"{errors_hash()}"'}, lines)


def _kept() -> tuple[dict[str, dict[str, list[int]]], dict[str, int]]:
    """What was found of other figures, where it belongs to the same errors, and the first person of each."""
    file = check_file("found")
    stored = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if stored.get("errors_hash") != errors_hash():
        return {}, {}
    firsts = dict(each.rsplit(" ", 1) for each in stored["first_persons"].split(", "))
    return {name: row for name, row in stored.items() if isinstance(row, dict)}, {
        name: int(number) for name, number in firsts.items()
    }


def write_unchanged(first: int, same: dict[str, Any], name: str = "unchanged") -> None:
    """Write what unchanged pairs showed."""
    print(same, flush=True)
    lines = [*(f"{name} = {value}" for name, value in same.items() if not isinstance(value, dict)), ""]
    for table in ("called_by_tone", "not_significant_percent"):
        lines += [f"[{table}]", *table_rows(same[table]), ""]
    for key, row in same["error_by_tone"].items():
        lines += [f"[error_by_tone.{key}]", *table_rows(row), ""]
    keep(name, f"check {name}", _about(first), lines)


def _about(first: int) -> dict[str, object]:
    return {"first_person": first, "errors_hash": f'"{errors_hash()}"'}


if __name__ == "__main__":
    main()
