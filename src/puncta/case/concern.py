"""The concern: what should change, where, and how severe it is today."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from puncta.frozen import frozen


class ConcernKind(StrEnum):
    """What the person wants changed."""

    ATROPHIC_ACNE_SCARS = "atrophic_acne_scars"
    LINES = "lines"
    LAXITY = "laxity"
    MELASMA = "melasma"
    STRETCH_MARKS = "stretch_marks"
    SURGICAL_SCARS = "surgical_scars"
    BURN_SCARS = "burn_scars"
    AGE_SPOTS = "age_spots"
    DARK_MARKS = "dark_marks"
    DERMAL_PIGMENT = "dermal_pigment"
    TEXTURE = "texture"
    PORES = "pores"


#: Scar types and colours that may be named with a concern.
VARIETIES = MappingProxyType(
    {
        ConcernKind.ATROPHIC_ACNE_SCARS: ("rolling", "boxcar", "ice_pick"),
        ConcernKind.STRETCH_MARKS: ("red", "white"),
    }
)


@frozen
class Concern:
    """A concern with its severity on a standard scale.

    Parameters
    ----------
    kind : ConcernKind
        What.
    zones : tuple of str
        Where.
    scale : str
        Key of the scale, for example ``goodman_baron_grade``.
    severity_score : float
        Severity today, within the scale's limits.
    variety : str
        Scar type or colour where it matters: ``rolling``, ``boxcar``, ``ice_pick``, ``red``, ``white``; else empty.
    """

    kind: ConcernKind
    zones: tuple[str, ...]
    scale: str
    severity_score: float
    variety: str = ""
