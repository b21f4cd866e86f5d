"""The running check of a numbing cream: the library's figures for what is really on the skin."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from puncta.clinic.casing import case_of
from puncta.clinic.library import NumbingPlan, plan_numbing
from puncta.clinic.models import NeedlingSession
from puncta.frozen import frozen

_DRAWS = 100
_SEED = 1
_WIDTH = 368


@frozen
class Bar:
    """One active on its bar: what is taken up, with its range, of the limit."""

    active: str
    low: float
    median: float
    high: float
    limit: float

    def x(self, value: float) -> float:
        """Place on the bar."""
        return round(1 + _WIDTH * min(value / self.limit, 1.0), 1)

    @property
    def drawn(self) -> dict[str, float]:
        """Places of the band."""
        start, middle, end = self.x(self.low), self.x(self.median), self.x(self.high)
        return {"start": start, "width": round(max(end - start, 2), 1), "middle": middle}


@frozen
class CreamCheck:
    """What the library says of the cream."""

    bars: tuple[Bar, ...]
    warnings: tuple[str, ...]
    most_g: float
    too_much: bool
    minutes: float


@lru_cache(maxsize=256)
def _planned(tree_text: str, area_cm2: float) -> NumbingPlan | None:
    return plan_numbing(case_of(json.loads(tree_text)), area_cm2, _DRAWS, _SEED)


def minutes_on(session: NeedlingSession) -> float | None:
    """Minutes between on and off; None before both are known."""
    if session.cream_on is None or session.cream_off is None:
        return None
    on, off = session.cream_on, session.cream_off
    return float((off.hour * 60 + off.minute) - (on.hour * 60 + on.minute)) % (24 * 60)


def cream_check(tree: dict[str, Any], session: NeedlingSession) -> CreamCheck | None:
    """Check grams, area and time against the library's limits for this person.

    Parameters
    ----------
    tree : dict
        Tables of the case as planned.
    session : NeedlingSession
        With the cream that is really used; without times the planned minutes count.
    """
    if not session.cream or not session.cream_cm2 or tree["person"].get("weight_kg") is None:
        return None
    minutes = minutes_on(session) or tree.get("numbing", {}).get("minutes", 60)
    asked = {**tree, "numbing": {"product": session.cream, "minutes": minutes}}
    asked.pop("course", None)
    planned = _planned(json.dumps(asked, sort_keys=True), float(session.cream_cm2))
    if planned is None:
        return None
    bars = tuple(Bar(name, *band, planned.limit_mg[name]) for name, band in planned.absorbed_mg.items())
    most = planned.amount_g
    too_much = session.cream_g is not None and session.cream_g > round(most)
    return CreamCheck(bars, planned.warnings, most, too_much, minutes)
