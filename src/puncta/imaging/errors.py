"""Errors: how far a figure differs when nothing has changed, and what a change must pass to be told from that."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.evidence.fitted import FOLDER
from puncta.frozen import frozen
from puncta.imaging.metrics import Metric, any_metric, contrasts, metrics

Array = NDArray[np.float64]
Basis = Literal["simulated", "clinic"]

_TWO_SIDED, _ONE_IN_TWENTY = 0.975, 0.05  # numerics: of 95 %


@frozen
class Errors:
    """Standard errors of measurement by metric, in the scale in which they are even.

    Parameters
    ----------
    sem : mapping of str to float
        Of a zone of the reference area.
    freedom : float
        Degrees of freedom behind them.
    basis : str
        ``simulated`` or ``clinic``.
    by_tone : mapping of str to tuple of float, or None
        Fold of the error at each tone of `retakes`, by metric; 1 where nothing is known of it.
    """

    sem: Mapping[str, float]
    freedom: float
    basis: Basis
    by_tone: Mapping[str, tuple[float, ...]] | None = None

    def fold(self, metric: str, ita: float) -> float:
        """How many times larger an error is at a tone than on light skin."""
        folds = (self.by_tone or {}).get(metric)
        if folds is None:
            return 1.0
        return float(np.exp(np.interp(-ita, [-tone for tone in retakes()["tones"]], np.log(folds))))


def simulated_errors(chart: bool, polarised: bool = False) -> Errors:
    """Errors of simulated re-takes: a lower bound, since nobody was posed anew.

    Parameters
    ----------
    chart : bool
        Whether both photographs carry a chart; without one a tone is far less sure.
    polarised : bool
        True through crossed polarisers; without a chart the larger of both errors of tone is taken.

    Returns
    -------
    Errors
        Provisional.

    Notes
    -----
    Source: puncta_simulated_retakes. Limits: ``limits.photographs``.

    Examples
    --------
    >>> simulated_errors(False).sem["ita"] > simulated_errors(True).sem["ita"]
    True
    """
    stored = retakes()
    light = stored["tones"].index(stored["light_tone"])
    sem, folds = {}, {}
    for name, metric in {**metrics(), **contrasts()}.items():
        each = stored["crossed" if polarised else "chart"][name]["by_tone"]
        if metric.absolute and not chart:
            each = [max(pair) for pair in zip(each, stored["bare"][name]["by_tone"], strict=True)]
        sem[name], folds[name] = each[light], tuple(value / each[light] for value in each)
    return Errors(sem, parameter("imaging.sem_freedom").value, "simulated", folds)


@cache
def retakes() -> dict[str, Any]:
    """Errors by tone as simulated re-takes left them, with the probes of the model that was measured.

    Examples
    --------
    >>> retakes()["chart"]["texture"]["source"]
    'puncta_simulated_retakes'
    """
    return tomllib.loads(FOLDER.joinpath("imaging_errors.toml").read_text(encoding="utf-8"))


def clinic_errors(repeats: Mapping[str, Sequence[Sequence[float]]]) -> Errors:
    """Errors from a clinic's own repeats: several photographs of each of several people, same day.

    Parameters
    ----------
    repeats : mapping of str to sequence
        By metric, one row of repeated values for each person and zone.

    Returns
    -------
    Errors
        Pooled within rows.

    Examples
    --------
    >>> clinic_errors({"ita": [[40.0, 41.0, 42.0], [20.0, 21.0, 22.0]]}).sem["ita"]
    1.0
    """
    sem, freedom = {}, np.inf
    for name, rows in repeats.items():
        metric = any_metric(name)
        scaled = [[metric.scaled(value) for value in row] for row in rows if len(row) > 1]
        degrees = sum(len(row) - 1 for row in scaled)
        if degrees == 0:
            continue
        squares = sum(float(np.sum((np.array(row) - np.mean(row)) ** 2)) for row in scaled)
        sem[name] = float(np.sqrt(squares / degrees))
        freedom = min(freedom, degrees)
    return Errors(sem, float(freedom), "clinic")


def sem_of(errors: Errors, metric: Metric, area_cm2: float, ita: float) -> float:
    """Error of one figure of one zone: larger on a small zone, and as the tone has it.

    Parameters
    ----------
    errors : Errors
        Of the metric.
    metric : Metric
        Which figure.
    area_cm2 : float
        Bare skin of the zone.
    ita : float
        Tone of the zone, in degrees.

    Returns
    -------
    float
        In the metric's scale.

    Examples
    --------
    >>> one = simulated_errors(True)
    >>> small, large = (sem_of(one, metrics()["pores"], area, 30.0) for area in (0.5, 8.0))
    >>> small > large
    True
    """
    base = errors.sem[metric.name]
    reference = parameter(f"imaging.sem_{'lesion_' if metric.needs == 'lesion' else ''}area_cm2").value
    power = parameter("imaging.sem_area_power").value
    # an error of camera and light is the same on a zone of any size
    small = 1.0 if metric.absolute else max(1.0, (reference / max(area_cm2, 1e-3)) ** power)  # numerics: not 0
    return base * small * errors.fold(metric.name, ita)


def sdc95(sem: float, photographs: int = 1) -> float:
    """Smallest change of one person that 95 % of unchanged pairs stay below.

    Parameters
    ----------
    sem : float
        Standard error of measurement.
    photographs : int
        Photographs at each visit.

    Returns
    -------
    float
        In the same unit.

    Examples
    --------
    >>> round(sdc95(1.46), 1)
    4.0
    """
    normal = 1.959963984540054  # numerics: 97.5 % of a normal distribution
    return normal * float(np.sqrt(2.0)) * sem / float(np.sqrt(photographs))


def upper_sem(sem: float, freedom: float) -> float:
    """Upper 95 % limit of an error that was found from few repeats.

    Parameters
    ----------
    sem : float
        As found.
    freedom : float
        Degrees of freedom behind it.

    Examples
    --------
    >>> round(upper_sem(1.0, 20), 2)
    1.36
    """
    from scipy.special import chdtri  # loaded when it is needed: measuring one photograph asks for no statistics

    return sem * float(np.sqrt(freedom / chdtri(freedom, 1.0 - _ONE_IN_TWENTY)))


def chance_of(change: float, sem: float, freedom: float) -> float:
    """How often error alone gives a change at least this large.

    Examples
    --------
    >>> round(chance_of(2.0, 1.0, 1e6), 3)
    0.157
    """
    from scipy.special import stdtr  # as above

    return float(2.0 * stdtr(freedom, -abs(change) / (np.sqrt(2.0) * sem)))


def holm(chances: Sequence[float], level: float = _ONE_IN_TWENTY) -> tuple[bool, ...]:
    """Which of several changes stand when all were looked at: at most one false set in twenty.

    Parameters
    ----------
    chances : sequence of float
        Of each change by error alone.
    level : float
        Of the whole family.

    Returns
    -------
    tuple of bool
        In the same order.

    Examples
    --------
    >>> holm([0.001, 0.04, 0.5])
    (True, False, False)
    """
    out = [False] * len(chances)
    for rank, index in enumerate(np.argsort(chances)):
        if chances[index] > level / (len(chances) - rank):
            break
        out[index] = True
    return tuple(out)
