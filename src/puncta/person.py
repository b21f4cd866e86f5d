"""The person: one for rules, and columns over many for physics."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import uniforms
from puncta.frozen import frozen


class Sex(StrEnum):
    """Sex as the skin tables know it; ``unstated`` draws from both."""

    FEMALE = "female"
    MALE = "male"
    UNSTATED = "unstated"


PHOTOTYPES = ("I", "II", "III", "IV", "V", "VI")


@frozen
class Person:
    """One person, as rules and reports see them.

    Parameters
    ----------
    identifier : str
        The clinic's own code; never a name.
    age_years : float
        Age, 0 to 120.
    sex : Sex
        Sex.
    weight_kg : float or None
        Weight; needed for a numbing cream.
    phototype : int
        Fitzpatrick type, 1 to 6.
    ita_degrees : float or None
        Measured individual typology angle, -90 to 90; it agrees poorly with phototype, so both are kept.
    age_range_years : tuple of float or None
        Where only a range is known, as for the mean participant of a series; draws spread over it.
    phototype_range : tuple of int or None
        Where only a range of types is known; draws spread over it, rules take ``phototype``, its darkest.
    """

    identifier: str
    age_years: float
    sex: Sex
    weight_kg: float | None
    phototype: int
    ita_degrees: float | None = None
    age_range_years: tuple[float, float] | None = None
    phototype_range: tuple[int, int] | None = None

    @property
    def phototype_name(self) -> str:
        """The phototype in Roman numerals; of a range its darkest."""
        return PHOTOTYPES[self.phototype - 1]


@frozen
class People:
    """Many persons as columns, for physics.

    Parameters
    ----------
    age_years : ndarray, shape (n,)
        Ages.
    male : ndarray of bool, shape (n,)
        True where male.
    phototype : ndarray of int, shape (n,)
        Fitzpatrick types, 1 to 6.
    """

    age_years: NDArray[np.float64]
    male: NDArray[np.bool_]
    phototype: NDArray[np.int64]

    @property
    def n(self) -> int:
        """How many."""
        return self.age_years.shape[0]

    @classmethod
    def like(cls, person: Person, n: int, seed: int) -> People:
        """Draw n persons who share all that is stated of one, spread over what is not.

        Examples
        --------
        >>> People.like(Person("P", 34, Sex.FEMALE, 62, 4), 3, seed=0).age_years
        array([34., 34., 34.])
        """
        if person.age_range_years is None:
            age = np.full(n, float(person.age_years))
        else:
            low, high = person.age_range_years
            age = low + (high - low) * uniforms(seed, "person.age", n)
        if person.sex is Sex.UNSTATED:
            male = uniforms(seed, "person.sex", n) < 0.5
        else:
            male = np.full(n, person.sex is Sex.MALE)
        if person.phototype_range is None:
            phototype = np.full(n, person.phototype)
        else:
            lightest, darkest = person.phototype_range
            types = darkest - lightest + 1
            phototype = lightest + np.floor(types * uniforms(seed, "person.phototype", n)).astype(np.int64)
        return cls(age, male, phototype)
