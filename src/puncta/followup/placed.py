"""Placed: redness, pain and dark marks of a person as a place among all people, whatever was set."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from puncta.frozen import frozen

Array = NDArray[np.float64]
# numerics: normal scores between which a figure over all people runs straight, and beyond which it goes on so; few
# enough that no single simulated person makes a step
_SCORES = np.linspace(-2.0, 2.0, 17)


@frozen(eq=False)
class Placed:
    """Figures over all people by normal score: a person keeps a place, and the figure there goes with the setting.

    Parameters
    ----------
    figures : mapping of str to ndarray, shape (17,)
        From `over_people`; by ``redness``, ``marks``, and the key of each pain reading.
    highest : mapping of str to float
        Ends of their scales.
    """

    figures: Mapping[str, Array]
    highest: Mapping[str, float]

    def figure(self, name: str, score: Array) -> Array:
        """A figure for people with given scores.

        Parameters
        ----------
        name : str
            Which figure.
        score : ndarray
            Normal scores: 0 in the middle of all people.

        Examples
        --------
        >>> Placed({"redness": over_people(np.arange(31.0))}, {}).figure("redness", np.array([0.0]))
        array([15.])
        """
        nodes = self.figures[name]
        step = _SCORES[1] - _SCORES[0]
        below = np.minimum(score - _SCORES[0], 0.0) * (nodes[1] - nodes[0]) / step
        above = np.maximum(score - _SCORES[-1], 0.0) * (nodes[-1] - nodes[-2]) / step
        return np.clip(np.interp(score, _SCORES, nodes) + below + above, 0.0, self.highest.get(name, np.inf))


def over_people(values: Array) -> Array:
    """A figure at evenly spaced normal scores.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Of all people.

    Examples
    --------
    >>> over_people(np.zeros(5)).shape
    (17,)
    """
    return np.quantile(values, ndtr(_SCORES))
