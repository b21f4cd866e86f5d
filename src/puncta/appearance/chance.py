"""Chance: the parts of an outcome that differ between studies and between persons, shared by compared courses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import heavy_score, normal_score, uniforms
from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class Chance:
    """Standard scores per draw.

    Parameters
    ----------
    study : ndarray, shape (n,)
        Heavy-tailed (t with 4 degrees of freedom): how far the truth lies from the mean of the studies.
    person : ndarray, shape (n,)
        Normal: how far this person lies from the mean of persons.
    relapse : ndarray, shape (n,)
        Uniform: whether melasma returns.
    """

    study: Array
    person: Array
    relapse: Array

    def typical(self, person: float = 0.0) -> Chance:
        """The same studies, but one person for all: in the middle of persons, or so many standard deviations off it."""
        return replace(self, person=np.full_like(self.person, person))

    def beside(self, *persons: float) -> Chance:
        """The same studies with these persons and, in their places, persons that stand for all: shape (1 + k, n)."""
        return replace(self, person=np.stack([self.person, *(np.full_like(self.person, one) for one in persons)]))


def chance(concern: str, n: int, seed: int) -> Chance:
    """Draw the chances of a concern; the same for every course of the same seed.

    Examples
    --------
    >>> chance("melasma", 3, seed=0).study.shape
    (3,)
    """
    return Chance(
        study=heavy_score(uniforms(seed, f"appearance.study.{concern}", n)),
        person=normal_score(uniforms(seed, f"appearance.person.{concern}", n)),
        relapse=uniforms(seed, f"appearance.relapse.{concern}", n),
    )
