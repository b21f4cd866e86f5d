"""Baselines: two forecasts that know nothing of skin, which the model has to beat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import uniforms
from puncta.evidence.study import Arm

Array = NDArray[np.float64]
#: The mean of the other studies of the same heading; the mean of all other studies, whatever they treated.
BASELINES = ("other_studies", "one_percentage")


def baselines(known: Sequence[tuple[str, Arm]], heading: str, n: int, seed: int) -> Mapping[str, Array]:
    """Draws of both baselines for a study that is not among those known.

    Parameters
    ----------
    known : sequence of tuple of str and Arm
        Heading and scored reading of each arm of the other studies.
    heading : str
        Heading of the study to be predicted.
    n, seed : int
        Number of draws and seed.

    Returns
    -------
    mapping of str to ndarray, shape (n,)
        A normal spread around the mean, wider by what the mean itself is uncertain. A heading of few studies takes the
        spread of all headings around their own means, so that two studies that agree by chance do not look certain.
        Untreated halves count for neither: they are no forecast of a treatment.
    """
    treated = [(name, arm) for name, arm in known if arm.kind != "untreated"]
    figures = {name: [arm.improvement_fraction or 0.0 for h, arm in treated if h == name] for name, _ in treated}
    every = np.array([value for values in figures.values() for value in values])
    around = np.concatenate([np.array(values) - np.mean(values) for values in figures.values()])
    within = float(np.sqrt(np.sum(around**2) / max(len(every) - len(figures), 1)))
    mine = np.array(figures.get(heading) or every)
    score = student(uniforms(seed, "outcomes.baseline", n), len(every) - len(figures))
    return {
        "other_studies": mine.mean() + within * np.sqrt(1.0 + 1.0 / len(mine)) * score,
        "one_percentage": every.mean() + every.std(ddof=1) * np.sqrt(1.0 + 1.0 / len(every)) * score,
    }


def student(u: Array, freedom: int) -> Array:
    """Quantiles of Student's distribution."""
    from scipy.stats import t  # SciPy's statistics take long to load

    return np.asarray(t.ppf(u, freedom))
