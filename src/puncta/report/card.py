"""The session card: exactly one page, to lie beside the pen; or the card for care at home where nothing is needled."""

from __future__ import annotations

import string
from typing import Any

from puncta.errors import PunctaError
from puncta.messages import text
from puncta.planning import Plan
from puncta.report.drawings import Drawings
from puncta.report.maps import legend, maps_of
from puncta.report.numbers import date_text, number
from puncta.report.pdf import chart_data, page_count, plain_data, set_pdf, theme_data
from puncta.report.view import ReportView
from puncta.report.view.forecasts import month_count
from puncta.report.view.model import ZoneRow
from puncta.report.view.words import base_list, concern_name

_WORDS = {
    "brand": "brand", "title": "title", "keyword": "page.research", "absent": "zone_table.absent", "of": "foot.of",
    "page": "foot.page_word", "before": "card.before", "ask": "card.ask", "asked": "card.asked",
    "cream": "card.cream", "needle": "card.needle", "expect": "card.expect", "hand_over": "card.hand_over",
    "write": "card.write", "never": "card.never", "never_text": "card.never_text", "hand": "card.hand",
    "set_dial": "card.set_dial", "needle_reaches": "card.reaches", "done": "card.done", "sheet": "card.sheet",
    "thin": "chart.thin", "home_title": "card.home_title", "home_reason": "card.home_reason",
    "home_review": "card.home_review", "lesions": "card.lesions",
    "lesions_more": "card.lesions_more", "home_forecast": "card.home_forecast", "more_figures": "card.more_figures",
    "no_stops": "finding.no_stops", "findings": "section.findings", "zone": "table.zone", "dial": "table.dial_unit",
    "passes": "table.passes", "density": "table.density_unit", "opened": "table.opened", "time": "table.time",
    "stop_at": "table.stop_at", "stop": "card.stop", "a_side": "table.a_side",
}  # fmt: skip
_SESSION_LABELS = ("lot", "cream_lot", "cream_time", "photos", "pain", "odd", "name", "when")
_HOME_LABELS = ("product_lot", "scale_today", "photos", "next_date", "name", "when")


def render_card(plan: Plan, seen: ReportView, drawn: Drawings) -> bytes:
    """Set the card of the first visit.

    Parameters
    ----------
    plan : Plan
        For maps, cream and date.
    seen : ReportView
        Words and figures.
    drawn : Drawings
        For the forecast on the card for care at home.

    Returns
    -------
    bytes
        PDF, A4, one page.

    Raises
    ------
    PunctaError
        Where even the densest setting does not fit: a card never runs over in silence.
    """
    written = set_pdf("card.typ", card_data(plan, seen, drawn), plan)
    if page_count(written) != 1:
        raise PunctaError(text("report.error.card_too_long", count=len(seen.zones)))
    return written


def card_data(plan: Plan, seen: ReportView, drawn: Drawings) -> dict[str, Any]:
    """Everything that the card's template needs."""
    assert plan.chosen is not None
    maps = maps_of(plan.case, plan.chosen.course)
    v = plain_data(seen)
    letters, stop_line = _stops(seen.zones)
    for row, letter in zip(v["zones"], letters, strict=True):
        row["stop_letter"] = letter
        density = row["density"]
        row["density_bare"] = None if density is None else {**density, "with_unit": density["value"]}
        row["sides_short"] = ", ".join(box for box in row["boxes"] if box)
    places = base_list(dict.fromkeys(name for concern in plan.case.concerns for name in concern.zones))
    concerns = ", ".join(concern_name(concern.kind) for concern in plan.case.concerns)
    line = f"{concerns} · {places} · {text('report.card.plan', course=seen.course)}"
    labels = _SESSION_LABELS if seen.needling else _HOME_LABELS
    numbing = seen.numbing
    return {
        "v": v,
        "theme": theme_data(),
        "words": {name: text(f"report.{key}") for name, key in _WORDS.items()},
        "foot_note": text("report.card.note" if seen.needling else "limits.draws"),
        "title": _title(seen, len(plan.chosen.course.sessions)),
        "card_line": line,
        "card_device": seen.device if seen.needling else seen.head.planned,
        "maps": [{"svg": one.svg, "label": one.label, "width": one.width} for one in maps],
        "legend": [list(entry) for entry in legend(plan.case, maps)],
        "more_words": [_more(count) for count in range(1, len(seen.card_findings) + 1)],
        "stop_line": stop_line,
        "numbing_where": (
            text("report.numbing.intact", area=numbing.area, minutes=numbing.minutes)
            if numbing is not None and not numbing.refused
            else ""
        ),
        "cream": chart_data(drawn.cream) if drawn.cream else None,
        "write_labels": [text(f"report.card.{key}") for key in labels],
        "planned": text("report.head.planned", date=date_text(plan.case.planned_on)),
        "forecast": chart_data(drawn.forecasts[0].paper) if drawn.forecasts else None,
        "review": text("report.card.review", months=month_count(plan.read_day)),
    }


def _title(seen: ReportView, visits: int) -> str:
    if not seen.needling:
        return text("report.head.card_home")
    return text("report.head.card_of", count=visits) if visits > 1 else text("report.head.card")


def _more(count: int) -> str:
    return text("report.finding.more_one") if count == 1 else text("report.finding.more", count=number(count))


def _stops(rows: tuple[ZoneRow, ...]) -> tuple[list[str], str]:
    """For tables without a column for end points: a letter per row, and what the letters say."""
    kinds = list(dict.fromkeys(row.stop_at for row in rows))
    if len(kinds) < 2:
        said = text("report.card.stop_everywhere", stop=kinds[0]) if kinds else ""
        return ["" for _ in rows], said
    letters = dict(zip(kinds, string.ascii_lowercase, strict=False))
    stops = "; ".join(f"{letter} {kind}" for kind, letter in letters.items())
    return [letters.get(row.stop_at, "") for row in rows], text("report.card.stop_letters", stops=stops)
