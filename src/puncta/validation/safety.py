"""Safety beside what was published: how long redness lasts, how much it hurts, how many people keep dark marks."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, uniforms
from puncta.evidence.fitted import FOLDER
from puncta.evidence.mechanism import MechanismRow
from puncta.messages import text
from puncta.safety import RecoveryParameters, SafetyParameters, pih_probability, seen_from_delta_a, skin_tone
from puncta.safety.recovery_signs import bump_signs, last_day_above
from puncta.safety.redness import visible_redness
from puncta.validation.bench import REDNESS_DAYS, Bench
from puncta.validation.compare import compare
from puncta.validation.observe import observe
from puncta.validation.parameters import ValidationParameters
from puncta.validation.published import people_count
from puncta.validation.record import row_record
from puncta.validation.safety_row import SAFETY_GROUPS, safety_rows
from puncta.validation.validate import ALL, ROLES, MechanismValidation
from puncta.validation.words import reason_of_miss, tally_words

Array = NDArray[np.float64]
_HOURS_PER_DAY = 24.0
#: A sign is noticed from half of the step from none to slight.
_NOTICED_SCORE = 0.5
_AFTER = ("swelling", "sensitivity")
_ALL_AFTER = ("swelling", "sensitivity", "dryness", "peeling")
#: The share of rows that is to lie inside, and how many of the sources of dark marks.
TARGET_FRACTION = 0.7  # numerics: what was set before any row was compared
PIGMENT_TARGET = (4, 5)  # numerics: four of the five sources that the evidence names
PIGMENT_SOURCES = ("A03m", "A43m", "A04m", "M15m", "A21m")


def validate_safety(
    draws: int = 400,  # numerics: enough for bands, few enough to wait for
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
    rows: Sequence[MechanismRow] | None = None,
) -> MechanismValidation:
    """Set every usable row of safety beside the model under the row's own protocol.

    Parameters
    ----------
    draws, seed : int
        Simulated studies behind each band, and seed.
    progress : callable or None
        Called with the share done, 0 to 1.
    rows : sequence of MechanismRow, optional
        Rows to take; without it all of the evidence.

    Returns
    -------
    MechanismValidation
        Each row inside or outside its band, and the rows left out with the reason.

    Notes
    -----
    How red skin is after 0.5 to 2 mm was never measured, so that no row stands for it; it stays assumed. Limits:
    ``limits.redness``, ``limits.pain``, ``limits.pih``, ``limits.recovery``.

    Examples
    --------
    >>> done = validate_safety(40, rows=[safety_rows()["A43m"], safety_rows()["T045"]])
    >>> done.tally("calibration").rows_count, [row.key for row in done.unusable]
    (1, ['T045'])
    """
    taken = list(safety_rows().values()) if rows is None else list(rows)
    usable = sorted((row for row in taken if row.is_usable), key=lambda row: SAFETY_GROUPS.index(row.group))
    bench, compared = Bench(draws, seed, usable), []
    for done, row in enumerate(usable):
        read = _OBSERVED.get(row.quantity, observe)
        compared.append(compare(row, read(row, bench), bench))
        if progress is not None:
            progress((done + 1) / len(usable))
    return MechanismValidation(tuple(compared), tuple(row for row in taken if not row.is_usable), draws, seed)


def dark_marks_count(row: MechanismRow, bench: Bench) -> Array:
    """How many of the row's people keep dark marks after its course, shape (n,).

    Each person has a phototype of their own within what is printed. What share kept to sunscreen, and what the raters
    call a dark mark, is printed nowhere and drawn for each study, as in the fit.
    """
    done, n, seed = bench.protocol(row), bench.n, bench.seed
    injury = done.wound.injury_mm3_per_cm2 * done.sessions
    law = draw(SafetyParameters, n, seed)
    without_sunscreen = uniforms(seed, f"validation.{row.study}.sunscreen", n)
    raters = draw(ValidationParameters, n, seed).dark_marks_study_fold
    low, high = (int(end) for end in row.phototypes or (1, 6))  # numerics: all types where none is printed
    people = people_count(row, n, seed)
    marked = np.zeros(n)
    for person in range(int(people.max())):
        stream = f"validation.{row.study}.person.{person}"
        kind = low + np.floor((high - low + 1) * uniforms(seed, f"{stream}.phototype", n)).astype(np.int64)
        chances = [pih_probability(kind, injury, sun, row.lesion == "melasma", False, law) for sun in (True, False)]
        chance = np.where(uniforms(seed, f"{stream}.sunscreen", n) < without_sunscreen, chances[1], chances[0])
        chance = chance * raters / (1.0 - chance + chance * raters)
        marked += (uniforms(seed, f"{stream}.marks", n) < chance) & (person < people)
    return marked


def signs_hours(row: MechanismRow, bench: Bench) -> Array:
    """Hours until redness is no longer seen and swelling and soreness no longer noticed, shape (n,)."""
    return _signs_hours(row, bench, _AFTER)


def all_signs_hours(row: MechanismRow, bench: Bench) -> Array:
    """Hours until no sign of the days after is left: redness, swelling, soreness, dryness, peeling; shape (n,)."""
    return _signs_hours(row, bench, _ALL_AFTER)


def _signs_hours(row: MechanismRow, bench: Bench, signs: Sequence[str]) -> Array:
    healing, _ = bench.course(row, REDNESS_DAYS)
    done = bench.protocol(row)
    on = np.searchsorted(healing.days, REDNESS_DAYS)
    visible = visible_redness(healing.redness_delta_a[:, on], skin_tone(None, done.phototype, bench.seed))
    seen = seen_from_delta_a(done.phototype, draw(SafetyParameters, bench.n, bench.seed))
    law = draw(RecoveryParameters, bench.n, bench.seed)
    law = replace(law, person_fold=law.person_fold ** bench.person_power(row))
    course = bump_signs(REDNESS_DAYS * _HOURS_PER_DAY, done.wound.depth_mm, False, law)
    noticed = np.full(bench.n, _NOTICED_SCORE)
    ends = [last_day_above(REDNESS_DAYS, visible, seen)]
    ends += [last_day_above(REDNESS_DAYS, course[sign], noticed) for sign in signs]
    return np.max(ends, axis=0) * _HOURS_PER_DAY


def dark_marks_left_out() -> dict[str, tuple[float, float, float]]:
    """People with dark marks that a fit without their series predicts: band of 80 of 100 and its middle, by row.

    Examples
    --------
    >>> sorted(dark_marks_left_out())
    ['A03m', 'A04m', 'A21m', 'A43m', 'M15m']
    """
    stored = tomllib.loads(FOLDER.joinpath("safety_unseen.toml").read_text(encoding="utf-8"))
    return {entry["row"]: tuple(entry["band80_people"]) for entry in stored["reading"]}


def _left_out_record() -> list[dict[str, Any]]:
    out = []
    for row, (low, median, high) in dark_marks_left_out().items():
        marked = safety_rows()[row].value or 0.0
        bands = {"low80": low, "median": median, "high80": high}
        out.append({"row": row, "marked_count": marked, **bands, "inside": low <= marked <= high})
    return out


_OBSERVED = {"dark_marks_count": dark_marks_count, "signs_hours": signs_hours, "all_signs_hours": all_signs_hours}


def safety_validation_record(found: MechanismValidation) -> dict[str, Any]:
    """Turn a validation of safety into plain values, ready for JSON.

    Parameters
    ----------
    found : MechanismValidation
        From `validate_safety`.

    Returns
    -------
    dict
        Rows, tallies by group, whether the targets are reached, rows left out, and what has no data.

    Examples
    --------
    >>> safety_validation_record(validate_safety(40, rows=[safety_rows()["A43m"]]))["rows"][0]["row"]
    'A43m'
    """
    of_groups = {}
    for group in (*SAFETY_GROUPS, ALL):
        both = [found.tally(role, group) for role in ROLES]
        inside, every = sum(one.inside_count for one in both), sum(one.rows_count for one in both)
        of_groups[group] = {
            "inside_count": inside,
            "rows_count": every,
            "reached": inside >= TARGET_FRACTION * every,
            **{role: tally_words(one) for role, one in zip(ROLES, both, strict=True)},
        }
    named = [entry for entry in found.compared if entry.row.key in PIGMENT_SOURCES]
    marked = sum(entry.inside for entry in named)
    return {
        "format": 1,
        "part": "safety",
        "draws": found.draws,
        "seed": found.seed,
        "groups": of_groups,
        "pigment_sources": {"inside_count": marked, "rows_count": len(named), "reached": marked >= PIGMENT_TARGET[0]},
        "pigment_left_out": _left_out_record(),
        "rows": [
            {**row_record(entry), "likely_reason": "" if entry.inside else reason_of_miss(entry)}
            for entry in found.compared
        ],
        "unusable": [{"row": row.key, "what": row.what, "reason": row.reason} for row in found.unusable],
        "without_data": text("validation.safety.without_data"),
    }
