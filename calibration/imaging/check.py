"""Check of errors on people who did not calibrate: unchanged pairs, and changes of twice the SDC, by tone.

Run ``uv run python -m calibration.imaging.check unchanged FIRST 200`` and ``... found FIRST 2 [FIGURE]``, each with a
first person that no run has seen; ``evidence/data/fitted/imaging_checks_*.toml`` keeps what was found.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from calibration.imaging.people import PX_PER_MM, TONES, pair, person, zones

from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically
from puncta.imaging import Photograph, Scale, measure_photograph, metrics, render
from puncta.imaging.curve import levels
from puncta.imaging.errors import sdc95, sem_of, simulated_errors
from puncta.imaging.measure import ZoneFigures

#: Metric -> what is changed in the patch to move it, and the unchanged amount.
MOVED = {
    "texture": ("relief", 1.0), "line_strength": ("lines", 1.0), "line_length": ("lines", 1.0),
    "pores": ("openings", 0.0), "spots": ("spots", 1.0),
    "redness": ("redness", 1.0), "melanin": ("melanin_ln", 0.0), "blood": ("blood_ln", 0.0), "ita": ("melanin_ln", 0.0),
    "lightness": ("melanin_ln", 0.0), "a_star": ("blood_ln", 0.0), "b_star": ("melanin_ln", 0.0),
}  # fmt: skip
# true changes between these folds of the SDC count as twice the SDC
_LEAST, _MOST = 1.9, 2.3
_FIRST_STEP, _TRIES, _SMALL = 0.2, 6, 0.1


def unchanged(first: int, pairs: int) -> dict[str, object]:
    """How often error alone passes for a change, by metric and tone, and for a pair as a whole."""
    passed, size = defaultdict(list), defaultdict(list)
    called: dict[float, int] = dict.fromkeys(TONES, 0)
    refused = 0
    for number in range(pairs):
        tone = TONES[number % len(TONES)]
        patch = person(tone, first + number)
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


def found_changes(first: int, people: int, names: Sequence[str] = ()) -> dict[str, dict[str, list[int]]]:
    """How many true changes of twice the SDC pass it, and of how many, by metric and tone."""
    out: dict[str, dict[str, list[int]]] = {}
    for name, (what, still) in ((name, how) for name, how in MOVED.items() if not names or name in names):
        row: dict[str, list[int]] = {}
        for tone in TONES:
            hits: list[bool] = []
            for who in range(first, first + people):
                hits += _hits(name, what, still, tone, who)
            if hits:
                row[str(tone)] = [int(np.sum(hits)), len(hits)]
        out[name] = row
        print(name, row, flush=True)
    return out


def _hits(name: str, what: str, still: float, tone: float, who: int) -> list[bool]:
    """Whether a change was found, for each zone that truly changed by about twice its SDC."""
    before = _still(tone, who, {})
    step, true = _FIRST_STEP, [0.0]
    for _ in range(_TRIES):
        true = _folds(name, before, _still(tone, who, {what: still + step}))
        if _LEAST <= abs(true[0]) <= _MOST:
            break
        step *= float(np.clip(2.0 / max(abs(true[0]), _SMALL), 0.25, 4.0))
    found = pair(person(tone, who), person(tone, who, **{what: still + step}), who, 10 * who)
    told = {one.zone: one for one in found.changes if one.metric == name and not one.refused}
    return [
        told[zone.zone].beyond_error
        for zone, fold in zip(before, true, strict=True)
        if zone.zone in told and _LEAST <= abs(fold) <= _MOST
    ]


def _folds(name: str, before: tuple[ZoneFigures, ...], after: tuple[ZoneFigures, ...]) -> list[float]:
    """True change of each zone against its SDC."""
    metric, errors = metrics()[name], simulated_errors(True)
    out = []
    for one, two in zip(before, after, strict=True):
        sem = sem_of(errors, metric, one.area_cm2, one.values["ita"])
        out.append((metric.scaled(two.values[name]) - metric.scaled(one.values[name])) / sdc95(sem))
    return out


def _still(tone: float, who: int, changes: dict[str, float]) -> tuple[ZoneFigures, ...]:
    """Figures of a person photographed without any error."""
    photo = Photograph("still", levels(render(person(tone, who, **changes), who)))
    scale = Scale(1.0 / PX_PER_MM, "ruler", 0.01)
    return measure_photograph(photo, polygons=zones(), scale=scale, chart=False)[1].zones


def errors_hash() -> str:
    """Hash of the errors that were checked, the probes of the model among them."""
    return hashlib.sha256(Path(str(FOLDER), "imaging_errors.toml").read_bytes()).hexdigest()[:16]


def main() -> None:
    """Run one of both and write what was found."""
    what, first, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if what == "unchanged":
        write_unchanged(first, unchanged(first, number))
    else:
        found = {**_kept(), **found_changes(first, number, sys.argv[4:])}
        _write("found", first, [line for name, row in found.items() for line in (f"[{name}]", *_rows(row), "")])


def _kept() -> dict[str, dict[str, list[int]]]:
    """What was found of other figures, where it belongs to the same errors."""
    file = Path(str(FOLDER)) / "imaging_checks_found.toml"
    stored = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if stored.get("errors_hash") != errors_hash():
        return {}
    return {name: row for name, row in stored.items() if isinstance(row, dict)}


def write_unchanged(first: int, same: dict[str, object]) -> None:
    """Write what unchanged pairs showed."""
    print(same, flush=True)
    lines = [*(f"{name} = {value}" for name, value in same.items() if not isinstance(value, dict)), ""]
    for name in ("called_by_tone", "not_significant_percent"):
        lines += [f"[{name}]", *_rows(same[name]), ""]
    error = same["error_by_tone"]
    assert isinstance(error, dict)
    for name, row in error.items():
        lines += [f"[error_by_tone.{name}]", *_rows(row), ""]
    _write("unchanged", first, lines)


def _write(what: str, first: int, lines: list[str]) -> None:
    head = [
        f"# People who did not calibrate; written by python -m calibration.imaging.check {what}.",
        "format = 1", f"first_person = {first}", f'errors_hash = "{errors_hash()}"',
    ]  # fmt: skip
    write_atomically(Path(str(FOLDER)) / f"imaging_checks_{what}.toml", "\n".join([*head, *lines]).rstrip() + "\n")


def _rows(table: object) -> list[str]:
    assert isinstance(table, dict)
    return [f'"{key}" = {value}' for key, value in table.items()]


if __name__ == "__main__":
    main()
