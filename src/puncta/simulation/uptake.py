"""What the skin takes up of the product that lies on it during needling."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from puncta.absorption import DOSE_HOURS, Site, absorb
from puncta.simulation.closing import closing
from puncta.simulation.needling import NeedledGroup
from puncta.simulation.outcome import Quantity
from puncta.simulation.run import Run

Array = NDArray[np.float64]
_HOURS_PER_DAY = 24.0


def uptake_quantities(run: Run, needled: tuple[NeedledGroup, ...]) -> Iterator[Quantity]:
    """Amount of each active past the barrier after the first session, per zone; an amount is not a benefit."""
    if run.case.session_product is None:
        return
    chosen = run.case.library.product(run.case.session_product)
    if not chosen.share_percent:
        return
    closes, hours = closing(run), np.array(DOSE_HOURS, dtype=float)
    whole = np.ones(run.draws_count)
    sites = [
        Site(
            entry.skin.layers,
            entry.first.wound,
            closes.open_share(hours, whole, entry.first.wound.surface_radius_mm),
        )
        for entry in needled
    ]
    for entry, doses in zip(needled, absorb(chosen, sites, run.seed, hours=hours, map=run.map), strict=True):
        for dose in doses:
            keys = (*dose.rests_on, *entry.first.rests_on, *closes.rests_on)
            for name in entry.group.zones:
                yield Quantity(
                    "dose_ug_per_cm2",
                    name,
                    dose.compound,
                    hours / _HOURS_PER_DAY,
                    dose.delivered_ug_per_cm2,
                    tuple(dict.fromkeys(keys)),
                    dose.limits,
                    dose.supported_by,
                )
