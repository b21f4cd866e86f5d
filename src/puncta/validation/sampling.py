"""Sampling: the error of a published mean, from what its source prints of its people."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import normal_score, uniforms
from puncta.evidence.mechanism import MechanismRow
from puncta.validation.bench import Bench
from puncta.validation.published import people_count

Array = NDArray[np.float64]

#: Width of 80 of 100 people of a normal spread, in standard deviations.
SD_TO_BAND = float(2.0 * normal_score(np.array(0.9)))  # numerics: the band holds 80 of 100


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
        return row.se * normal_score(u)
    if row.sd is not None:
        return row.sd / np.sqrt(people_count(row, bench.n, bench.seed)) * normal_score(u)
    return np.zeros(bench.n)
