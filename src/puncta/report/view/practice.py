"""The practical part in words: numbing cream, hand, what to expect, aftercare."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from puncta.case import Case
from puncta.messages import text
from puncta.person import PHOTOTYPES
from puncta.planning import Plan
from puncta.report.charts.series import HOURS_PER_DAY
from puncta.report.numbers import EN_DASH, NBSP, duration_text, number, plain, printed, with_unit
from puncta.report.view.courses import marks_figure
from puncta.report.view.figures import figure_of, greatest_figure
from puncta.report.view.findings import source_title
from puncta.report.view.model import ActiveRow, CareLine, CarePart, ExpectRow, NumbingView, UptakeRow, ZoneRow
from puncta.report.view.words import from_key, product_name, record_name, sentence_case
from puncta.safety import NumbingPlan, aftercare, counted_dark_marks
from puncta.simulation import Outcome


def numbing_view(plan: Plan, outcome: Outcome) -> NumbingView | None:
    """Put the cream into words.

    Parameters
    ----------
    plan : Plan
        With or without a cream.
    outcome : Outcome
        For the time that needling takes.

    Returns
    -------
    NumbingView or None
        None where there is no cream.
    """
    cream = plan.numbing
    if cream is None:
        return None
    rows = []
    for active, (low, median, high) in cream.absorbed_mg.items():
        taken = printed(low, median, high, "mg", most=0)
        limit = cream.limit_mg.get(active)
        rows.append(
            ActiveRow(
                name=from_key(active),
                taken_up=taken,
                limit=with_unit(number(limit), "mg") if limit is not None else text("report.numbing.no_limit"),
                share=with_unit(number(100 * high / limit), "%") if limit else "",
            )
        )
    parts = [
        text("report.numbing.active", name=row.name.lower(), taken=row.taken_up.text, limit=row.limit) for row in rows
    ]
    return NumbingView(
        product=record_name("numbing", cream.product),
        amount=number(cream.amount_g),
        unit="g",
        area=f"{number(cream.area_cm2)}{NBSP}cm²",
        minutes=f"{number(cream.minutes)}{NBSP}min",
        actives=tuple(rows),
        sentence=text("report.numbing.sentence", actives=sentence_case("; ".join(parts))) if parts else "",
        lines=() if cream.refused else (*_clock(cream), *_level(cream), *_depth(cream, outcome)),
        harm=cream.on_needled_skin,
        warnings=tuple(cream.warnings),
        sources=tuple(source_title(key) for key in cream.sources),
        needling=needling_time(outcome),
        refused=cream.refused,
    )


def _clock(cream: NumbingPlan) -> tuple[str, ...]:
    """When it goes on and comes off, counted back from the first needle."""
    if not cream.on_minutes:
        return ()
    on, off = (f"{number(minutes)}{NBSP}min" for minutes in (cream.on_minutes, cream.off_minutes))
    return (text("report.numbing.clock", on=on, off=off),)


def _level(cream: NumbingPlan) -> tuple[str, ...]:
    """Peaks in plasma beside first signs, and prilocaine beside what makes methaemoglobin."""
    parts = [
        text(
            "report.numbing.peak",
            name=from_key(active).lower(),
            peak=printed(low, median, high, most=2).text,
            signs=with_unit(plain(cream.first_signs_ug_per_ml[active]), "µg/mL"),
        )
        for active, (low, median, high) in cream.peak_ug_per_ml.items()
    ]
    lines = [text("report.numbing.peaks", peaks="; ".join(parts))] if parts else []
    most = cream.methaemoglobin_fraction[2]
    if most > 0.0:
        lines.append(text("report.numbing.methaemoglobin", share=with_unit(number(100 * most), "%")))
    return tuple(lines)


def _depth(cream: NumbingPlan, outcome: Outcome) -> tuple[str, ...]:
    """How deep it is numb beside how deep needles reach."""
    reached = [float(np.median(quantity.values[:, 0])) for quantity in outcome.named("depth_mm")]
    if not reached or not cream.numb_mm[1]:
        return ()
    low, median, high = cream.numb_mm
    words = {
        "numb": printed(low, median, high, "mm", most=1).text,
        "reached": with_unit(number(max(reached), 1), "mm"),
    }
    return (text(f"report.numbing.{'deep_enough' if low >= max(reached) else 'not_deep_enough'}", **words),)


def needling_time(outcome: Outcome) -> str:
    """Minutes of needling over all zones, median; empty where not known."""
    quantities = outcome.named("time_minutes")
    if not quantities:
        return ""
    total = sum(quantity.values[:, 0] for quantity in quantities)
    return f"{duration_text(float(np.median(total)))}{NBSP}min"


def uptake_rows(outcome: Outcome, rows: tuple[ZoneRow, ...]) -> tuple[UptakeRow, ...]:
    """What the skin takes up of the product on it, per active and zone; empty where there is no product."""
    out = []
    for quantity in outcome.named("dose_ug_per_cm2"):
        row = next((row for row in rows if row.zones[0] == quantity.zone), None)
        if row is None:
            continue
        hours = number(HOURS_PER_DAY * float(quantity.days[-1]))
        out.append(
            UptakeRow(
                name=from_key(quantity.concern or quantity.name),
                place=f"{row.name}, {row.dial}{NBSP}mm",
                after=text("report.uptake.after", hours=hours),
                figure=figure_of(quantity, quantity.values[:, -1]),
            )
        )
    return tuple(out)


def uptake_limits(outcome: Outcome) -> str:
    """What the uptake model cannot do; empty without a product."""
    return " ".join(text(key) for key in dict.fromkeys(one.limits for one in outcome.named("dose_ug_per_cm2")))


def hand_words(case: Case, needled: bool) -> tuple[str, str]:
    """Speed and stroke rate, and how the hand goes.

    Parameters
    ----------
    case : Case
        Names the device, and speed and rate where they differ from its usual ones.
    needled : bool
        Whether anything is needled.

    Returns
    -------
    tuple of str
        The figures, and the rest of the sentence; both empty without needling.
    """
    if not needled:
        return "", ""
    speed, strokes, kind = hand_figures(case)
    lead = []
    if speed is not None:
        lead.append(f"{plain(speed)}{NBSP}cm/s")
    if strokes is not None:
        lead.append(f"{number(strokes)}{NBSP}{text('report.hand.strokes')}")
    return ", ".join(lead), text(f"report.hand.{kind}")


def hand_figures(case: Case) -> tuple[float | None, float | None, str]:
    """Glide speed and stroke rate as asked for, else as usual for the device; and the kind of device."""
    speed, strokes = case.device.speed_cm_per_s, case.device.strokes_per_s
    known = case.library.device(case.device.device)
    return speed or known.usual_speed_cm_per_s, strokes or known.usual_strokes_per_s, known.kind


def expect_rows(plan: Plan, outcome: Outcome) -> tuple[ExpectRow, ...]:
    """What to expect after a visit; what is not known is left out."""
    if not outcome.course.sessions:
        return ()
    rows = []
    pain = greatest_figure(outcome, "pain_score")
    if pain is not None:
        name = "pain_bare" if plan.numbing is None or plan.numbing.refused else "pain_cream"
        rows.append(ExpectRow(text(f"report.expect.{name}"), replace(pain, unit=text("report.expect.of_ten"))))
    seen = greatest_figure(outcome, "redness_visible_hours")
    inflamed = greatest_figure(outcome, "inflammation_hours")
    if seen is not None:
        rows.append(ExpectRow(text("report.expect.redness_visible_hours"), seen))
    # where all of it is seen, the second line would only repeat the first
    if inflamed is not None and (seen is None or inflamed.text != seen.text):
        rows.append(ExpectRow(text("report.expect.inflammation_hours"), inflamed))
    marks = marks_figure(outcome)
    if marks is not None:
        rows.append(ExpectRow(text("report.expect.marks"), replace(marks, unit=text("report.expect.in_100"))))
    return tuple(rows)


def product_words(case: Case) -> str:
    """What goes on the skin while it is needled."""
    if case.session_product is None:
        return text("report.product.none")
    return text("report.product.named", name=product_name(case, case.session_product))


def home_words(case: Case, products: tuple[str, ...]) -> str:
    """What the person does at home during a course."""
    parts = [product_name(case, key) for key in products]
    if case.home_care.sunscreen:
        parts.append(text("report.home.sunscreen"))
    return text("report.home.line", products=", ".join(parts)) if parts else text("report.home.none")


def aftercare_parts(plan: Plan, outcome: Outcome) -> tuple[CarePart, ...]:
    """The aftercare of the deepest zone, gathered by when it holds; empty without needling."""
    depths = [float(np.median(quantity.values[:, 0])) for quantity in outcome.named("depth_mm")]
    if not outcome.course.sessions or not depths:
        return ()
    advice = aftercare(plan.case, max(depths))
    groups = dict.fromkeys(one.group for one in advice)
    return tuple(
        CarePart(
            text(f"report.care.{group}"),
            tuple(CareLine(one.text, one.differ, one.group == "call") for one in advice if one.group == group),
        )
        for group in groups
    )


def counted_lines(case: Case) -> tuple[str, ...]:
    """Series that counted dark marks, beside the odds; first those that include this person's skin type."""
    kind = case.person.phototype
    rows = sorted(counted_dark_marks().values(), key=lambda row: kind not in row.phototypes)
    out = []
    for row in rows:
        types = (
            f"{PHOTOTYPES[min(row.phototypes) - 1]}{EN_DASH}{PHOTOTYPES[max(row.phototypes) - 1]}"
            if row.phototypes
            else ""
        )
        key = "counted" if types else "counted_untyped"
        out.append(
            text(
                f"report.expect.{key}",
                marked=row.marked_count,
                people=row.people_count,
                types=types,
                source=source_title(row.source).split(",")[0],
            )
        )
    return tuple(out)


def cartridge(case: Case) -> dict[str, float | int | str | None]:
    """Needles of the cartridge or drum, for the dose record; empty fields are for the clinic to fill."""
    built = case.library.device(case.device.device)
    return {
        "needles_count": built.needles,
        "needle_length_mm": built.needle_length_mm,
        "needle_diameter_mm": built.needle_diameter_mm,
        "lot": None,
        "expiry": None,
    }
