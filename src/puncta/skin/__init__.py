"""The skin before: zones, layers, ageing, and its colour."""

from puncta.skin.ageing import collagen_age_fold
from puncta.skin.colour import (
    ita_degrees,
    lab_from_reflectance,
    lab_from_xyz,
    melanin_and_erythema_index,
    swatch_hex,
    wavelengths_nm,
    xyz_from_reflectance,
)
from puncta.skin.layers import SkinLayers, SkinParameters, skin_layers
from puncta.skin.light import OpticsParameters
from puncta.skin.optics import Skin, reflectance, skin_at
from puncta.skin.redness import delta_a_of_blood, light_skin_melanin, visible_delta_a
from puncta.skin.tone import (
    ToneParameters,
    melanin_from_ita,
    person_ita_degrees,
    resting_lab,
    tone_class,
    tone_keys,
)
from puncta.skin.zones import Zone, expand, zone, zones

__all__ = [
    "OpticsParameters",
    "Skin",
    "SkinLayers",
    "SkinParameters",
    "ToneParameters",
    "Zone",
    "collagen_age_fold",
    "delta_a_of_blood",
    "expand",
    "ita_degrees",
    "lab_from_reflectance",
    "lab_from_xyz",
    "light_skin_melanin",
    "melanin_and_erythema_index",
    "melanin_from_ita",
    "person_ita_degrees",
    "reflectance",
    "resting_lab",
    "skin_at",
    "skin_layers",
    "swatch_hex",
    "tone_class",
    "tone_keys",
    "visible_delta_a",
    "wavelengths_nm",
    "xyz_from_reflectance",
    "zone",
    "zones",
]
