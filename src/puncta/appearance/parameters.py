"""Parameters of what the eye sees."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class AppearanceParameters:
    """From sessions and tissue signal to severity; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "appearance"

    gain_acne_scars: Array
    gain_ageing: Array
    gain_stretch_marks: Array
    gain_raised_scars: Array
    gain_pores: Array
    untreated_gain: Array
    untreated_person_sd: Array
    session_scale: Array
    session_weight: Array
    maturation_days: Array
    addon_product: Array
    addon_plasma: Array
    rolling_fold: Array
    boxcar_fold: Array
    ice_pick_fold: Array
    tissue_power: Array
    tissue_power_pigment: Array
    tissue_fold_least: Array
    tissue_fold_most: Array
    signal_floor: Array
    injury_gate: Array
    reference_depth_mm: Array
    reference_density_per_cm2: Array
    study_scale: Array
    study_scale_pigment: Array
    person_sd: Array
    pigment_per_session: Array
    pigment_session_power: Array
    pigment_reference_sessions: Array
    pigment_addon: Array
    pigment_hydroquinone: Array
    pigment_home_days: Array
    pigment_emergence_days: Array
    untested_pigment_fold: Array
    dermal_pigment_fold: Array
    pigment_contrast_fold: Array
    dark_mark_fading_days: Array
    relapse_probability: Array
    unprotected_relapse_fold: Array
    relapse_share: Array
    relapse_days: Array
