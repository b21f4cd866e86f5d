"""Simulation: what a course does. Start reading in ``simulate``."""

from puncta.simulation.appearance import zone_improvement
from puncta.simulation.comfort import Comfort, comfort, session_pain
from puncta.simulation.explain import explain
from puncta.simulation.outcome import LEVELS, Band, Outcome, Quantity
from puncta.simulation.record import outcome_record
from puncta.simulation.run import Run, area_cm2, horizon_days, prepare
from puncta.simulation.signal import session_tissue
from puncta.simulation.simulate import DRAWS, simulate

__all__ = [
    "DRAWS",
    "LEVELS",
    "Band",
    "Comfort",
    "Outcome",
    "Quantity",
    "Run",
    "area_cm2",
    "comfort",
    "explain",
    "horizon_days",
    "outcome_record",
    "prepare",
    "session_pain",
    "session_tissue",
    "simulate",
    "zone_improvement",
]
