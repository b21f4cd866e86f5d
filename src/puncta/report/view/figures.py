"""Figures: how each quantity is printed, and which of an outcome's quantities a row shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.report.numbers import Printed, halves, odds, printed
from puncta.simulation import Outcome, Quantity

LEVELS = (10.0, 25.0, 50.0, 75.0, 90.0)
_PERCENT = 100.0


@frozen
class _Style:
    """Unit, factor to it, and most decimals."""

    unit: str
    scale: float = 1.0
    most: int = 0
    signed: bool = False


_STYLES = MappingProxyType(
    {
        "depth_mm": _Style("mm", most=2),
        "density_per_cm2": _Style("per cm²"),
        "opened_area_fraction": _Style("%", _PERCENT),
        "injury_mm3_per_cm2": _Style("mm³/cm²", most=3),
        "bleeding_fraction": _Style("%", _PERCENT),
        "redness_visible_hours": _Style("h"),
        "inflammation_hours": _Style("h"),
        "time_minutes": _Style("min", most=1),
        "improvement_fraction": _Style("%", -_PERCENT, signed=True),
        "collagen_fold": _Style("×", most=2),
        "collagen_mature_fold": _Style("×", most=2),
        "elastin_new_fraction": _Style("%", _PERCENT, most=1),
        "dose_ug_per_cm2": _Style("µg/cm²"),
        "elastin_total_fold": _Style("×", most=2),
        "epidermis_fold": _Style("×", most=2),
        "severity_score": _Style("", most=1),
    }
)


def evidence_name(quantity: Quantity) -> str:
    """Name of the evidence block of a quantity."""
    return f"ev-{quantity.name}"


def figure_of(quantity: Quantity, values: NDArray[np.float64]) -> Printed:
    """Print draws of a quantity by its own rules.

    Parameters
    ----------
    quantity : Quantity
        Says which rules.
    values : ndarray, shape (draws,)
        Its draws, at one day where it has days.

    Returns
    -------
    Printed
        Median with the range that holds 80 of 100.
    """
    evidence = evidence_name(quantity)
    if quantity.name.endswith("_probability"):
        return _odds(values, evidence)
    if quantity.name == "pain_score":
        low, median, high = np.percentile(values, (10.0, 50.0, 90.0))
        whole = printed(float(low), float(median), float(high), most=0)
        return Printed(halves(float(median)), whole.low, whole.high, evidence=evidence)
    style = _STYLES.get(quantity.name, _Style("", most=3))
    low, median, high = np.percentile(style.scale * values, (10.0, 50.0, 90.0))
    return printed(float(low), float(median), float(high), style.unit, evidence, style.most, style.signed)


def _odds(values: NDArray[np.float64], evidence: str) -> Printed:
    if np.isin(values, (0.0, 1.0)).all():
        # each draw says yes or no: the share of draws is the odds, and it has no band of its own
        share = float(values.mean())
        return odds(share, share, share, evidence)
    low, median, high = (float(level) for level in np.percentile(values, (10.0, 50.0, 90.0)))
    return odds(low, median, high, evidence)


def five(quantity: Quantity, day: float) -> tuple[float, float, float, float, float]:
    """Low 80, low 50, median, high 50 and high 80 of a share gone, as change in %."""
    low80, low50, median, high50, high80 = np.percentile(-_PERCENT * quantity.at(day), LEVELS)
    return float(low80), float(low50), float(median), float(high50), float(high80)


def find(outcome: Outcome, name: str, place: str = "") -> Quantity | None:
    """A quantity by name and place (``cheek_left``, ``melasma``, ``melasma/cheek_left``), None where absent."""
    return outcome.quantities.get(f"{name}@{place}" if place else name)


def scalar_figure(outcome: Outcome, name: str, place: str = "") -> Printed | None:
    """Print a figure without time, None where absent."""
    quantity = find(outcome, name, place)
    return None if quantity is None else figure_of(quantity, quantity.values[:, 0])


def greatest(quantities: Iterable[Quantity]) -> Quantity | None:
    """Of scalars for several zones, the one with the greatest median: what a person will notice."""
    key: Callable[[Quantity], float] = lambda quantity: float(np.median(quantity.values[:, 0]))  # noqa: E731
    return max(quantities, key=key, default=None)


def greatest_figure(outcome: Outcome, name: str) -> Printed | None:
    """Print the greatest of the zones' scalars, None where absent."""
    quantity = greatest(outcome.named(name))
    return None if quantity is None else figure_of(quantity, quantity.values[:, 0])


def at_day(quantity: Quantity, day: float) -> float:
    """The nearest day that the quantity covers."""
    return float(np.clip(day, quantity.days[0], quantity.days[-1]))
