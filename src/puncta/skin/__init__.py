"""The skin before: zones, layers, vessels, turnover, stiffness, fibres, sun, and its colour."""

from puncta.skin.before import SkinBefore, skin_before
from puncta.skin.colour import (
    ita_degrees,
    lab_from_reflectance,
    lab_from_xyz,
    linear_rgb_from_xyz,
    melanin_and_erythema_index,
    swatch_hex,
    wavelengths_nm,
    xyz_from_linear_rgb,
    xyz_from_reflectance,
)
from puncta.skin.contrast import patch_contrast_delta_e
from puncta.skin.layers import LayerParameters, SkinLayers, skin_layers
from puncta.skin.light import OpticsParameters
from puncta.skin.matrix import (
    MatrixParameters,
    collagen_age_fold,
    collagen_of_young_fraction,
    elastin_intact_fraction,
)
from puncta.skin.optics import Skin, reflectance, skin_at
from puncta.skin.redness import RednessMask, delta_a_of_blood, light_skin_melanin, redness_mask
from puncta.skin.stiffness import Stiffness, StiffnessParameters, stiffness
from puncta.skin.sun import SunParameters, elastotic_fraction
from puncta.skin.tone import (
    ToneParameters,
    melanin_from_ita,
    person_ita_degrees,
    resting_lab,
    tone_class,
    tone_keys,
)
from puncta.skin.turnover import Turnover, TurnoverParameters, turnover
from puncta.skin.vessels import plexus_mm
from puncta.skin.zones import Zone, expand, zone, zones

__all__ = [
    "LayerParameters",
    "MatrixParameters",
    "OpticsParameters",
    "RednessMask",
    "Skin",
    "SkinBefore",
    "SkinLayers",
    "Stiffness",
    "StiffnessParameters",
    "SunParameters",
    "ToneParameters",
    "Turnover",
    "TurnoverParameters",
    "Zone",
    "collagen_age_fold",
    "collagen_of_young_fraction",
    "delta_a_of_blood",
    "elastin_intact_fraction",
    "elastotic_fraction",
    "expand",
    "ita_degrees",
    "lab_from_reflectance",
    "lab_from_xyz",
    "light_skin_melanin",
    "linear_rgb_from_xyz",
    "melanin_and_erythema_index",
    "melanin_from_ita",
    "patch_contrast_delta_e",
    "person_ita_degrees",
    "plexus_mm",
    "redness_mask",
    "reflectance",
    "resting_lab",
    "skin_at",
    "skin_before",
    "skin_layers",
    "stiffness",
    "swatch_hex",
    "tone_class",
    "tone_keys",
    "turnover",
    "wavelengths_nm",
    "xyz_from_linear_rgb",
    "xyz_from_reflectance",
    "zone",
    "zones",
]
