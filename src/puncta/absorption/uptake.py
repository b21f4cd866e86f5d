"""Uptake: one dose followed from the film into the skin, while channels close."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.column import Column
from puncta.absorption.lattice import Lattice

Array = NDArray[np.float64]

# numerics: steps of time, even in the logarithm, and the first of them
_STEPS = 60
_FIRST_S = 5.0


@dataclass(frozen=True)
class Uptake:
    """Where a dose is, as shares of what was applied, shape (n, t) each; all places sum to 1.

    Parameters
    ----------
    film, corneum, epidermis, dermis, carried_off, wiped : ndarray
        In the film, in stratum corneum, in living epidermis, in dermis, carried off below, wiped off the skin.
    through_channels, through_intact : ndarray
        What has entered living skin by each way so far, net.
    """

    film: Array
    corneum: Array
    epidermis: Array
    dermis: Array
    carried_off: Array
    wiped: Array
    through_channels: Array
    through_intact: Array


def take_up(
    column: Column,
    seconds: Array,
    open_share: Array | None = None,
    *,
    wiped_after_s: float | None = None,
    drained_below: bool = False,
) -> Uptake:
    """Follow one dose through the skin.

    Parameters
    ----------
    column : Column
        Film, layers and channels, n draws.
    seconds : ndarray, shape (t,)
        Times to report, ascending, 0 or later.
    open_share : ndarray, shape (n, t), optional
        Share of the opened area still open at those times, 0 to 1; None keeps it open.
    wiped_after_s : float, optional
        When the film is taken off; None leaves it on.
    drained_below : bool
        True over a receptor that takes all away; False in a person.

    Returns
    -------
    Uptake
        Shares of the dose over time.

    Raises
    ------
    ValueError
        Where times are not ascending or shares not within 0 to 1.

    Notes
    -----
    Limits: ``limits.absorption``. Source: absorption_note.

    Examples
    --------
    >>> from puncta.absorption.mouth import Channels
    >>> one = np.ones(1)
    >>> holes = Channels(30 * one, 0.01 * one, 500 * one, 400 * one)
    >>> skin = Column(50 * one, one, 15 * one, 85 * one, 1400 * one, 5 * one, 0.01 * one, one, 50 * one, 100 * one,
    ...               1e-4 * one, holes)
    >>> after = take_up(skin, np.array([3600.0]))
    >>> float(np.round(after.dermis + after.carried_off, 1)[0, 0])
    0.7
    """
    seconds = np.asarray(seconds, dtype=float)
    n = column.film_um.shape[0]
    share = np.ones((n, seconds.shape[0])) if open_share is None else np.asarray(open_share, dtype=float)
    if seconds.min() < 0 or np.any(np.diff(seconds) <= 0):
        raise ValueError("times must ascend from 0 or later")
    # numerics: a share may stand above 1 by rounding
    if share.shape != (n, seconds.shape[0]) or share.min() < 0 or share.max() > 1 + 1e-9:
        raise ValueError("open shares must lie within 0 and 1, one for each draw and time")
    lattice = Lattice.of(column, drained_below)
    marks = set(seconds.tolist()) | ({float(wiped_after_s)} if wiped_after_s is not None else set())
    stops = np.unique([0.0, *np.geomspace(min(_FIRST_S, seconds[-1] or 1.0), seconds[-1] or 1.0, _STEPS), *marks])
    stops = stops[stops <= seconds[-1]]
    state = lattice.start()
    told = []
    for index, now in enumerate(stops):
        if index:
            state = lattice.step(state, stops[index - 1], now, seconds, share)
        if wiped_after_s is not None and now == wiped_after_s:
            state, lattice = lattice.wipe(state), lattice.bared()
        if now in marks and now in seconds:
            told.append(lattice.tell(state))
    places = [np.stack(values, axis=1) for values in zip(*told, strict=True)]
    return Uptake(*places)
