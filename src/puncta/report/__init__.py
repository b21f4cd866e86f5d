"""The report: page, plan and card on paper, dose record and methods paragraph from one plan."""

from puncta.report.absorption import draw_absorption, write_absorption
from puncta.report.photographs import comparison_page, write_comparison
from puncta.report.view import ReportView, view
from puncta.report.write import ReportFiles, write_report

__all__ = [
    "ReportFiles",
    "ReportView",
    "comparison_page",
    "draw_absorption",
    "view",
    "write_absorption",
    "write_comparison",
    "write_report",
]
