"""Compare: a published reading against the band that the model predicts for it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence.mechanism import MechanismRow
from puncta.frozen import frozen
from puncta.validation.bench import Bench
from puncta.validation.observe import BUILT_IN
from puncta.validation.pooled import Pooled, pooled_people
from puncta.validation.sampling import SD_TO_BAND, sampling_error

Array = NDArray[np.float64]

# numerics: the band holds 80 of 100 draws
LOW_PERCENT, MIDDLE_PERCENT, HIGH_PERCENT = 10.0, 50.0, 90.0
AGREEING_FRACTION = 0.8


@frozen
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
        Width of the band over that of 80 of 100 of the row's own people; None where it prints no spread.
    pooled : Pooled or None
        People of all sources of this quantity; None where no source prints a spread, and for bounds and directions.
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
    pooled: Pooled | None
    built_in: bool

    @property
    def width_over_pooled(self) -> float | None:
        """Width of the band over that of 80 of 100 of the pooled people; None where there are none."""
        return None if self.pooled is None else (self.high - self.low) / self.pooled.width

    @property
    def width_over_people(self) -> float | None:
        """Width of the band over that of the row's own people or the pooled ones, whichever lie further apart.

        Above 1 neither explains it; None where neither is known.
        """
        known = [width for width in (self.width_over_source, self.width_over_pooled) if width is not None]
        return min(known, default=None)


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
            pooled=pooled_people(row),
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
        pooled=None,
        built_in=row.says in ("rise", "fall") and row.quantity in BUILT_IN,
    )


def _ratio(over: float, half: float) -> float:
    return over / half if half > 0.0 else float(np.copysign(np.inf, over))


def _width(row: MechanismRow, width: float) -> float | None:
    if row.printed_range is not None:
        return width / (row.printed_range[1] - row.printed_range[0])
    return None if row.sd is None else width / (SD_TO_BAND * row.sd)
