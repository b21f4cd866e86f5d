"""The report: page, plan and card on paper, dose record and methods paragraph from one plan."""

from puncta.report.absorption import draw_absorption, write_absorption
from puncta.report.drawings import Drawings, drawings
from puncta.report.icons import brand_page, severity_page
from puncta.report.maps import legend, map_drawing, maps_of
from puncta.report.numbers import Printed
from puncta.report.patient import Letterhead, patient_sheet
from puncta.report.pdf import page_count
from puncta.report.photographs import comparison_page, write_comparison
from puncta.report.theme import theme
from puncta.report.view import ReportView, view
from puncta.report.write import ReportFiles, write_report

__all__ = [
    "Drawings",
    "Letterhead",
    "Printed",
    "ReportFiles",
    "ReportView",
    "brand_page",
    "comparison_page",
    "draw_absorption",
    "drawings",
    "legend",
    "map_drawing",
    "maps_of",
    "page_count",
    "patient_sheet",
    "severity_page",
    "theme",
    "view",
    "write_absorption",
    "write_comparison",
    "write_report",
]
