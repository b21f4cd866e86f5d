"""A small follow-up that tests change as they need: one cheek, three visits, two grades."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from puncta.case import Case, read_case
from puncta.followup import Visits, visits_from

KIND, ZONE = "atrophic_acne_scars", "cheek_left"


def one_cheek(**changes: Any) -> Case:
    """The example of acne scars with one zone."""
    case = read_case("examples/acne_scars.toml")
    scars = replace(case.concerns[0], zones=(ZONE,))
    kept = tuple(use for use in case.zones if use.zone == ZONE)
    return replace(case, zones=kept, concerns=(scars,), **changes)


def tree(**changes: Any) -> dict[str, Any]:
    """A visits file as parsed."""
    done = {"zone": ZONE, "dial_mm": 1.0, "passes": 4}
    out: dict[str, Any] = {
        "format": 1,
        "today": 150,
        "planned": {"sessions": 4, "interval_days": 28, "settings": [done]},
        "sessions": [{"day": day, "zones": [{**done, "pain_score": 4}]} for day in (0, 28, 56)],
        "grades": [{"day": 112, "score": 2.0, "blinded": True}, {"day": 150, "score": 2.0, "blinded": True}],
    }
    return {**out, **changes}


def followed(case: Case | None = None, **changes: Any) -> Visits:
    """The same as values."""
    return visits_from(tree(**changes), case or one_cheek())
