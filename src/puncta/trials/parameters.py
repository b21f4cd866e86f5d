"""Parameters of virtual trials: how persons, their sides and their raters differ."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class TrialParameters:
    """What a trial needs beyond the forecast of one person; one draw per trial in each field."""

    EVIDENCE: ClassVar[str] = "trials"

    person_own_variance_fraction: Array
    side_correlation_fraction: Array
    side_severity_log_sd: Array
    baseline_spread_fraction: Array
