"""Readings that go straight with the scores, so that the answer is known in closed form."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.followup.answers import log_chance
from puncta.followup.readings import Reading

Array = NDArray[np.float64]
NEARLY_NORMAL = 1e7


class Linear:
    """Stands in for the answers of simulated people: readings are a matrix times the scores, plus an error."""

    def __init__(self, slope: Array, value: Array, sd: Array, n: int, offset: Array | None = None) -> None:
        self.slope, self.world = slope, SimpleNamespace(n=n)
        self.offset = np.zeros((n, value.shape[0])) if offset is None else offset
        self.names = tuple(f"score.{j}" for j in range(slope.shape[1]))
        self.readings = tuple(
            Reading(f"r{i}", "photograph", 0, "", "", "", float(v), sd=float(s), freedom=NEARLY_NORMAL)
            for i, (v, s) in enumerate(zip(value, sd, strict=True))
        )

    def expected(self, theta: Array) -> tuple[Array, Array]:
        """Middle and scale of each reading."""
        spread = np.array([one.sd for one in self.readings])
        return theta @ self.slope.T + self.offset, np.tile(spread, (theta.shape[0], 1))

    def log_chance(self, theta: Array) -> Array:
        """Logarithm of the chance of each reading."""
        middle, spread = self.expected(theta)
        columns = [log_chance(one, one.value, middle[:, i], spread[:, i]) for i, one in enumerate(self.readings)]
        return np.stack(columns, axis=1)


def closed_form(slope: Array, value: Array, sd: Array) -> tuple[Array, Array]:
    """Mean and covariance of scores that are standard normal before: the text-book answer."""
    precision = np.eye(slope.shape[1]) + (slope / sd[:, None] ** 2).T @ slope
    covariance: Array = np.linalg.inv(precision).astype(np.float64)
    return covariance @ slope.T @ (value / sd**2), covariance


def moments(found: Any) -> tuple[Array, Array]:
    """Weighted mean and standard deviation of the scores."""
    mean = found.weight @ found.theta
    return mean, np.sqrt(found.weight @ (found.theta - mean) ** 2)
