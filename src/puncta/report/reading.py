"""Reading: one figure of a claim, computed on an example case with draws, and what it rests on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, Concern, ConcernKind, Course, ZoneSetting, read_case
from puncta.evidence import draw_one, trace
from puncta.frozen import frozen
from puncta.planning import usual_course
from puncta.report.verdict import Figure, Side, claims
from puncta.simulation import LEVELS, Outcome, Quantity, simulate

EXAMPLES = Path("examples")
_LOW, _MIDDLE, _HIGH = LEVELS[0], LEVELS[2], LEVELS[4]


@frozen
class Reading:
    """A figure as computed: 80 % band, side of the promise, and what it rests on."""

    figure: Figure
    low: float
    median: float
    high: float
    name: str
    thin: str
    assumed_count: int
    parameters_count: int

    @property
    def side(self) -> Side:
        """Where the band lies."""
        return self.figure.side(self.low, self.high)


def case_of(key: str) -> Case:
    """Build a case of the claims from its example.

    Parameters
    ----------
    key : str
        Key of ``cases`` in ``claims.toml``.

    Examples
    --------
    >>> case_of("acne_no_cream").numbing is None
    True
    """
    table = claims().cases[key]
    case = read_case(EXAMPLES / f"{table['example']}.toml")
    kept = tuple(table["zones"])
    asked = [replace(c, zones=zones) for c in case.concerns if (zones := tuple(z for z in c.zones if z in kept))]
    if "concern" in table:
        more = table["concern"]
        kind = ConcernKind(more["kind"])
        asked.append(Concern(kind, tuple(more["zones"]), more["scale"], float(more["severity_score"])))
    return replace(
        case,
        zones=tuple(use for use in case.zones if use.zone in kept),
        concerns=tuple(asked),
        numbing=case.numbing if table.get("numbing", True) else None,
        session_product=table.get("session_product", case.session_product),
    )


def _course(key: str, case: Case) -> Course:
    if key == "usual":
        return usual_course(case)
    if key == "untreated":
        return Course("untreated", ())
    table = claims().courses[key]
    settings = tuple(ZoneSetting(use.zone, table["dial_mm"], table["passes"]) for use in case.zones)
    return Course.regular(key, settings, table["sessions"], table["interval_days"])


@cache
def _outcome(case_key: str, course_key: str) -> Outcome:
    case = case_of(case_key)
    return simulate(case, _course(course_key, case), draws=claims().draws, seed=claims().seed)


def _quantity(case: str, course: str, key: str) -> Quantity:
    return _outcome(case, course)[key]


def read(figure: Figure) -> Reading:
    """Compute a figure; runs are kept, so that figures of one course share them.

    Parameters
    ----------
    figure : Figure
        What to read.

    Examples
    --------
    >>> part = Figure("addon_product", "", "", "appearance.addon_product", None, None, "above", 0.0, False)
    >>> read(part).side.value
    'promised'
    """
    if not figure.case:
        values: NDArray[np.float64] = draw_one(figure.quantity, claims().draws, claims().seed)
        behind, thin = trace([figure.quantity]), ""
    else:
        lead = _quantity(figure.case, figure.course, figure.quantity)
        values, keys, thin = _at(lead, figure.day), list(lead.rests_on), lead.thin
        if figure.minus:
            other = _quantity(*figure.minus, figure.quantity)
            values, keys, thin = values - _at(other, figure.day), [*keys, *other.rests_on], thin or other.thin
        behind = trace(keys)
    low, median, high = (float(v) for v in np.nanpercentile(values, (_LOW, _MIDDLE, _HIGH)))
    name = figure.quantity.split("@")[0]
    return Reading(figure, low, median, high, name, thin, behind.assumed_count, len(behind.parameters))


def _at(quantity: Quantity, day: float | None) -> NDArray[np.float64]:
    return quantity.values[:, 0] if day is None else quantity.at(day)
