"""Drawings: the charts of a report."""

from puncta.report.drawings.all import Drawings, drawings
from puncta.report.drawings.forecasts import ForecastDrawings
from puncta.report.drawings.twin import Twin

__all__ = ["Drawings", "ForecastDrawings", "Twin", "drawings"]
