"""The skin before: zones, layers, ageing."""

from puncta.skin.ageing import collagen_age_fold
from puncta.skin.layers import SkinLayers, SkinParameters, skin_layers
from puncta.skin.zones import Zone, expand, zone, zones

__all__ = [
    "SkinLayers",
    "SkinParameters",
    "Zone",
    "collagen_age_fold",
    "expand",
    "skin_layers",
    "zone",
    "zones",
]
