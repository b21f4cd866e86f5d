"""Compare: a published reading against the band that the model predicts for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from puncta.evidence import uniforms
from puncta.evidence.mechanism import MechanismRow
from puncta.validation.bench import Bench
from puncta.validation.observe import BUILT_IN
from puncta.validation.published import people_count

Array = NDArray[np.float64]

# numerics: the band holds 80 of 100 draws
LOW_PERCENT, MIDDLE_PERCENT, HIGH_PERCENT = 10.0, 50.0, 90.0
AGREEING_FRACTION = 0.8
_SD_TO_BAND = float(2.0 * ndtri(0.9))


@dataclass(frozen=True)
class Compared:
    """A row beside its prediction.

    Parameters
    ----------
    row : MechanismRow
        The row.
    low, median, high : float
        Predicted band of 80 of 100 and its middle, in the row's unit; directions as change since before.
    agreeing_fraction : float or None
        For bounds and directions: the share of draws that agree. None for figures.
    inside : bool
        A figure: within the band, give or take its rounding. A bound or direction: 80 of 100 draws agree.
    distance : float
        Where a figure lies in half-widths of the band from its middle: 0 the middle, beyond -1 or 1 outside. For
        bounds and directions the share that agrees less 0.8.
    width_over_source : float or None
        Width of the band over that of 80 of 100 people in the source; None where no spread is printed.
    built_in : bool
        A direction that the model's form gives whatever its values are.
    """

    row: MechanismRow
    low: float
    median: float
    high: float
    agreeing_fraction: float | None
    inside: bool
    distance: float
    width_over_source: float | None
    built_in: bool


def sampling_error(row: MechanismRow, bench: Bench) -> Array:
    """Error of a published mean from the spread that its source prints, shape (n,); 0 where it prints none.

    Parameters
    ----------
    row : MechanismRow
        The row; a standard error as it is, a standard deviation over the root of the people, a printed range evenly.
    bench : Bench
        Draws and seed.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> sampling_error(mechanism_row("H03b"), Bench(2, seed=0))
    array([0., 0.])
    """
    u = uniforms(bench.seed, f"validation.{row.key}.sampling", bench.n)
    if row.printed_range is not None:
        low, high = row.printed_range
        return (high - low) * (u - 0.5)
    if row.se is not None:
        return row.se * ndtri(u)
    if row.sd is not None:
        return row.sd / np.sqrt(people_count(row, bench.n, bench.seed)) * ndtri(u)
    return np.zeros(bench.n)


def compare(row: MechanismRow, simulated: Array, bench: Bench) -> Compared:
    """Set a row beside its simulated draws.

    Parameters
    ----------
    row : MechanismRow
        A usable row.
    simulated : ndarray, shape (n,)
        From `observe`.
    bench : Bench
        Draws and seed.

    Returns
    -------
    Compared
        Inside or outside, and how far.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> compare(mechanism_row("H03b"), np.linspace(40, 50, 101), Bench(101, seed=0)).inside
    False
    """
    value = row.value if row.value is not None else 0.0
    figures = simulated
    if row.says == "figure":
        figures = simulated + sampling_error(row, bench)
        if np.all(simulated >= 0.0):  # hours, scores and shares are never negative
            figures = np.maximum(figures, 0.0)
    low, median, high = (float(x) for x in np.percentile(figures, [LOW_PERCENT, MIDDLE_PERCENT, HIGH_PERCENT]))
    if row.says == "figure":
        half = high - median if value > median else median - low
        distance = 0.0 if value == median else _ratio(value - median, half + row.rounding)
        return Compared(
            row=row,
            low=low,
            median=median,
            high=high,
            agreeing_fraction=None,
            inside=low - row.rounding <= value <= high + row.rounding,
            distance=distance,
            width_over_source=_width(row, high - low),
            built_in=False,
        )
    agrees = {
        "at_most": figures <= value,
        "at_least": figures >= value,
        "rise": figures > 0.0,
        "fall": figures < 0.0,
    }[row.says or "rise"]
    share = float(np.mean(agrees))
    return Compared(
        row=row,
        low=low,
        median=median,
        high=high,
        agreeing_fraction=share,
        inside=share >= AGREEING_FRACTION,
        distance=share - AGREEING_FRACTION,
        width_over_source=None,
        built_in=row.says in ("rise", "fall") and row.quantity in BUILT_IN,
    )


def _ratio(over: float, half: float) -> float:
    return over / half if half > 0.0 else float(np.copysign(np.inf, over))


def _width(row: MechanismRow, width: float) -> float | None:
    if row.printed_range is not None:
        return width / (row.printed_range[1] - row.printed_range[0])
    return None if row.sd is None else width / (_SD_TO_BAND * row.sd)
