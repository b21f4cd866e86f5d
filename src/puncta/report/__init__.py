"""The report: page, plan and card on paper, dose record and methods paragraph from one plan."""

from puncta.report.absorption import draw_absorption, write_absorption
from puncta.report.change_strip import change_strip
from puncta.report.charts import Series
from puncta.report.charts.series import DAYS_PER_MONTH, spread, ticks
from puncta.report.drawings import Drawings, drawings
from puncta.report.grading_page import write_grading
from puncta.report.icons import brand_page, severity_page
from puncta.report.maps import legend, map_drawing, maps_of
from puncta.report.numbers import Printed
from puncta.report.patient import Letterhead, patient_sheet
from puncta.report.pdf import page_count
from puncta.report.photographs import aligned_jpegs, comparison_page, write_comparison
from puncta.report.theme import theme
from puncta.report.view import LookView, ReportView, look_view, view
from puncta.report.write import ReportFiles, write_report

__all__ = [
    "DAYS_PER_MONTH",
    "Drawings",
    "Letterhead",
    "LookView",
    "Printed",
    "ReportFiles",
    "ReportView",
    "Series",
    "aligned_jpegs",
    "brand_page",
    "change_strip",
    "comparison_page",
    "draw_absorption",
    "drawings",
    "legend",
    "look_view",
    "map_drawing",
    "maps_of",
    "page_count",
    "patient_sheet",
    "severity_page",
    "spread",
    "theme",
    "ticks",
    "view",
    "write_absorption",
    "write_comparison",
    "write_grading",
    "write_report",
]
