"""The skin before the course, and what ageing alone does to it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from puncta.evidence import draw, parameter_keys
from puncta.simulation.biology import HealedGroup
from puncta.simulation.outcome import Quantity
from puncta.simulation.run import Run, scalar
from puncta.skin import MatrixParameters, collagen_age_fold, skin_before

_LIMITS = "limits.skin"
_AGE_KEYS = parameter_keys(MatrixParameters)[:2]


def before_quantities(run: Run, healed: tuple[HealedGroup, ...]) -> Iterator[Quantity]:
    """Skin of every zone that is treated or of concern, and its collagen against today with ageing counted.

    Untreated skin follows its age exactly; treated skin has what healing adds on top of that.
    """
    ageing = collagen_age_fold(run.people.age_years, run.days, draw(MatrixParameters, run.draws_count, run.seed))
    treated = {name: entry for entry in healed for name in entry.needled.group.zones}
    for name in dict.fromkeys((*treated, *(zone for concern in run.case.concerns for zone in concern.zones))):
        skin = treated[name].needled.skin if name in treated else skin_before(name, run.people, run.seed)
        for figure, values in skin.figures().items():
            yield Quantity(figure, name, None, *scalar(values), rests_on=skin.rests_on[figure], limits=_LIMITS)
        collagen, keys, limits = ageing, _AGE_KEYS, _LIMITS
        if name in treated:
            collagen = ageing * treated[name].collagen_fold
            keys, limits = (*treated[name].rests_on, *_AGE_KEYS), "limits.healing"
        yield Quantity("collagen_of_today_fold", name, None, run.days, collagen, keys, limits)
