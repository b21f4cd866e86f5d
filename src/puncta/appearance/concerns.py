"""Concerns: which law each follows, which gain it takes, and which studies speak of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType

from puncta.errors import PunctaError, nearest
from puncta.frozen import frozen


class Law(StrEnum):
    """How a concern changes."""

    REMODELLING = "remodelling"
    PIGMENT = "pigment"


@frozen
class Manner:
    """How a concern is forecast.

    Parameters
    ----------
    law : Law
        Collagen, or pigment.
    gain : str
        Parameter of remodelling: share of severity gone after four sessions; empty for pigment.
    untested : str
        Parameter by which the answer of pigment that no trial followed is multiplied; empty where one did.
    heading : str
        Group of studies; empty where there is none.
    varieties : mapping of str to str
        Parameter by which the gain of a variety is multiplied.
    relapses, fades : bool
        Whether it returns after the last session, and whether it goes by itself in time.
    thin : bool
        Whether every forecast of it is marked as thin.
    """

    law: Law
    gain: str = ""
    untested: str = ""
    heading: str = ""
    varieties: Mapping[str, str] = field(default_factory=dict)
    relapses: bool = False
    fades: bool = False
    thin: bool = True


_SCAR_TYPES = MappingProxyType({"rolling": "rolling_fold", "boxcar": "boxcar_fold", "ice_pick": "ice_pick_fold"})

MANNERS: Mapping[str, Manner] = MappingProxyType(
    {
        "atrophic_acne_scars": Manner(Law.REMODELLING, "gain_acne_scars", "", "acne", _SCAR_TYPES, thin=False),
        "lines": Manner(Law.REMODELLING, "gain_ageing", "", "ageing"),
        "laxity": Manner(Law.REMODELLING, "gain_ageing", "", "ageing"),
        "texture": Manner(Law.REMODELLING, "gain_ageing", "", "ageing"),
        "pores": Manner(Law.REMODELLING, "gain_pores"),
        "stretch_marks": Manner(Law.REMODELLING, "gain_stretch_marks", "", "striae"),
        "surgical_scars": Manner(Law.REMODELLING, "gain_raised_scars", "", "raised scar"),
        "burn_scars": Manner(Law.REMODELLING, "gain_raised_scars", "", "raised scar"),
        "melasma": Manner(Law.PIGMENT, heading="melasma", relapses=True),
        "age_spots": Manner(Law.PIGMENT, untested="untested_pigment_fold"),
        "dark_marks": Manner(Law.PIGMENT, untested="untested_pigment_fold", fades=True),
        "dermal_pigment": Manner(Law.PIGMENT, untested="dermal_pigment_fold"),
    }
)

CONCERNS = tuple(MANNERS)


def manner(concern: str) -> Manner:
    """Look up how a concern is forecast.

    Parameters
    ----------
    concern : str
        One of `CONCERNS`.

    Raises
    ------
    PunctaError
        Where there is no such concern, with the nearest.

    Examples
    --------
    >>> manner("melasma").law.value, manner("age_spots").heading
    ('pigment', '')
    """
    if concern not in MANNERS:
        raise PunctaError(f"there is no forecast for {concern!r}; nearest: {nearest(concern, CONCERNS) or 'none'}")
    return MANNERS[concern]
