"""Answers: what given persons would be read to answer, and how likely the readings are in each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr, stdtr

from puncta.appearance.concerns import Law, manner
from puncta.appearance.scales import scale
from puncta.followup.parameters import COUPLED, coupling
from puncta.followup.placed import Placed
from puncta.followup.readings import Reading
from puncta.followup.world import ConcernCourse, World, own_luck
from puncta.frozen import frozen
from puncta.imaging.metrics import metrics

Array = NDArray[np.float64]
# numerics: chances and spreads below which only rounding speaks
_LEAST_CHANCE, _LEAST_SD, _THIRD, _FAR = 1e-300, 1e-6, 1 / 3, 30.0


@frozen(eq=False)
class Answers:
    """The readings of one person beside n simulated people.

    Each person is a row of normal scores ``theta``, one column for each name in ``names``: how far from the mean of
    persons and of studies (by concern), where among all people in redness, pain and dark marks, and the errors that
    several readings share: of the first grade, of each rater, of the first photograph of a zone, and how far a metric
    goes with severity.

    Parameters
    ----------
    world : World
        What is drawn for everyone alike.
    courses : mapping of str to ConcernCourse
        By concern, over the visits as they were.
    placed : Placed
        Redness, pain and dark marks over all people.
    readings : tuple of Reading
        Those that are learned from.
    baseline_rater : str
        Who read the severity of the case.
    names : tuple of str
        Columns of ``theta``.
    """

    world: World
    courses: Mapping[str, ConcernCourse]
    placed: Placed
    readings: tuple[Reading, ...]
    baseline_rater: str
    names: tuple[str, ...]

    def expected(self, theta: Array) -> tuple[Array, Array]:
        """Middle and scale of each reading, both of shape (n, m).

        Parameters
        ----------
        theta : ndarray, shape (n, k)
            One person for each draw of the world.
        """
        middle, spread = np.empty((2, theta.shape[0], len(self.readings)))
        for kind in self.courses:
            self._grades(kind, theta, middle, spread)
            self._photographs(kind, theta, middle, spread)
        for index, one in enumerate(self.readings):
            if one.kind in ("redness", "pain", "marks"):
                middle[:, index] = self.placed.figure(one.place, self._column(theta, one.kind))
                spread[:, index] = one.sd
        return middle, np.maximum(spread, _LEAST_SD)

    def log_chance(self, theta: Array) -> Array:
        """Logarithm of the chance of each reading in each person, shape (n, m)."""
        middle, spread = self.expected(theta)
        columns = [log_chance(one, one.value, middle[:, i], spread[:, i]) for i, one in enumerate(self.readings)]
        return np.stack(columns, axis=1) if columns else np.zeros((theta.shape[0], 0))

    def _column(self, theta: Array, name: str) -> Array:
        return theta[:, self.names.index(name)] if name in self.names else np.zeros(theta.shape[0])

    @cached_property
    def _kept(self) -> dict[tuple[object, ...], tuple[tuple[Array, ...], Array]]:
        """What was worked out last, by what it is: most scores that are moved leave it as it was."""
        return {}

    def _again(self, key: tuple[object, ...], given: tuple[Array, ...], make: Callable[[], Array]) -> Array:
        """What was made of equal scores the last time, else made anew."""
        last = self._kept.get(key)
        if last is None or not all(np.array_equal(a, b) for a, b in zip(last[0], given, strict=True)):
            last = self._kept[key] = (tuple(one.copy() for one in given), make())
        return last[1]

    def _gone(self, kind: str, theta: Array, days: Array, zone: str = "") -> Array:
        course = self.courses[kind]
        person, study = (self._column(theta, f"{name}@{kind}") for name in ("gain", "study"))

        def make() -> Array:
            luck = own_luck(self.world, course.concern, person, study)
            return course.gone_in(zone, luck, days) if zone else course.gone(luck, days)

        return self._again(("gone", kind, zone, *days.tolist()), (person, study), make)

    def _coupling(self, metric: str, theta: Array) -> Array:
        column = self._column(theta, f"coupling.{metric}")

        def make() -> Array:
            return coupling(metric, np.clip(ndtr(column), _LEAST_SD, 1.0 - _LEAST_SD))

        return self._again(("coupling", metric), (column,), make)

    def _grades(self, kind: str, theta: Array, middle: Array, spread: Array) -> None:
        at = [i for i, one in enumerate(self.readings) if one.kind == "grade" and one.subject == kind]
        if not at:
            return
        concern = self.courses[kind].concern
        used, errors, hopes = scale(concern.scale), self.world.scales[concern.scale], self.world.raters
        pigment = manner(kind).law is Law.PIGMENT
        days = np.unique([float(self.readings[i].day) for i in at])
        gone = self._gone(kind, theta, days)
        within = np.hypot(errors.within_score, used.step / np.sqrt(12.0))  # numerics: a rounded number is even inside
        first = within * self._column(theta, f"baseline@{kind}")
        own = errors.between_score * self._column(theta, f"rater.{self.baseline_rater}@{kind}")
        low, high = used.low, np.inf if used.high is None else used.high
        severity = np.clip(concern.severity_score - own - first, min(low, concern.severity_score), high)
        for index in at:
            one = self.readings[index]
            bias = (
                np.zeros_like(severity) if one.blinded else (hopes.rater_hope_pigment if pigment else hopes.rater_hope)
            )
            if used.key.endswith("_grade"):
                bias = bias + hopes.grade_offset
            left = 1.0 - np.minimum(gone[:, int(np.searchsorted(days, one.day))] + bias, 1.0)
            middle[:, index] = severity * left + errors.between_score * self._column(theta, f"rater.{one.who}@{kind}")
            spread[:, index] = errors.within_score / np.sqrt(one.readings_count)

    def _photographs(self, kind: str, theta: Array, middle: Array, spread: Array) -> None:
        for index, one in enumerate(self.readings):
            if one.kind != "photograph" or kind not in COUPLED[one.what]:
                continue
            if one.subject not in self.courses[kind].concern.zones:
                continue
            gone = self._gone(kind, theta, np.array([float(one.day)]), one.subject)[:, 0]
            left = np.exp(np.minimum(-self._coupling(one.what, theta) * gone, _FAR))
            first = one.sd * self._column(theta, f"camera.{one.what}@{one.subject}")
            middle[:, index] = scaled(one.what, one.before * left) - scaled(one.what, np.array(one.before)) - first
            spread[:, index] = one.sd


def scaled(metric: str, value: Array) -> Array:
    """Values of a metric in the scale in which its errors are even.

    Examples
    --------
    >>> scaled("texture", np.array([1.0]))
    array([0.])
    """
    form = metrics()[metric].scale
    return np.log(value) if form == "ln" else np.sqrt(value) if form == "root" else value


def log_chance(one: Reading, value: float, middle: Array, spread: Array) -> Array:
    """Logarithm of the chance of one value of a reading.

    Parameters
    ----------
    one : Reading
        Gives rounding, ends and tails.
    value : float
        As read.
    middle, spread : ndarray, shape (n,)
        From `Answers.expected`; for marks the chance itself.

    Returns
    -------
    ndarray, shape (n,)
        Of an interval where the reading is rounded, of a density where it is not.

    Examples
    --------
    >>> mark = Reading("marks", "marks", 0, "", "", "", 1.0)
    >>> log_chance(mark, 1.0, np.array([0.5]), np.ones(1)).round(3)
    array([-0.693])
    """
    if one.kind == "marks":
        return np.log(np.maximum(middle if value else 1.0 - middle, _LEAST_CHANCE))
    width = spread * np.sqrt((one.freedom - 2.0) / one.freedom)
    if not one.half:
        score = (value - middle) / width
        return _log_density(score, one.freedom) - np.log(width)
    below = value - one.half if one.low is None or value > one.low else -np.inf
    above = value + one.half if one.high is None or value < one.high else np.inf
    low, high = (below - middle) / width, (above - middle) / width
    # of two chances near 1 the difference is lost: the other tail keeps it
    flip = low + high > 0
    low, high = np.where(flip, -high, low), np.where(flip, -low, high)
    return np.log(np.maximum(stdtr(one.freedom, high) - stdtr(one.freedom, low), _LEAST_CHANCE))


def _log_density(score: Array, freedom: float) -> Array:
    norm = gammaln((freedom + 1) / 2) - gammaln(freedom / 2) - 0.5 * np.log(freedom * np.pi)
    return norm - (freedom + 1) / 2 * np.log1p(score**2 / freedom)


def chance_below(one: Reading, middle: Array, spread: Array) -> Array:
    """Chance of a reading below what was read, half of its own chance included, shape (n,)."""
    if one.kind == "marks":
        return (1.0 - middle) * 0.5 if not one.value else 1.0 - 0.5 * middle
    width = spread * np.sqrt((one.freedom - 2.0) / one.freedom)
    return stdtr(one.freedom, (one.value - middle) / width)


def columns_of(readings: Sequence[Reading], concerns: Sequence[str], baseline_rater: str) -> tuple[str, ...]:
    """Names of what is learned from some readings: two for each concern that was read, then what it takes.

    Examples
    --------
    >>> one = Reading("grade.0", "grade", 56, "lines", "lemperle_grade", "B", 2.0)
    >>> columns_of([one], ["lines"], "A")
    ('gain@lines', 'study@lines', 'baseline@lines', 'rater.A@lines', 'rater.B@lines')
    """
    out: list[str] = []
    for kind in concerns:
        out += [f"gain@{kind}", f"study@{kind}"]
        graded = [one for one in readings if one.kind == "grade" and one.subject == kind]
        if graded:
            raters = dict.fromkeys((baseline_rater, *(one.who for one in graded)))
            out += [f"baseline@{kind}", *(f"rater.{who}@{kind}" for who in raters)]
    out += [name for name in ("redness", "pain", "marks") if any(one.kind == name for one in readings)]
    for one in readings:
        if one.kind == "photograph":
            out += [f"coupling.{one.what}", f"camera.{one.what}@{one.subject}"]
    return tuple(dict.fromkeys(out))


def gaussian_parts(answers: Answers, theta: Array) -> tuple[Array, Array, Array]:
    """Middles, residuals and 1/sd for Gauss-Newton, rounding and tails taken as a normal of equal width."""
    middle, spread = answers.expected(theta)
    value = np.array([one.value for one in answers.readings])
    half = np.array([one.half for one in answers.readings])
    sd = np.sqrt(spread**2 + _THIRD * half**2)
    for index, one in enumerate(answers.readings):
        if one.kind == "marks":
            sd[:, index] = np.sqrt(np.maximum(middle[:, index] * (1.0 - middle[:, index]), _LEAST_SD))
    return middle, value - middle, 1.0 / sd
