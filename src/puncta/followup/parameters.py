"""Parameters of follow-up: how far what a photograph shows goes with severity."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class FollowupParameters:
    """What a follow-up needs beyond the forecast; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "followup"

    coupling_texture_fraction: Array
    coupling_line_strength_fraction: Array
    coupling_line_length_fraction: Array
    coupling_pores_fraction: Array
    coupling_spots_fraction: Array

    def coupling(self, metric: str) -> Array:
        """Share of a metric that goes where all of the severity goes, shape (n,)."""
        return getattr(self, f"coupling_{metric}_fraction")


#: Metrics of photographs that go with severity, and the concerns with which each does.
COUPLED = {
    "texture": ("atrophic_acne_scars", "texture", "stretch_marks", "surgical_scars", "burn_scars"),
    "line_strength": ("lines", "laxity"),
    "line_length": ("lines", "laxity"),
    "pores": ("pores",),
    "spots": ("melasma", "age_spots", "dark_marks", "dermal_pigment"),
}
