"""Simulation: what a course does. Start reading in ``simulate``."""

from puncta.simulation.absorption import Absorption, SiteDoses, absorb, absorption_record, effect_text
from puncta.simulation.appearance import zone_improvement
from puncta.simulation.closing import Closing, closing_of
from puncta.simulation.comfort import Comfort, comfort, session_pain
from puncta.simulation.explain import explain
from puncta.simulation.outcome import LEVELS, Band, Outcome, Quantity
from puncta.simulation.record import outcome_record
from puncta.simulation.recovery import Recovery, recovery
from puncta.simulation.recovery_record import count_words, recovery_record
from puncta.simulation.run import Run, area_cm2, horizon_days, prepare
from puncta.simulation.sensitivity import Sensitivity, Share, sensitivity
from puncta.simulation.signal import session_tissue, tissue_beside
from puncta.simulation.simulate import DRAWS, simulate

__all__ = [
    "DRAWS",
    "LEVELS",
    "Absorption",
    "Band",
    "Closing",
    "Comfort",
    "Outcome",
    "Quantity",
    "Recovery",
    "Run",
    "Sensitivity",
    "Share",
    "SiteDoses",
    "absorb",
    "absorption_record",
    "area_cm2",
    "closing_of",
    "comfort",
    "count_words",
    "effect_text",
    "explain",
    "horizon_days",
    "outcome_record",
    "prepare",
    "recovery",
    "recovery_record",
    "sensitivity",
    "session_pain",
    "session_tissue",
    "simulate",
    "tissue_beside",
    "zone_improvement",
]
