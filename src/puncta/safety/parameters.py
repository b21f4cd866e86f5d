"""Parameters of safety: dark marks, redness that can be seen, where to stop."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class SafetyParameters:
    """How it darkens, how red it looks; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "safety"

    pih_light_probability: Array
    pih_step_3_fold: Array
    pih_step_4_fold: Array
    pih_step_5_fold: Array
    pih_step_6_fold: Array
    pih_reference_injury_mm3_per_cm2: Array
    pih_injury_power: Array
    pih_injury_gate_mm3_per_cm2: Array
    pih_no_sunscreen_fold: Array
    pih_melasma_fold: Array
    pih_history_fold: Array
    redness_seen_light_delta_a: Array
    redness_seen_dark_delta_a: Array
    endpoint_redness_mm: Array
    endpoint_points_mm: Array
    endpoint_even_points_mm: Array
    cream_short_time_fraction: Array
