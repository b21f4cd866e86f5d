"""What the eye sees: how severity changes, and on which scale it is read."""

from puncta.appearance.concerns import CONCERNS
from puncta.appearance.coverage import Coverage, coverage
from puncta.appearance.forecast import Forecast, forecast
from puncta.appearance.parameters import AppearanceParameters
from puncta.appearance.tissue import Tissue

__all__ = ["CONCERNS", "AppearanceParameters", "Coverage", "Forecast", "Tissue", "coverage", "forecast"]
