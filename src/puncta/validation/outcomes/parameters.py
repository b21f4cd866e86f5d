"""Parameters of published outcome studies: how raters judge, and what papers leave out."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class RaterParameters:
    """How a study's raters differ from the truth; never part of a person's forecast. One draw per study."""

    EVIDENCE: ClassVar[str] = "appearance"

    rater_hope: Array
    rater_contrast: Array
    rater_hope_pigment: Array
    grade_offset: Array
    scale_sd: Array
    scale_sd_pigment: Array


@frozen
class UnprintedParameters:
    """Fields of a protocol that a paper leaves out; one draw per simulated study."""

    EVIDENCE: ClassVar[str] = "validation"

    sessions_unreported: Array
    followup_unreported_days: Array
    interval_unreported_days: Array
