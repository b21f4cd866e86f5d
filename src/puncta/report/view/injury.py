"""The injury histogram: what share of the area is injured at least so deep, zone by zone."""

from __future__ import annotations

import numpy as np

from puncta.needling import injury_histogram
from puncta.planning import Plan
from puncta.report.numbers import printed
from puncta.report.view.model import InjuryRow, InjuryView, ZoneRow
from puncta.simulation import prepare
from puncta.simulation.needling import needle_groups

# numerics: depths that a reader tells apart, as far as the deepest needle goes
_DEPTHS_MM = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
_PERCENT = 100.0
_ENDS = (10.0, 50.0, 90.0)


def injury_view(plan: Plan, rows: tuple[ZoneRow, ...]) -> InjuryView | None:
    """Work out the histogram of one session of the recommended course.

    Parameters
    ----------
    plan : Plan
        With a recommended course.
    rows : tuple of ZoneRow
        Zones as they are gathered in the report.

    Returns
    -------
    InjuryView or None
        None where nothing is needled. At 0 mm the share is the opened surface.
    """
    if plan.chosen is None or not rows:
        return None
    outcome = plan.chosen.outcome
    run = prepare(outcome.case, outcome.course, outcome.draws_count, outcome.seed)
    channels = {zone: entry.first.wound.channels for entry in needle_groups(run) for zone in entry.group.zones}
    deepest = max(row.dial_mm for row in rows)
    depths = np.array([depth for depth in _DEPTHS_MM if depth <= deepest])
    found = []
    for row in rows:
        shares = injury_histogram(channels[row.zones[0]], np.zeros(1), depths).deeper_fraction
        bands = _PERCENT * np.percentile(shares, _ENDS, axis=1).T
        told = tuple(printed(float(low), float(middle), float(high), "%", most=0) for low, middle, high in bands)
        found.append(InjuryRow(row.name, row.sides, told))
    return InjuryView(tuple(f"{depth:g}" for depth in depths), tuple(found))
