"""Charts: bands before lines, labels on the lines, units in the titles."""

from puncta.report.charts.band import BandChart, draw_band
from puncta.report.charts.canvas import Chart
from puncta.report.charts.cell import cell_axis, cell_band
from puncta.report.charts.depth import DepthChart, draw_depth
from puncta.report.charts.series import Series, series

__all__ = ["BandChart", "Chart", "DepthChart", "Series", "cell_axis", "cell_band", "draw_band", "draw_depth", "series"]
