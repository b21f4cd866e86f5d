"""The result of healing: means over depth, redness and surface day by day, and what became of each lane."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.healing.grid import Grid
from puncta.healing.readings import DepthMeans
from puncta.messages import text

Array = NDArray[np.float64]


@frozen
class Failure:
    """A lane without an answer.

    Parameters
    ----------
    lane : int
        Which lane.
    day : float
        How far it came.
    reason : str
        ``not_a_number`` in what was given, ``not_finite``, ``too_stiff`` or ``out_of_range`` on the way.
    """

    lane: int
    day: float
    reason: str

    @property
    def message(self) -> str:
        """The reason in words."""
        return text(f"healing.failure.{self.reason}", lane=self.lane, day=f"{self.day:g}")


@frozen(eq=False)
class Healing:
    """What healing did, by lane and day; every figure is relative to the same skin untreated.

    Parameters
    ----------
    grid : Grid
        Layers used.
    days : ndarray, shape (t,)
        Days; on a session day the row is after the session.
    session_days : tuple of float
        Days of the sessions.
    papillary, dermis : DepthMeans
        Means from 0.1 to 0.4 mm, and from 0.1 to 2 mm.
    redness_delta_a : ndarray, shape (lanes, t)
        Redness above rest, before the skin's own colour masks it.
    epidermis_fold, horny_layer_fold, thickness_fold : ndarray, shape (lanes, t)
        Thickness of the viable epidermis, of the horny layer and of both, 1 at rest.
    melanin_fold : ndarray, shape (lanes, t)
        Epidermal melanin, 1 at rest.
    failures : tuple of Failure
        Lanes without an answer, in order; their figures are nan, and no others are.
    steps : tuple of int
        Steps taken by each group of lanes.
    states : ndarray, shape (t, 13, layers, lanes), or None
        All states in the order of `STATES`, where they were asked for.
    """

    grid: Grid
    days: Array
    session_days: tuple[float, ...]
    papillary: DepthMeans
    dermis: DepthMeans
    redness_delta_a: Array
    epidermis_fold: Array
    horny_layer_fold: Array
    thickness_fold: Array
    melanin_fold: Array
    failures: tuple[Failure, ...]
    steps: tuple[int, ...]
    states: Array | None

    @property
    def healed(self) -> NDArray[np.bool_]:
        """True for each lane with an answer, shape (lanes,)."""
        out = np.ones(self.redness_delta_a.shape[0], dtype=bool)
        out[[failure.lane for failure in self.failures]] = False
        return out
