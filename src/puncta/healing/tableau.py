"""The time-stepping scheme ARK4(3)6L[2]SA: explicit and implicit Runge-Kutta rows that share weights."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_EXPLICIT = (
    "1/2",
    "13861/62500 6889/62500",
    "-116923316275/2393684061468 -2731218467317/15368042101831 9408046702089/11113171139209",
    "-451086348788/2902428689909 -2682348792572/7519795681897 12662868775082/11960479115383 "
    "3355817975965/11060851509271",
    "647845179188/3216320057751 73281519250/8382639484533 552539513391/3454668386233 3354512671639/8306763924573 "
    "4040/17871",
)
_IMPLICIT = (
    "1/4 1/4",
    "8611/62500 -1743/31250 1/4",
    "5012029/34652500 -654441/2922500 174375/388108 1/4",
    "15267082809/155376265600 -71443401/120774400 730878875/902184768 2285395/8070912 1/4",
    "82889/524892 0 15625/83664 69875/102672 -2260/8211 1/4",
)
_EMBEDDED = "4586570599/29645900160 0 178811875/945068544 814220225/1159782912 -3700637/11593932 61727/225920"


@dataclass(frozen=True, eq=False)
class Tableau:
    """Coefficients of an implicit-explicit Runge-Kutta step.

    Parameters
    ----------
    explicit, implicit : ndarray, shape (stages, stages)
        Rows of the stages.
    weights, embedded : ndarray, shape (stages,)
        Weights of the step, and of the step one order lower that tells the error.
    order : int
        Order of the step.
    """

    explicit: Array
    implicit: Array
    weights: Array
    embedded: Array
    order: int

    @property
    def diagonal(self) -> float:
        """The implicit coefficient, the same in every stage."""
        return float(self.implicit[1, 1])


def _numbers(row: str) -> list[float]:
    return [float(Fraction(word)) for word in row.split()]


@cache
def tableau() -> Tableau:
    """The scheme of Kennedy and Carpenter 2003, Appl Numer Math 44:139, as exact fractions.

    Returns
    -------
    Tableau
        Order 4 with an embedded order 3; the implicit rows are L-stable and end in the step itself.

    Examples
    --------
    >>> tableau().order
    4
    """
    weights = np.array(_numbers(_IMPLICIT[-1]))
    stages = weights.shape[0]
    explicit, implicit = np.zeros((stages, stages)), np.zeros((stages, stages))
    for stage in range(1, stages):
        row = _numbers(_EXPLICIT[stage - 1])
        explicit[stage, : len(row)] = row
        row = _numbers(_IMPLICIT[stage - 1])
        implicit[stage, : len(row)] = row
    return Tableau(explicit, implicit, weights, np.array(_numbers(_EMBEDDED)), 4)
