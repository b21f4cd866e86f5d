"""The patient sheet: one page in plain words, with honest odds, what to expect by day and month, and when to call."""

from __future__ import annotations

import math
from typing import Any

from puncta.appearance.concerns import Law, manner
from puncta.errors import PunctaError
from puncta.messages import text
from puncta.planning import Alternative, Plan
from puncta.report.numbers import date_text
from puncta.report.pdf import page_count, plain_data, set_pdf, theme_data
from puncta.report.view import ReportView
from puncta.report.view.forecasts import month_count
from puncta.report.view.words import base_list
from puncta.safety.aftercare import aftercare, duration_words
from puncta.simulation import Quantity

_DOTS, _PERCENT = 100, 100.0
_MINUTES_PER_HALF_HOUR = 30.0
_HOURS_PER_DAY = 24.0
_WIDE = 20  # numerics: a range wider than this is told in fives
_FIVE = 5
_DO = ("hands", "emollient", "numb", "cleanse", "sunscreen", "sun")
_WAIT = ("makeup", "sport", "water_heat", "peel", "actives", "tinted")
_WORDS = {"brand": "report.brand", "keyword": "report.page.research", "page": "report.foot.page_word",
          "of": "report.foot.of", "absent": "report.zone_table.absent"}  # fmt: skip
_HEADS = ("odds_head", "notice_head", "do_head", "wait_head", "call_head", "phone", "foot", "dots", "thin")


def render_patient(plan: Plan, seen: ReportView) -> bytes:
    """Set the patient sheet.

    Parameters
    ----------
    plan : Plan
        A plan with a recommended course.
    seen : ReportView
        Its words and figures.

    Returns
    -------
    bytes
        PDF, A4, one page.

    Raises
    ------
    PunctaError
        Where it does not fit on one page.
    """
    written = set_pdf("patient.typ", patient_data(plan, seen), plan)
    if page_count(written) != 1:
        raise PunctaError(text("report.error.patient_too_long"))
    return written


def patient_sentences(plan: Plan, seen: ReportView) -> tuple[str, ...]:
    """Every sentence of the sheet, for checking how hard it reads.

    Parameters
    ----------
    plan, seen : Plan, ReportView
        As for `render_patient`.
    """
    data = patient_data(plan, seen)
    odds = [words for one in data["odds"] for words in (one["head"] + ".", one["about"], one["could"], one["more"])]
    days = [one["text"] for one in data["notice"]]
    lists = [f"{line}." for line in (*data["do"], *data["wait"])]
    call = f"{data['patient']['call_head']} {data['call']}"
    return (*data["intro"], *odds, *days, *lists, call, data["patient"]["foot"], data["patient"]["dots"])


def patient_data(plan: Plan, seen: ReportView) -> dict[str, Any]:
    """Everything that the template of the sheet needs."""
    assert plan.chosen is not None
    needled = bool(plan.chosen.course.sessions)
    concern = text(f"patient.concern.{plan.case.concerns[0].kind.value}")
    do, wait = _care(plan)
    return {
        "v": plain_data(seen),
        "theme": theme_data(),
        "words": {name: text(key) for name, key in _WORDS.items()},
        "patient": {name: text(f"patient.{name}") for name in _HEADS},
        "title": text("patient.title" if needled else "patient.title_home", concern=concern),
        "for_whom": text("patient.for_whom", code=seen.head.code, date=date_text(plan.case.planned_on)),
        "intro": _intro(plan, plan.chosen) if needled else [text("patient.home")],
        "odds": _odds(plan, plan.chosen),
        "thin": any(q.thin for q in plan.chosen.outcome.named("grade_gain_probability")),
        "notice": _notice(plan, plan.chosen) if needled else [],
        "do": do if needled else _at_home(plan),
        "wait": wait if needled else [],
        "call": text("patient.call" if needled else "patient.call_home"),
        "needled": needled,
    }


