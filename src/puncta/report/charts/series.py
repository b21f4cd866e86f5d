"""Series: a quantity reduced to what a chart draws, in the unit that people read."""

from __future__ import annotations

import itertools
import math

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.simulation import Band, Quantity

HOURS_PER_DAY = 24.0
#: Reading days are given in months of 30 days: nine months are day 270.
DAYS_PER_MONTH = 30.0
#: More points than this do not show on paper.
_MOST_POINTS = 160


@frozen
class Series:
    """A band over time.

    Parameters
    ----------
    days : ndarray, shape (t,)
        Days after the first visit.
    band : Band
        Median with its two ranges over those days.
    """

    days: NDArray[np.float64]
    band: Band

    @property
    def low(self) -> float:
        """Lowest value of the 80 % band."""
        return float(self.band.low80.min())

    @property
    def high(self) -> float:
        """Highest value of the 80 % band."""
        return float(self.band.high80.max())


def series(quantity: Quantity, start_day: float = 0.0, end_day: float = math.inf, scale: float = 1.0) -> Series:
    """Reduce a quantity to a band between two days.

    Parameters
    ----------
    quantity : Quantity
        A quantity over days.
    start_day, end_day : float
        Days to keep; where the quantity ends earlier, the series ends with it.
    scale : float
        Factor to the unit of the chart; −100 turns a share gone into a change in per cent.

    Returns
    -------
    Series
        At most 160 recorded days, both ends among them; nothing is smoothed.
    """
    inside = np.flatnonzero((quantity.days >= start_day) & (quantity.days <= end_day))
    days = quantity.days[inside]
    end = min(end_day, float(quantity.days[-1]))
    if inside.size > _MOST_POINTS:
        wanted = np.linspace(days[0], days[-1], _MOST_POINTS)
        inside = inside[np.unique(np.abs(days[:, None] - wanted[None, :]).argmin(axis=0))]
        days = quantity.days[inside]
    values = quantity.values[:, inside]
    if days.size == 0 or days[-1] < end:
        # the last recorded day lies before the edge of the chart: the value at the edge is interpolated
        days = np.append(days, end)
        values = np.column_stack([values, quantity.at(end)])
    low80, low50, median, high50, high80 = np.percentile(scale * values, (10.0, 25.0, 50.0, 75.0, 90.0), axis=0)
    return Series(days, Band(low80, low50, median, high50, high80))


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Choose round guide values that span a range.

    Parameters
    ----------
    low, high : float
        What must lie between the outermost guides.
    most : int
        Most guides.

    Returns
    -------
    list of float
        Steps of 1, 2 or 5 times a power of ten.

    Examples
    --------
    >>> ticks(-52, 4)
    [-60.0, -40.0, -20.0, 0.0, 20.0]
    """
    span = max(high - low, 1e-9)
    step = 10.0 ** math.floor(math.log10(span / most))
    for factor in (1, 2, 5, 10, 20):
        first, last = math.floor(low / (step * factor) + 1e-9), math.ceil(high / (step * factor) - 1e-9)
        if last - first + 1 <= most:
            return [round(index * step * factor, 10) + 0.0 for index in range(first, last + 1)]
    return [low, high]


def spread(places: list[float], gap: float, low: float, high: float, lines: list[int] | None = None) -> list[float]:
    """Push labels apart until none touches another, in the order given by their places.

    Parameters
    ----------
    places : list of float
        Where the first line of each label would like to be.
    gap : float
        Least distance between lines.
    low, high : float
        Bounds.
    lines : list of int or None
        Lines of each label, which stay together; one each where nothing is said.

    Returns
    -------
    list of float
        Where the first line of each goes, in the order given.

    Examples
    --------
    >>> spread([10.0, 12.0, 50.0], 10.0, 0.0, 100.0)
    [6.0, 16.0, 50.0]
    >>> spread([10.0, 12.0], 10.0, 0.0, 100.0, lines=[2, 1])
    [1.0, 21.0]
    """
    counts = lines or [1] * len(places)
    order = sorted(range(len(places)), key=lambda index: places[index])
    groups: list[list[int]] = [[index] for index in order]

    def offsets(group: list[int]) -> list[float]:
        return [gap * done for done in itertools.accumulate((counts[index] for index in group[:-1]), initial=0)]

    def start(group: list[int]) -> float:
        pairs = zip(group, offsets(group), strict=True)
        wanted = sum(places[index] - offset for index, offset in pairs) / len(group)
        return max(min(wanted, high - gap * (sum(counts[index] for index in group) - 1)), low)

    merged = True
    while merged:
        merged = False
        for one, two in itertools.pairwise(groups):
            if start(two) - start(one) < gap * sum(counts[index] for index in one) - 1e-9:
                position = groups.index(one)
                groups[position : position + 2] = [one + two]
                merged = True
                break
    out = [0.0] * len(places)
    for group in groups:
        for index, offset in zip(group, offsets(group), strict=True):
            out[index] = start(group) + offset
    return out
