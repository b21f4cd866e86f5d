"""Envelope: a diary beside the forecast, each entry inside or outside the expected course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import normal_score, uniforms
from puncta.frozen import frozen
from puncta.safety.diary import DiaryEntry
from puncta.safety.recovery_signs import STRONGEST, RecoveryParameters

Array = NDArray[np.float64]
_FIRST_DARK = 4  # numerics: Fitzpatrick type IV
#: Evening of the session, on which the entry of day 0 is written.
EVENING_DAY = 0.25  # numerics: six hours
_PERCENT_LOW, _PERCENT_HIGH = 10.0, 90.0  # numerics: the band holds 80 of 100


@frozen
class Judged:
    """One graded entry beside what was expected.

    Parameters
    ----------
    day : int
        Days since the session.
    sign : str
        The sign.
    grade_score : float
        What was written, 0 to 3.
    low_score, high_score : float
        Grades that 80 of 100 people like this one would write.
    as_high_probability : float
        Share of them who would write this or more.
    inside : bool
        False where hardly anybody would write as much; less than expected is never outside.
    decides : bool
        False for redness on dark skin, which neither alarms nor reassures alone.
    """

    day: int
    sign: str
    grade_score: float
    low_score: float
    high_score: float
    as_high_probability: float
    inside: bool
    decides: bool


def judge_diary(
    diary: Sequence[DiaryEntry],
    days: Array,
    signs: Mapping[str, Array],
    phototype: int,
    parameters: RecoveryParameters,
    seed: int,
) -> tuple[Judged, ...]:
    """Set each graded entry beside the expected course.

    Parameters
    ----------
    diary : sequence of DiaryEntry
        The diary.
    days : ndarray, shape (t,)
        Days of the forecast, ascending from 0.
    signs : mapping of str to ndarray
        Forecast by sign, shape (n, t).
    phototype : int
        Fitzpatrick type, 1 to 6.
    parameters : RecoveryParameters
        Draws, shape (n,).
    seed : int
        Seed of the run.

    Returns
    -------
    tuple of Judged
        In order of days and signs.

    Notes
    -----
    A person's own grade scatters about what is there and is written in whole grades. Of many entries some lie outside
    by chance: one of twenty when all goes well. Limits: ``limits.recovery``.

    Examples
    --------
    >>> from puncta.evidence import draw
    >>> from puncta.safety.diary import diary_from
    >>> p, days = draw(RecoveryParameters, 200, seed=0), np.array([0.0, 1.0, 2.0])
    >>> diary = diary_from({"format": 1, "entries": [{"day": 2, "swelling": 3, "dryness": 0}]})
    >>> signs = {name: np.full((200, 3), 0.2) for name in ("swelling", "dryness")}
    >>> [(one.sign, one.inside) for one in judge_diary(diary, days, signs, 2, p, seed=0)]
    [('swelling', False), ('dryness', True)]
    """
    out = []
    for entry in diary:
        for sign, grade in entry.grades.items():
            if sign not in signs:
                continue
            there = _at(days, signs[sign], entry.day or EVENING_DAY)
            error = normal_score(uniforms(seed, f"recovery.rating.{sign}.{entry.day}", there.shape[0]))
            written = np.rint(np.clip(there + parameters.rating_sd_score * error, 0.0, STRONGEST))
            low, high = np.percentile(written, [_PERCENT_LOW, _PERCENT_HIGH])
            share = float(np.mean(written >= grade))
            dark_redness = sign == "redness" and phototype >= _FIRST_DARK
            inside = share >= float(parameters.outside_probability[0])
            out.append(Judged(entry.day, sign, grade, float(low), float(high), share, inside, not dark_redness))
    return tuple(out)


def _at(days: Array, values: Array, day: float) -> Array:
    """The draws at a day; the last ones beyond the forecast."""
    return np.array([np.interp(day, days, row) for row in values])
