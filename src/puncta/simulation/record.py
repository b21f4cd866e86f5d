"""The record of an outcome: plain values for JSON, each figure with unit, band, and how much behind it is assumed."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.case import Library
from puncta.messages import text
from puncta.simulation.outcome import Outcome, Quantity
from puncta.units import SUFFIXES, suffix_of

FORMAT = 1
_LEVELS = ("low80", "low50", "median", "high50", "high80")
_DIGITS = 5  # numerics: digits of form, not of nature
_MOST_DIGITS = 300  # numerics: powers of ten that a number can hold


def rounded(value: float) -> float:
    """A figure to the digits that are kept in records.

    Examples
    --------
    >>> rounded(0.123456789)
    0.12346
    """
    return float(f"{value:.{_DIGITS}g}")


def _listed(values: NDArray[np.float64]) -> list[Any]:
    """Figures as `rounded` gives them; a course has tens of thousands."""
    sizes = np.maximum(np.abs(values), np.finfo(float).tiny)
    digits = np.minimum(_DIGITS - 1 - np.floor(np.log10(sizes)), _MOST_DIGITS)
    fold = 10.0 ** np.abs(digits)
    return np.where(digits >= 0, np.rint(values * fold) / fold, np.rint(values / fold) * fold).tolist()


def unit_of(name: str) -> str:
    """Unit of a quantity by its name.

    Examples
    --------
    >>> unit_of("depth_mm")
    'mm'
    """
    suffix = suffix_of(name)
    return "" if suffix is None else SUFFIXES[suffix]


def quantity_record(quantity: Quantity, library: Library) -> dict[str, Any]:
    """One quantity as plain values.

    Parameters
    ----------
    quantity : Quantity
        The quantity.
    library : Library
        That of its case.

    Returns
    -------
    dict
        Name, unit, place, days, bands, thinness, limits, studies and counts of what it rests on.
    """
    band = quantity.band()
    behind = library.trace(quantity.rests_on, quantity.studies)
    record: dict[str, Any] = {
        "name": quantity.name,
        "unit": unit_of(quantity.name),
        "zone": quantity.zone,
        "concern": quantity.concern,
        "thin": text(quantity.thin) if quantity.thin else "",
        "limits": text(quantity.limits),
        "studies": list(quantity.studies),
        "parameters_count": len(behind.parameters),
        "assumed_count": behind.assumed_count,
    }
    if not quantity.is_scalar:
        record["days"] = _listed(quantity.days)
    levels = _listed(np.array([getattr(band, name) for name in _LEVELS]))
    return record | dict(zip(_LEVELS, (row[0] for row in levels) if quantity.is_scalar else levels, strict=True))


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain values.

    Parameters
    ----------
    outcome : Outcome
        The outcome.

    Returns
    -------
    dict
        Format number, course, seed, draws and every quantity by key.

    Examples
    --------
    >>> from puncta.case import Course, read_case
    >>> from puncta.simulation import simulate
    >>> outcome = simulate(read_case("examples/acne_scars.toml"), Course("untreated", ()), draws=5)
    >>> outcome_record(outcome)["quantities"]["improvement_fraction@atrophic_acne_scars"]["unit"]
    ''
    """
    return {
        "format": FORMAT,
        "title": outcome.case.title,
        "course": outcome.course.name,
        "session_days": [session.day for session in outcome.course.sessions],
        "seed": outcome.seed,
        "draws_count": outcome.draws_count,
        "notice": text("limits.not_a_device"),
        "quantities": {key: quantity_record(q, outcome.case.library) for key, q in outcome.quantities.items()},
    }