def _intro(plan: Plan, chosen: Alternative) -> list[str]:
    course, outcome = chosen.course, chosen.outcome
    pigment = manner(plan.case.concerns[0].kind).law is Law.PIGMENT
    zones = [setting.zone for setting in course.sessions[0].settings]
    weeks = round(course.interval_days / 7)
    count = len(course.sessions)
    visits = text("patient.some_visits", count=count, weeks=weeks) if count > 1 else text("patient.one_visit")
    gliding = sum(float(q.band().median[0]) for q in outcome.named("time_minutes"))
    cream = plan.numbing.on_minutes if plan.numbing is not None and not plan.numbing.refused else 0.0
    halves = max(math.ceil((gliding + cream) / _MINUTES_PER_HALF_HOUR), 1)
    told = [
        text("patient.intro_pigment" if pigment else "patient.intro"),
        text("patient.visits", visits=visits, places=base_list(zones)),
        text("patient.time" if cream else "patient.time_bare", time=_long(halves)),
    ]
    pain = sorted((q.band() for q in outcome.named("pain_score")), key=lambda band: float(band.median[0]))
    if pain:
        low, middle, high = (round(float(x[0])) for x in (pain[-1].low80, pain[-1].median, pain[-1].high80))
        told.append(text("patient.pain", low=low, middle=middle, high=high))
    return told


def _long(halves: int) -> str:
    words = {1: "half_hour", 2: "hour", 3: "hour_and_half"}
    if halves in words:
        return text(f"patient.{words[halves]}")
    return text("patient.half_hours", hours=f"{halves / 2:g}")


def _odds(plan: Plan, chosen: Alternative) -> list[dict[str, Any]]:
    lead = plan.case.concerns[0].kind
    bare = next(one for one in plan.alternatives if one.course.name == "untreated")
    needled = bool(chosen.course.sessions)
    asked = [
        ("with" if needled else "with_home", chosen.outcome.named("grade_gain_probability", lead), "others"),
        ("without", bare.outcome.named("grade_gain_probability", lead), "itself"),
        ("marks", chosen.outcome.named("pih_probability"), "sun"),
    ]
    return [_one_odds(head, quantities[0], more) for head, quantities, more in asked if quantities]


def _one_odds(head: str, quantity: Quantity, more: str) -> dict[str, Any]:
    band = quantity.band()
    ends = [_PERCENT * float(x[0]) for x in (band.low80, band.median, band.high80)]
    step = _FIVE if ends[2] - ends[0] > _WIDE else 1
    low, middle, high = (int(step * round(end / step)) for end in ends)
    return {
        "head": text(f"patient.{head}"),
        "about": text("patient.about", middle=middle) if middle else text("patient.hardly"),
        "could": text("patient.could", low=low or text("patient.none"), high=high) if high else text("patient.below"),
        "more": text(f"patient.{more}"),
        "dots": ["sure"] * low + ["guess"] * (middle - low) + ["open"] * (high - middle) + ["no"] * (_DOTS - high),
    }


def _notice(plan: Plan, chosen: Alternative) -> list[dict[str, str]]:
    hours = [float(q.band().high80[0]) for q in chosen.outcome.named("redness_visible_hours")]
    day = max(math.ceil(max(hours, default=0.0) / _HOURS_PER_DAY), 2)
    values = {"settle": {"day": str(day)}, "read": {"month": str(month_count(plan.read_day)).split()[0]}}
    return [
        {
            "head": text(f"patient.notice.{name}_head", **values.get(name, {})),
            "text": text(f"patient.notice.{name}"),
        }
        for name in ("first", "settle", "flakes", "change", "read")
    ]


def _at_home(plan: Plan) -> list[str]:
    care = plan.case.home_care
    names = [plan.case.library.product(key).name for key in care.products]
    sun = [text("patient.at_home.sunscreen")] if care.sunscreen else []
    return [*sun, *(text("patient.at_home.product", name=name) for name in names), text("patient.at_home.review")]


def _care(plan: Plan) -> tuple[list[str], list[str]]:
    """What to do and what to wait with; a sentence that the clinic put in place of ours stands as it is."""
    assert plan.chosen is not None
    depths = [float(q.band().median[0]) for q in plan.chosen.outcome.named("depth_mm")]
    found = {one.key: one for one in aftercare(plan.chosen.outcome.case, max(depths, default=0.0))}

    def lines(names: tuple[str, ...], group: str) -> list[str]:
        out = []
        for name in names:
            if name in found:
                one = found[name]
                after = duration_words(one.from_hours) if one.from_hours is not None else ""
                out.append(one.text if one.replaced else text(f"patient.{group}.{name}", after=after))
        return out

    held = sorted(plan.screening.held_zones())
    later = [text("patient.wait.held", place=base_list(held).lower())] if held else []
    return lines(_DO, "do"), [*lines(_WAIT, "wait"), *later]
