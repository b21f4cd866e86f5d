"""Twins: one chart in two sizes, so that its words are as large on paper as on the page."""

from __future__ import annotations

from dataclasses import replace

from puncta.frozen import frozen
from puncta.report.charts import BandChart, Chart, DepthChart, draw_band, draw_depth

#: Small charts: four a row on paper, two rows at most; beyond that a table with bands in its cells.
MOST_SMALL = 8
#: Sizes in px, on paper and on the page.
SMALL = (164.0, 118.0)
SMALL_PAGE = (340.0, 160.0)
MIDDLE = (226.0, 150.0)
MIDDLE_PAGE = (340.0, 184.0)


@frozen
class Twin:
    """One chart in two sizes.

    Parameters
    ----------
    paper, page : Chart
        For print and for the screen.
    """

    paper: Chart
    page: Chart


def twin(page: tuple[float, float], chart: BandChart | DepthChart, page_title: str = "") -> Twin:
    """Draw a chart as it is and once more in the size of the page.

    Parameters
    ----------
    page : tuple of float
        Width and height on the page, px.
    chart : BandChart or DepthChart
        What to draw, in its size on paper.
    page_title : str
        Title on the page, where it stands under a heading of its own.

    Returns
    -------
    Twin
        Both.
    """
    larger = replace(chart, name=f"{chart.name}-page", width=page[0], height=page[1], title=page_title or chart.title)
    if isinstance(chart, BandChart) and isinstance(larger, BandChart):
        return Twin(draw_band(chart), draw_band(larger))
    assert isinstance(chart, DepthChart) and isinstance(larger, DepthChart)
    return Twin(draw_depth(chart), draw_depth(larger))
