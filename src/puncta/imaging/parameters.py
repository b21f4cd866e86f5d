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
    sem_texture: Array
    sem_texture_dark_fold: Array
    sem_line_strength: Array
    sem_line_strength_dark_fold: Array
    sem_line_length: Array
    sem_line_length_dark_fold: Array
    sem_pores: Array
    sem_pores_dark_fold: Array
    sem_spots: Array
    sem_spots_dark_fold: Array
    sem_redness: Array
    sem_redness_dark_fold: Array
    sem_melanin: Array
    sem_melanin_dark_fold: Array
    sem_blood: Array
    sem_blood_dark_fold: Array
    sem_ita: Array
    sem_ita_dark_fold: Array
    sem_lightness: Array
    sem_lightness_dark_fold: Array
    sem_a_star: Array
    sem_a_star_dark_fold: Array
    sem_b_star: Array
    sem_b_star_dark_fold: Array
    sem_melanin_bare: Array
    sem_blood_bare: Array
    sem_ita_bare: Array
    sem_lightness_bare: Array
    sem_a_star_bare: Array
    sem_b_star_bare: Array
    likeness_fine_mm: Array
    likeness_coarse_mm: Array
