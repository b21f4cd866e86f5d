"""Tiny needles: devices, how deep they go, where punctures fall, and the wound they leave."""

from puncta.needling.at_once import needles_at_once
from puncta.needling.counted import counted_histogram
from puncta.needling.devices import Device, device, devices
from puncta.needling.dispersion import dispersion_fold
from puncta.needling.histogram import InjuryHistogram, injury_histogram
from puncta.needling.insertion import penetration_ratio, reached_depth_mm
from puncta.needling.needle import Hand, Needled, hand, needle
from puncta.needling.one_pass import OnePass, one_pass
from puncta.needling.parameters import NeedlingParameters, PatternParameters
from puncta.needling.pattern import density_per_pass_per_cm2, time_minutes
from puncta.needling.puncture_spread import PunctureSpread, spread_of_punctures
from puncta.needling.shape import Channels, channel_area
from puncta.needling.throw import throw_punctures
from puncta.needling.wound import Wound, wound

__all__ = [
    "Channels",
    "Device",
    "Hand",
    "InjuryHistogram",
    "Needled",
    "NeedlingParameters",
    "OnePass",
    "PatternParameters",
    "PunctureSpread",
    "Wound",
    "channel_area",
    "counted_histogram",
    "density_per_pass_per_cm2",
    "device",
    "devices",
    "dispersion_fold",
    "hand",
    "injury_histogram",
    "needle",
    "needles_at_once",
    "one_pass",
    "penetration_ratio",
    "reached_depth_mm",
    "spread_of_punctures",
    "throw_punctures",
    "time_minutes",
    "wound",
]
