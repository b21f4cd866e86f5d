"""Sensitivity: what a forecast rests on most."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, Course
from puncta.errors import PunctaError
from puncta.evidence import draw_one, parameters, uniforms
from puncta.frozen import frozen
from puncta.messages import text
from puncta.simulation.outcome import Quantity
from puncta.simulation.simulate import simulate

Array = NDArray[np.float64]

# numerics: draws from which a share of a twentieth stands out from chance
DRAWS = 2000
_FEWEST_DRAWS = 200
_HARMONICS = 6


@frozen
class Share:
    """How much of the spread of a figure one cause explains by itself.

    Parameters
    ----------
    key : str
        Evidence key; or ``person`` and ``studies`` for what differs between persons and between studies.
    means : str
        What it is.
    kind : str
        Kind of evidence; empty for persons and studies.
    variance_fraction : float
        Share of the variance, 0 to 1.
    """

    key: str
    means: str
    kind: str
    variance_fraction: float


@frozen
class Sensitivity:
    """What one figure rests on.

    Parameters
    ----------
    figure : str
        Key of the quantity.
    day : float or None
        Day of reading; None for a figure without time.
    shares : tuple of Share
        Greatest first; those that chance could have made are left out.
    chance_fraction : float
        Share that chance alone gives a cause without any effect, in 95 of 100 causes less.
    draws_count : int
        Draws behind it.
    """

    figure: str
    day: float | None
    shares: tuple[Share, ...]
    chance_fraction: float
    draws_count: int


def sensitivity(
    case: Case, course: Course, figure: str, day: float | None = None, *, draws: int = DRAWS, seed: int = 0
) -> Sensitivity:
    """Work out which causes explain the spread of a figure.

    Parameters
    ----------
    case, course : Case, Course
        What is simulated.
    figure : str
        Key of a quantity, for example ``pain_score@cheek_left``.
    day : float or None
        Day of reading; None takes the last one.
    draws : int
        Draws, 200 or more.
    seed : int
        Seed.

    Returns
    -------
    Sensitivity
        First-order shares by random balance designs over the draws of the forecast itself: nothing is drawn anew.

    Raises
    ------
    PunctaError
        Where there is no such quantity, or the package for it is not installed.

    Notes
    -----
    Parameters that were fitted together move together, so that one may stand for another. Limits:
    ``limits.sensitivity``. Sources: salib, for the method.

    Examples
    --------
    >>> from puncta.case import ZoneSetting, read_case
    >>> once = Course.regular("gentle", (ZoneSetting("abdomen", 1.0, 4),), 1, 28)
    >>> found = sensitivity(read_case("examples/stretch_marks.toml"), once, "density_per_cm2@abdomen", draws=400)
    >>> found.shares[0].key
    'devices.dermapen_4.usual_speed_cm_per_s'
    """
    if draws < _FEWEST_DRAWS:
        raise PunctaError(text("simulation.sensitivity_draws", least=_FEWEST_DRAWS, given=draws))
    outcome = simulate(case, course, draws=draws, seed=seed)
    quantity = outcome[figure]
    read = None if quantity.is_scalar else float(quantity.days[-1] if day is None else day)
    values = quantity.at(read) if read is not None else quantity.values[:, 0]
    known = np.isfinite(values)
    causes = {key: column[known] for key, column in _causes(case, quantity, draws, seed).items()}
    varied = {key: column for key, column in causes.items() if np.ptp(column) > 0}
    if not varied or np.ptp(values[known]) == 0:
        return Sensitivity(figure, read, (), 0.0, draws)
    shares = _shares(np.stack(list(varied.values()), axis=1), values[known])
    chance = _by_chance(len(values[known]), values[known], seed)
    rows = [_row(key, share) for key, share in zip(varied, shares, strict=True) if share > chance]
    rows.sort(key=lambda row: -row.variance_fraction)
    return Sensitivity(figure, read, tuple(rows), chance, draws)


def _causes(case: Case, quantity: Quantity, draws: int, seed: int) -> dict[str, Array]:
    """The very draws behind a figure: its parameters, its device's figures, persons and studies."""
    device = case.library.device(case.device.device)
    found = {}
    for key in dict.fromkeys(quantity.rests_on):
        name = key.removeprefix(f"devices.{device.key}.")
        if name != key and name in device.record.figures:
            found[key] = device.draw(name, draws, seed)
        elif key in parameters():
            found[key] = draw_one(key, draws, seed)
    if quantity.concern is not None:
        for who in ("person", "study"):
            found[who] = uniforms(seed, f"appearance.{who}.{quantity.concern}", draws)
    return found


def _shares(causes: Array, values: Array) -> Array:
    try:
        from SALib.analyze import rbd_fast
    except ImportError as error:
        raise PunctaError(text("simulation.sensitivity_package")) from error
    count = causes.shape[1]
    problem: dict[str, Any] = {"num_vars": count, "names": [str(i) for i in range(count)], "bounds": [[0, 1]] * count}
    return np.asarray(rbd_fast.analyze(problem, causes, values, M=_HARMONICS, num_resamples=2, seed=0)["S1"])


def _by_chance(n: int, values: Array, seed: int) -> float:
    """The share that causes without any effect get, at its upper twentieth."""
    nothing = np.stack([uniforms(seed, f"sensitivity.nothing.{index}", n) for index in range(60)], axis=1)  # numerics
    return float(np.percentile(_shares(nothing, values), 95))  # numerics: 95 of 100


def _row(key: str, share: float) -> Share:
    if key in parameters():
        known = parameters()[key]
        return Share(key, known.means, str(known.kind), float(share))
    return Share(key, text(f"simulation.sensitivity_{key}") if "." not in key else key, "", float(share))
