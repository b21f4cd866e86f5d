"""Numbing cream beside what was published: levels in plasma, depth, onset and duration of numbness."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.absorption import BodyLevel, CreamOn, Numbness, body_level, cream, numbness
from puncta.evidence import draw_one, parameter, uniforms
from puncta.frozen import frozen
from puncta.validation.compare import HIGH_PERCENT, LOW_PERCENT, MIDDLE_PERCENT
from puncta.validation.numbing_row import NumbingRow, numbing_rows

Array = NDArray[np.float64]

# numerics: late enough for what skin holds to be gone, and close enough for minutes
_LONG_MINUTES = np.arange(0.0, 1441.0, 5.0)
# numerics: as deep as a punch of skin
_PUNCH_MM = 2.0


@frozen
class NumbingReading:
    """A published reading beside the model's band.

    Parameters
    ----------
    row : NumbingRow
        The row.
    low, median, high : float
        Predicted band of 80 of 100 and its middle, in the row's unit; infinite where skin never becomes numb.
    inside : bool
        Whether the figure, or the middle of a printed range, lies in the band, give or take its rounding.
    """

    row: NumbingRow
    low: float
    median: float
    high: float
    inside: bool


def numbing_readings(draws: int = 400, seed: int = 0) -> tuple[NumbingReading, ...]:  # numerics: enough for a band
    """Set every usable row of numbing cream beside the model.

    Parameters
    ----------
    draws : int
        People behind each band, 20 or more.
    seed : int
        Seed; equal seeds give equal results.

    Returns
    -------
    tuple of NumbingReading
        In the order of the table; rows left out stand in `numbing_rows` with their reason.

    Notes
    -----
    Weight and the area of a face are not printed and are drawn. Bands are of people, also beside a mean. Limits:
    ``limits.body_level``, ``limits.numbness``.

    Examples
    --------
    >>> found = {reading.row.key: reading for reading in numbing_readings(draws=60)}
    >>> found["T070a"].inside, found["T066a"].inside
    (True, False)
    """
    return tuple(_reading(row, draws, seed) for row in numbing_rows().values() if row.is_usable)


def _reading(row: NumbingRow, n: int, seed: int) -> NumbingReading:
    values = _OBSERVED[row.quantity](row, n, seed)
    # of ranks, not between them, since some values may be infinite
    percents = [LOW_PERCENT, MIDDLE_PERCENT, HIGH_PERCENT]
    low, median, high = (float(x) for x in np.percentile(values, percents, method="inverted_cdf"))
    return NumbingReading(row, low, median, high, low - row.rounding <= row.reported <= high + row.rounding)


def _level(row: NumbingRow, n: int, seed: int) -> BodyLevel:
    weight = draw_one("body_level.unprinted_weight_kg", n, seed)
    area, grams = row.area_cm2, row.amount_g
    if area is None or grams is None:
        # level goes by area, so that one of a square centimetre is taken that many times
        area, grams = 1.0, cream(row.cream).figure("absorbed_g_per_cm2").value
    found = body_level(CreamOn(row.cream, grams, area, row.minutes or 0.0, row.site), weight, n, seed)
    return next(level for level in found if level.compound == row.active)


def _peak(row: NumbingRow, n: int, seed: int) -> Array:
    peak = _level(row, n, seed).peak_ug_per_ml
    if row.area_cm2 is None:
        peak = peak * draw_one("body_level.unprinted_face_cm2", n, seed)
    if row.statistic != "highest":
        return peak
    many = int(row.people or 1)
    who = np.floor(uniforms(seed, f"validation.numbing.{row.key}", n * many) * n).astype(int)
    return peak[who].reshape(n, many).max(axis=1)


def _peak_hours(row: NumbingRow, n: int, seed: int) -> Array:
    return _level(row, n, seed).peak_hours


def _numb(row: NumbingRow, n: int, seed: int, minutes: Array) -> Numbness:
    return numbness(row.cream, row.minutes or 0.0, n, seed, minutes=minutes, site=row.site)


def _skin_level(row: NumbingRow, n: int, seed: int) -> Array:
    found = _numb(row, n, seed, np.array(row.read_minutes or (0.0,))[:1])
    inside = found.depth_mm < _PUNCH_MM
    wide = np.gradient(found.depth_mm, axis=1) * inside
    return (found.level_ug_per_g[:, 0] * wide).sum(axis=1) / wide.sum(axis=1)


def _pain_depth(row: NumbingRow, n: int, seed: int) -> Array:
    """Deepest in the time told, and on as far as a needle goes in bare skin before it hurts."""
    start, end = row.read_minutes or (0.0, 0.0)
    within = _LONG_MINUTES[(start <= _LONG_MINUTES) & (end >= _LONG_MINUTES)]
    return _numb(row, n, seed, within).numb_mm.max(axis=1) + parameter("numbness.bare_pain_mm").value


def _onset(row: NumbingRow, n: int, seed: int) -> Array:
    found = _numb(row, n, seed, _LONG_MINUTES)
    return found.onset_minutes(draw_one("numbness.unprinted_depth_mm", n, seed))


def _lasts(row: NumbingRow, n: int, seed: int) -> Array:
    found = _numb(row, n, seed, _LONG_MINUTES)
    return found.lasts_minutes(draw_one("numbness.unprinted_depth_mm", n, seed))


_OBSERVED: MappingProxyType[str, Callable[[NumbingRow, int, int], Array]] = MappingProxyType(
    {
        "plasma_peak": _peak,
        "plasma_peak_hours": _peak_hours,
        "skin_level": _skin_level,
        "pain_depth": _pain_depth,
        "numb_onset": _onset,
        "numb_lasts": _lasts,
    }
)
