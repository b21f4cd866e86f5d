"""Heal: the course of healing of many lanes through one schedule of sessions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Thread
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from puncta.healing.engine import Map, Piece, ready, run
from puncta.healing.grid import PRODUCTION_LAYERS, Grid, grid
from puncta.healing.healing import Failure, Healing
from puncta.healing.injury import Injury
from puncta.healing.lanes import Lanes, injury_of, parameters_of, personal, screen
from puncta.healing.parameters import HealingParameters
from puncta.healing.readings import PER_DEPTH, DepthMeans
from puncta.healing.request import Request
from puncta.healing.surface import SURFACE
from puncta.healing.system import MODEL, course

Array = NDArray[np.float64]

# numerics: relative error per step; a closer one changes collagen by a quarter of what finer layers do
USUAL_TOLERANCE = 5e-4
#: Keys of the reasons why a lane has no answer, by the engine's number.
_REASONS = {1: "not_finite", 2: "too_stiff", 3: "out_of_range"}


def heal(
    injuries: Injury | Sequence[Injury],
    days: Sequence[float],
    parameters: HealingParameters,
    *,
    age_years: float | Array,
    horizon_days: float,
    output_days: Sequence[float] | Array,
    layers: int = PRODUCTION_LAYERS,
    turnover_fold: float | Array = 1.0,
    shedding_fold: float | Array = 1.0,
    record: Literal["means", "all"] = "means",
    tolerance: float | None = None,
    precision: Literal["single", "double"] = "double",
    map: Map | None = None,  # noqa: A002
    progress: Callable[[float], None] | None = None,
) -> Healing:
    """Follow the healing of many lanes (draws, courses of one schedule, zones) from rest through all sessions.

    Parameters
    ----------
    injuries : Injury or sequence of Injury
        One for each session, or one for all; each for every lane or for one that stands for all. A lane that a session
        leaves out has density 0 there.
    days : sequence of float, shape (sessions,)
        Days of the sessions, ascending from 0; empty for an untreated course.
    parameters : HealingParameters
        Draws, each field of shape (lanes,) or (1,).
    age_years : float or ndarray, shape (lanes,)
        Ages, 0 to 120; collagen is made more weakly with age.
    horizon_days : float
        Last day.
    output_days : sequence of float, shape (t,)
        Days to keep, ascending, 0 to ``horizon_days``. On a session day the row is after the session; for the row
        just before it ask for ``numpy.nextafter(day, 0)``.
    layers : int
        Layers of the grid that the injuries were computed on: that of production, or 40 equal ones for reference.
    turnover_fold, shedding_fold : float or ndarray, shape (lanes,)
        Factors of site and age on the transit through viable epidermis and horny layer.
    record : str
        ``means``, or ``all`` to keep every state as well.
    tolerance : float or None
        Relative error allowed per step, above 0 and at most 0.01; None takes the usual one.
    precision : str
        ``double``, or ``single`` for tens of thousands of lanes.
    map : callable or None
        Runs pieces of the work: any ``map`` of threads, processes or a cluster; None takes threads.
    progress : callable or None
        Called with the share done, 0 to 1.

    Returns
    -------
    Healing
        Means over depth, redness, surface, and the lanes that failed with the reason.

    Raises
    ------
    InputError
        Where days, layers, lanes or tolerance do not fit; all problems together.

    Notes
    -----
    Limits: ``limits.healing``, ``limits.redness``. Lanes are stepped in groups of four (eight in single precision), in
    input order and on every processor, under the control of the worst one of the group: a lane's figures depend on its
    group within the tolerance, and on nothing else. At the usual tolerance, over 300 draws and six sessions, other
    company changes collagen by at most 4e-4 of itself and redness by 0.0014 Δa*; a hundred times closer steps change
    them by 6e-4 and 0.004. Equal input gives equal bits, whatever the number of threads; only the exponentials of
    injury and weights may differ in their last bit between processors. A lane that fails touches no other beyond the
    tolerance. Without llvmlite the figures are the same and take much longer, which is said as a warning.
    Ageing is not in the states: multiply by the age curve of the untreated person for absolute figures.
    Sources: cooper_2015, buganza_tepole_2017, waugh_sherratt_2006, felix_garza_2017, lotfi_2013, karimipour_2009.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> from puncta.healing import HealingParameters, grid, injury
    >>> p = nominal(HealingParameters)
    >>> from puncta.needling import Channels
    >>> pen = injury(grid(), Channels(*(np.array([x]) for x in (1.5, 1000.0, 0.06, 0.2, 0.75))), p)
    >>> course = heal(pen, (0, 28, 56, 84), p, age_years=30, horizon_days=112, output_days=(0, 1, 112))
    >>> course.papillary.collagen_fold.round(2)
    array([[0.99, 0.99, 1.91]])
    """
    wounds = (injuries,) * len(days) if isinstance(injuries, Injury) else tuple(injuries)
    wanted = np.asarray(output_days, dtype=float)
    given = {"age_years": age_years, "turnover_fold": turnover_fold, "shedding_fold": shedding_fold}
    person = {name: np.atleast_1d(np.asarray(value, dtype=float)) for name, value in given.items()}
    request = Request()
    request.ascending("days", np.asarray(days, dtype=float), horizon_days)
    request.ascending("output_days", wanted, horizon_days)
    request.injuries(wounds, len(days), layers)
    lanes = request.lanes(parameters, person, wounds)
    request.options(record, tolerance)
    request.settle()

    own = personal(parameters, person)
    sound, failures = screen(own, wounds, lanes)
    events = {float(day): injury_of(wound, sound, lanes) for day, wound in zip(days, wounds, strict=True)}
    with np.errstate(all="ignore"):  # a lane that gives no answer is named
        followed = (
            run(
                MODEL,
                course(grid(layers), parameters_of(own, sound, lanes), events, float(horizon_days), wanted),
                tolerance=tolerance or USUAL_TOLERANCE,
                precision=precision,
                states=record == "all",
                map=map,
                progress=progress,
            )
            if sound.size
            else None
        )
    return _result(
        grid(layers), wanted, tuple(float(day) for day in days), parameters, lanes, sound, failures, followed
    )


def _result(
    place: Grid, wanted: Array, session_days: tuple[float, ...], parameters: HealingParameters, lanes: int,
    sound: Lanes, failures: list[Failure], followed: Piece | None,
) -> Healing:  # fmt: skip
    """Put the result together; lanes that failed keep no figures."""
    shape = 2 * PER_DEPTH + 1 + len(SURFACE), lanes, wanted.shape[0]
    states = None
    if followed is None:
        rows = np.full(shape, np.nan)
    else:
        lost = np.flatnonzero(followed.status)
        failures = failures + [
            Failure(int(sound[lane]), float(followed.failed_day[lane]), _REASONS[int(followed.status[lane])])
            for lane in lost
        ]
        rows, states = followed.rows.astype(float, copy=False), followed.states
        rows[:, lost] = np.nan
        if states is not None:
            states[..., lost] = np.nan
            states = _all(states.swapaxes(1, 2), sound, lanes, -1)
        rows = _all(rows, sound, lanes, 1)
    redness, epidermis, horny, melanin = rows[2 * PER_DEPTH :]
    share = parameters.hs[:, None]
    return Healing(
        grid=place,
        days=wanted,
        session_days=session_days,
        papillary=DepthMeans(*rows[:PER_DEPTH]),
        dermis=DepthMeans(*rows[PER_DEPTH : 2 * PER_DEPTH]),
        redness_delta_a=redness,
        epidermis_fold=epidermis,
        horny_layer_fold=horny,
        thickness_fold=(1.0 - share) * epidermis + share * horny,
        melanin_fold=melanin,
        failures=tuple(sorted(failures, key=lambda failure: failure.lane)),
        steps=() if followed is None else tuple(followed.steps.tolist()),
        states=states,
    )


def _all(figures: Array, sound: Lanes, lanes: int, axis: int) -> Array:
    """Figures of all lanes from those of the sound ones."""
    if sound.shape[0] == lanes:
        return figures
    moved = np.moveaxis(figures, axis, 0)
    out = np.full((lanes, *moved.shape[1:]), np.nan)
    out[sound] = moved
    return np.moveaxis(out, 0, axis)


def warm_up(precision: Literal["single", "double"] = "single") -> Thread:
    """Begin to load or make the machine code of healing, in a thread of its own, while a case is still being read.

    Parameters
    ----------
    precision : str
        ``single`` as a simulation wants it, or ``double``.

    Returns
    -------
    Thread
        Nobody has to wait for it: `heal` waits where it is not done, and does without where it failed.

    Examples
    --------
    >>> warm_up().join()
    """
    thread = Thread(target=ready, args=(MODEL, precision), daemon=True)
    thread.start()
    return thread
