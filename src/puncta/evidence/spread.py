"""Spread: how a value scatters, and the map from a uniform number to a draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from puncta.errors import EvidenceError
from puncta.evidence.normal import normal_score
from puncta.frozen import frozen

Shape = Literal["fixed", "sd", "log_sd", "range", "log_range"]


@frozen
class Spread:
    """How a value scatters; its median is always the value itself.

    Parameters
    ----------
    shape : str
        ``fixed``; ``sd`` normal; ``log_sd`` log-normal; ``range`` half of the draws evenly between the lower end and
        the value, half evenly between the value and the upper end; ``log_range`` the same in the logarithm.
    a, b : float
        ``sd`` and ``log_sd``: a is the standard deviation. Ranges: a and b are the ends.
    low, high : float
        Bounds of a normal or log-normal; draws outside are moved to the bound.
    """

    shape: Shape
    a: float = 0.0
    b: float = 0.0
    low: float = -np.inf
    high: float = np.inf

    @classmethod
    def read(cls, given: Mapping[str, Any], key: str, value: float) -> Spread:
        """Read a spread from an evidence file's table, for example ``{ log_sd = 0.3, low = 0.0 }``."""
        shapes = [name for name in ("fixed", "sd", "log_sd", "range", "log_range") if name in given]
        unknown = set(given) - {"fixed", "sd", "log_sd", "range", "log_range", "low", "high"}
        if len(shapes) != 1 or unknown:
            raise EvidenceError(f"{key}: spread needs exactly one of fixed, sd, log_sd, range, log_range; got {given}")
        shape: Any = shapes[0]
        low, high = float(given.get("low", -np.inf)), float(given.get("high", np.inf))
        if shape == "fixed":
            return cls("fixed")
        if shape in ("sd", "log_sd"):
            sd = float(given[shape])
            if sd <= 0 or (shape == "log_sd" and value <= 0):
                raise EvidenceError(f"{key}: {shape} must be positive, and a log-normal value too")
            return cls(shape, a=sd, low=low, high=high)
        a, b = (float(end) for end in given[shape])
        if not a <= value <= b or a == b or (shape == "log_range" and a <= 0):
            raise EvidenceError(f"{key}: value {value} must lie inside its range {a} to {b}")
        return cls(shape, a=a, b=b)

    def at(self, value: float, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map uniform numbers in (0, 1) to draws around a value.

        Examples
        --------
        >>> Spread("range", 1.0, 4.0).at(2.0, np.array([0.25, 0.5, 0.75]))
        array([1.5, 2. , 3. ])
        """
        if self.shape == "fixed":
            return np.full(u.shape, value)
        if self.shape == "sd":
            return np.clip(value + self.a * normal_score(u), self.low, self.high)
        if self.shape == "log_sd":
            return np.clip(value * np.exp(self.a * normal_score(u)), self.low, self.high)
        if self.shape == "range":
            return np.interp(u, [0.0, 0.5, 1.0], [self.a, value, self.b])
        return np.exp(np.interp(u, [0.0, 0.5, 1.0], np.log([self.a, value, self.b])))
