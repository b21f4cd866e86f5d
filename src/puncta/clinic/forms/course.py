"""Settings typed on the plan's page, as the course table of a case."""

from __future__ import annotations

from typing import Any

from django.http import Http404, QueryDict

from puncta.clinic.library import Case, zone_limits
from puncta.clinic.words import say

MOST_VISITS, MOST_PASSES, LONGEST_WEEKS = 12, 20, 26


class TooDeep(ValueError):  # noqa: N818
    """A dial beyond what is allowed; the message says where, how deep and what to do."""


def own_course(given: QueryDict, home_products: list[str]) -> dict[str, Any] | None:
    """Settings that stand in the page; None where none do.

    Parameters
    ----------
    given : QueryDict
        ``dial_ZONE``, ``passes_ZONE``, ``sides_ZONE``, ``visits``, ``weeks`` and ``name``.
    home_products : list of str
        Home care of the case.

    Raises
    ------
    Http404
        Where they are no numbers: the page never sends that.
    """
    settings = []
    for key, value in given.items():
        if key.startswith("dial_"):
            zone = key.removeprefix("dial_")
            passes = given.get(f"passes_{zone}", "4")
            try:
                entry = {"dial_mm": float(value), "passes": max(1, min(int(passes), MOST_PASSES))}
            except ValueError:
                raise Http404 from None
            settings += [{"zone": side, **entry} for side in given.get(f"sides_{zone}", zone).split(",")]
    if not settings:
        return None
    try:
        visits = max(1, min(int(given.get("visits", "4")), MOST_VISITS))
        weeks = max(1, min(int(given.get("weeks", "4")), LONGEST_WEEKS))
    except ValueError:
        raise Http404 from None
    sessions = [{"day": index * weeks * 7, "settings": settings} for index in range(visits)]
    name = given.get("name") or say("plan.own_name")
    return {"name": name[:40], "sessions": sessions, "home_products": home_products}


def within_limits(case: Case, course: dict[str, Any]) -> None:
    """Refuse a dial beyond the limits of a zone.

    Raises
    ------
    TooDeep
        At the first one.
    """
    for setting in course["sessions"][0]["settings"]:
        most = zone_limits(case, setting["zone"]).deepest_mm
        if setting["dial_mm"] > most:
            raise TooDeep(say("plan.too_deep", zone=setting["zone"], most=f"{most:g}"))
