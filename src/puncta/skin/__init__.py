"""The skin before: zones, layers, ageing, colour."""

from puncta.skin.zones import Zone, expand, zone, zones

__all__ = ["Zone", "expand", "zone", "zones"]
