"""Simulation: what a course does. Start reading here."""

from puncta.simulation.outcome import Band, Outcome, Quantity

__all__ = ["Band", "Outcome", "Quantity"]
