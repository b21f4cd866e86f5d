"""Parameters of validation: what stands beside a published reading and is printed in none."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class ValidationParameters:
    """Persons of series and what wounds lose; one draw per simulated study in each field."""

    EVIDENCE: ClassVar[str] = "validation"

    age_unreported_years: Array
    lightness_unreported: Array
    left_in_excision_fraction: Array
    dark_marks_study_fold: Array


@frozen
class PermeationParameters:
    """Skin and channels in a dish, where a source does not print them; one draw in each field."""

    EVIDENCE: ClassVar[str] = "permeation"

    donor_um: Array
    radius_um: Array
    density_per_cm2: Array
    reached_fraction: Array
    corneum_um: Array
    epidermis_um: Array
    dermis_um: Array
    membrane_um: Array
