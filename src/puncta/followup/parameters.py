"""Parameters of follow-up: how far what a photograph shows goes with severity."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.metrics import metrics

Array = NDArray[np.float64]


@frozen
class FollowupParameters:
    """What a follow-up needs beyond the forecast; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "followup"

    coupling_texture: Array
    coupling_line_strength: Array
    coupling_line_length: Array
    coupling_pores: Array
    coupling_spots: Array


#: Metrics of photographs that go with severity, and the concerns with which each does.
COUPLED = {
    "texture": ("atrophic_acne_scars", "texture", "stretch_marks", "surgical_scars", "burn_scars"),
    "line_strength": ("lines", "laxity"),
    "line_length": ("lines", "laxity"),
    "pores": ("pores",),
    "spots": ("melasma", "age_spots", "dark_marks", "dermal_pigment"),
}


def coupling(metric: str, share: Array) -> Array:
    """Fall of the logarithm of a metric where all of the severity goes, for people at given places among all.

    Parameters
    ----------
    metric : str
        One of `COUPLED`.
    share : ndarray
        Share of all people below, 0 to 1.

    Examples
    --------
    >>> coupling("texture", np.array([0.5]))
    array([0.8])
    """
    known = parameter(f"{FollowupParameters.EVIDENCE}.coupling_{metric}")
    return known.spread.at(known.value, share)


def state_sd(metric: str, before: float) -> float:
    """How far a metric moves from day to day without any change of severity, in the scale of its errors.

    Parameters
    ----------
    metric : str
        Metric of a photograph.
    before : float
        Its first value.

    Examples
    --------
    >>> state_sd("texture", 2.0)
    0.15
    """
    share = parameter(f"{FollowupParameters.EVIDENCE}.photograph_state_log_sd").value
    form = metrics()[metric].scale
    return share if form == "ln" else share * (before**0.5 / 2.0 if form == "root" else abs(before))
