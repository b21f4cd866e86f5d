"""The outcome of a course: named quantities over days, each with unit, draws, band and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, Course
from puncta.errors import PunctaError, nearest
from puncta.frozen import frozen

# numerics: percentiles that every band shows
LEVELS = (10.0, 25.0, 50.0, 75.0, 90.0)


@frozen
class Band:
    """Median with the ranges that hold 50 and 80 of 100 draws, each an array over the quantity's days."""

    low80: NDArray[np.float64]
    low50: NDArray[np.float64]
    median: NDArray[np.float64]
    high50: NDArray[np.float64]
    high80: NDArray[np.float64]


@frozen
class Quantity:
    """One named quantity of an outcome.

    Parameters
    ----------
    name : str
        Name, ending in its unit, for example ``redness_visible_hours``; key of its text in the messages.
    zone : str or None
        Zone, or None for the whole course.
    concern : str or None
        Concern, where the quantity belongs to one.
    days : ndarray, shape (t,)
        Days after the first visit; one entry, nan, for a figure without time.
    values : ndarray, shape (draws, t)
        One row per draw.
    rests_on : tuple of str
        Evidence keys behind it.
    studies : tuple of str
        Study rows that stand behind it.
    thin : str
        Why the evidence is thin; empty where it is not.
    limits : str
        Message key of the model's limits.
    """

    name: str
    zone: str | None
    concern: str | None
    days: NDArray[np.float64]
    values: NDArray[np.float64]
    rests_on: tuple[str, ...]
    limits: str
    studies: tuple[str, ...] = ()
    thin: str = ""

    @property
    def key(self) -> str:
        """Name with zone and concern, for example ``pain_score@cheek_left``."""
        place = "/".join(part for part in (self.concern, self.zone) if part)
        return f"{self.name}@{place}" if place else self.name

    @property
    def is_scalar(self) -> bool:
        """True for a figure without time."""
        return self.days.shape[0] == 1 and bool(np.isnan(self.days[0]))

    def band(self) -> Band:
        """The band over the days; draws without an answer, at most one in a hundred, are left out."""
        ranked = np.sort(self.values, axis=0)  # those without an answer last; a tenth of the time of `np.percentile`
        last = np.count_nonzero(~np.isnan(ranked), axis=0) - 1
        place = np.maximum(last * np.array(LEVELS)[:, None] / 100.0, 0.0)
        low, columns = place.astype(int), np.arange(ranked.shape[1])
        below, above = ranked[low, columns], ranked[np.ceil(place).astype(int), columns]
        return Band(*(below + (place - low) * (above - below)))

    def at(self, day: float) -> NDArray[np.float64]:
        """The draws at a day, linear between recorded days; for a figure without time the draws themselves."""
        if self.is_scalar:
            return self.values[:, 0]
        if not self.days[0] <= day <= self.days[-1]:
            raise PunctaError(f"{self.key}: day {day} lies outside {self.days[0]} to {self.days[-1]}")
        right = int(np.clip(np.searchsorted(self.days, day, side="left"), 1, self.days.shape[0] - 1))
        left = right - 1
        span = self.days[right] - self.days[left]
        share = (day - self.days[left]) / span
        return (1 - share) * self.values[:, left] + share * self.values[:, right]


@frozen
class Outcome:
    """What a course does, in draws.

    Parameters
    ----------
    case : Case
        The case.
    course : Course
        The course.
    seed, draws_count : int
        Seed and number of draws.
    quantities : mapping of str to Quantity
        By ``Quantity.key``.
    """

    case: Case
    course: Course
    seed: int
    draws_count: int
    quantities: Mapping[str, Quantity]

    def __getitem__(self, key: str) -> Quantity:
        if key not in self.quantities:
            raise PunctaError(f"there is no quantity {key!r}; nearest: {nearest(key, self.quantities) or 'none'}")
        return self.quantities[key]

    def named(self, name: str, concern: str | None = None) -> tuple[Quantity, ...]:
        """All quantities of a name, over zones, for one concern where given."""
        return tuple(q for q in self.quantities.values() if q.name == name and concern in (None, q.concern))
