"""The view: a plan turned into final words and figures, the same for HTML, PDF and app."""

from puncta.report.view.build import view
from puncta.report.view.look import LookConcern, LookView, LookZone, look_view
from puncta.report.view.model import ReportView

__all__ = ["LookConcern", "LookView", "LookZone", "ReportView", "look_view", "view"]
