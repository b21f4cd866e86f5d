"""Tiny needles: devices, how deep they go, where punctures fall, and the wound they leave."""

from puncta.needling.devices import Device, device, devices
from puncta.needling.insertion import penetration_ratio, reached_depth_mm
from puncta.needling.needle import Hand, Needled, hand, needle
from puncta.needling.parameters import NeedlingParameters
from puncta.needling.pattern import density_per_pass_per_cm2, time_minutes
from puncta.needling.wound import Channels, Wound, wound

__all__ = [
    "Channels",
    "Device",
    "Hand",
    "Needled",
    "NeedlingParameters",
    "Wound",
    "density_per_pass_per_cm2",
    "device",
    "devices",
    "hand",
    "needle",
    "penetration_ratio",
    "reached_depth_mm",
    "time_minutes",
    "wound",
]
