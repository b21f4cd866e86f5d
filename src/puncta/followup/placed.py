"""Placed: redness, pain and dark marks of a person as a place among all people, whatever was set."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from puncta.followup.readings import Reading
from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen(eq=False)
class Placed:
    """Figures over all people, sorted: a person keeps a place, and the figure there goes with the setting.

    Parameters
    ----------
    figures : mapping of str to ndarray, shape (n,)
        Ascending; by ``redness``, ``marks``, and the key of each pain reading.
    """

    figures: Mapping[str, Array]

    def at(self, one: Reading, share: Array) -> Array:
        """The figure of a reading for people at given places, 0 to 1."""
        return self.figure(one.key if one.kind == "pain" else one.kind, share)

    def figure(self, name: str, share: Array) -> Array:
        """A figure for people at given places.

        Parameters
        ----------
        name : str
            Which figure.
        share : ndarray
            Share of all people below, 0 to 1.

        Examples
        --------
        >>> Placed({"redness": np.array([10.0, 20.0, 30.0])}).figure("redness", np.array([0.5]))
        array([20.])
        """
        ranked = self.figures[name]
        places = (np.arange(ranked.shape[0]) + 0.5) / ranked.shape[0]
        return np.interp(share, places, ranked)
