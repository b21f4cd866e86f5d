"""Drawings of reached depth: how many punctures of a hundred reach at least this deep, and where the dermis ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from puncta.evidence import draw_one, normal_score, parameters, uniforms
from puncta.messages import text
from puncta.person import People
from puncta.planning import Plan
from puncta.report.charts import DepthChart
from puncta.report.charts.depth import Upright
from puncta.report.drawings.twin import MOST_SMALL, SMALL_PAGE, Twin, twin
from puncta.report.numbers import number
from puncta.report.view.figures import find
from puncta.report.view.model import ZoneRow
from puncta.report.view.words import lower_first
from puncta.simulation import Outcome
from puncta.skin.layers import skin_layers

_SCATTER = "needling.depth_scatter_fraction"


def draw_depths(plan: Plan, outcome: Outcome, rows: tuple[ZoneRow, ...]) -> tuple[tuple[Twin, ...], str]:
    """Draw reached depth per zone.

    Parameters
    ----------
    plan : Plan
        For the person's skin.
    outcome : Outcome
        The recommended course.
    rows : tuple of ZoneRow
        The zones.

    Returns
    -------
    tuple of Twin and str
        Charts, and how many punctures of a hundred end below the dermis, in words.
    """
    people = People.like(plan.case.person, outcome.draws_count, outcome.seed)
    charts, beyond = [], []
    for index, row in enumerate(rows):
        quantity = find(outcome, "depth_mm", row.zones[0])
        if quantity is None or row.reaches is None:
            continue
        depth = quantity.values[:, 0]
        if _SCATTER in parameters():
            # single channels scatter around the mean depth of a session
            z = _normal_scores(depth.shape[0])
            depth = np.maximum(depth * (1 + draw_one(_SCATTER, depth.shape[0], outcome.seed) * z), 0.0)
        dermis = skin_layers(row.zones[0], people, outcome.seed).dermis_end_mm
        share = float((depth > dermis).mean())
        beyond.append((lower_first(row.name), share))
        name = lower_first(row.name)
        if index < MOST_SMALL:
            chart = DepthChart(
                name=f"depth-{index}",
                title=text("report.chart.depth", zone=name),
                corner=text("report.chart.depth_unit"),
                depth_mm=depth,
                dial_mm=row.dial_mm,
                uprights=(Upright(float(np.median(dermis)), ""),),
                label=text("report.chart.label_depth", zone=name, figure=row.reaches.text, dial=row.dial),
            )
            charts.append((chart, f"{row.name}, {row.dial}\N{NO-BREAK SPACE}mm"))
    axis_mm = max((chart.deepest_mm for chart, _ in charts), default=0.0)
    drawn = (twin(SMALL_PAGE, replace(chart, axis_mm=axis_mm), page_title=title) for chart, title in charts)
    return tuple(drawn), _beyond_words(beyond)


def _normal_scores(n: int) -> np.ndarray:
    return normal_score(uniforms(0, "report.depth_scatter", n))


def _beyond_words(shares: list[tuple[str, float]]) -> str:
    parts = []
    for name, share in shares:
        hundred = 100 * share
        odds = "<1" if 0 < hundred < 0.5 else number(hundred)
        parts.append(text("report.depth.beyond", zone=name, odds=odds))
    return text("report.depth.sentence", parts=", ".join(parts)) if parts else ""
