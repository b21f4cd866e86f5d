"""Parameters: scales, limits and errors of photographs whose keys are put together in code, by name."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class ImagingParameters:
    """Definitions of the figures and their errors; each stands in the evidence with meaning and source."""

    EVIDENCE: ClassVar[str] = "imaging"

    texture_fine_mm: Array
    texture_coarse_mm: Array
    line_fine_mm: Array
    line_middle_mm: Array
    line_wide_mm: Array
    pore_fine_mm: Array
    pore_coarse_mm: Array
    sharpness_fine_mm: Array
    sharpness_middle_mm: Array
    sharpness_wide_mm: Array
    spot_surround_mm: Array
    red_blur_mm: Array
    red_surround_mm: Array
    retake_turn_degrees: Array
    retake_scale_fraction: Array
    retake_shift_fraction: Array
    retake_tilt_fraction: Array
    retake_bend_fraction: Array
    sem_area_cm2: Array
    sem_lesion_area_cm2: Array
    ambiguous_melanin_fraction: Array
    ambiguous_melanin_fraction_crossed: Array
    lesion_rim_mm: Array
    lesion_ring_mm: Array
    likeness_fine_mm: Array
    likeness_coarse_mm: Array
