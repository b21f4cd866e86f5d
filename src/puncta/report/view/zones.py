"""The plan per zone: what is set beside what is reached, gathered over both sides where every figure is the same."""

from __future__ import annotations

from dataclasses import fields, replace

from puncta.case import Case, Course, Role, ZoneSetting
from puncta.messages import has_text, text
from puncta.planning import Plan
from puncta.report.numbers import NBSP, duration_text, number
from puncta.report.view.figures import find, scalar_figure
from puncta.report.view.model import ZoneRow
from puncta.report.view.words import (
    dial_text,
    lower_first,
    place_list,
    sentence_case,
    side_words,
    zone_base_name,
    zone_name,
)
from puncta.safety import ZoneLimit, endpoint
from puncta.simulation import Outcome
from puncta.skin import zone


def zone_rows(plan: Plan, outcome: Outcome) -> tuple[ZoneRow, ...]:
    """Rows of the first session, both sides in one where nothing differs.

    Parameters
    ----------
    plan : Plan
        For limits and areas.
    outcome : Outcome
        The recommended course.

    Returns
    -------
    tuple of ZoneRow
        In the order of the case; empty without sessions.
    """
    if not outcome.course.sessions:
        return ()
    singles = [_single(plan, outcome, setting) for setting in outcome.course.sessions[0].settings]
    gathered: list[ZoneRow] = []
    for row in singles:
        twin = next((index for index, other in enumerate(gathered) if _same(row, other)), None)
        if twin is None:
            gathered.append(row)
        else:
            gathered[twin] = _joined(gathered[twin], row)
    return tuple(gathered)


def _same(one: ZoneRow, other: ZoneRow) -> bool:
    if one.name != other.name:
        return False
    skip = {"zones", "sides", "boxes"}
    return all(getattr(one, f.name) == getattr(other, f.name) for f in fields(ZoneRow) if f.name not in skip)


def _joined(one: ZoneRow, other: ZoneRow) -> ZoneRow:
    # the person's right is on the reader's left, and is ticked first
    names = tuple(sorted(one.zones + other.zones, key=lambda name: zone(name).side != "right"))
    boxes = tuple(text(f"report.side.letter_{zone(name).side}") for name in names)
    return replace(one, zones=names, sides=side_words(names), boxes=boxes)


def _single(plan: Plan, outcome: Outcome, setting: ZoneSetting) -> ZoneRow:
    entry = zone(setting.zone)
    minutes = find(outcome, "time_minutes", setting.zone)
    limit = plan.zone_limits.get(setting.zone)
    return ZoneRow(
        zones=(setting.zone,),
        name=zone_base_name(entry.base),
        sides=text(f"report.side.{entry.side}") if entry.side else "",
        dial=dial_text(setting.dial_mm),
        dial_mm=setting.dial_mm,
        passes=str(setting.passes) if setting.passes is not None else text("report.zone_table.unstated"),
        passes_short=str(setting.passes) if setting.passes is not None else "–",
        reaches=scalar_figure(outcome, "depth_mm", setting.zone),
        density=scalar_figure(outcome, "density_per_cm2", setting.zone),
        opened=scalar_figure(outcome, "opened_area_fraction", setting.zone),
        injury=scalar_figure(outcome, "injury_mm3_per_cm2", setting.zone),
        bleeding=scalar_figure(outcome, "bleeding_fraction", setting.zone),
        pain=scalar_figure(outcome, "pain_score", setting.zone),
        redness=scalar_figure(outcome, "redness_visible_hours", setting.zone),
        time=duration_text(_median(minutes.values[:, 0])) if minutes else "",
        area=f"{number(area_cm2(plan.case, setting.zone))}{NBSP}cm²",
        stop_at=_end_point(outcome, setting.zone, plan.case.person.phototype),
        limits=_limit_lines(limit),
        boxes=(text(f"report.side.letter_{entry.side}") if entry.side else "",),
    )


def _median(values: object) -> float:
    import numpy as np

    return float(np.median(np.asarray(values)))


def area_cm2(case: Case, name: str) -> float:
    """Area of a zone: as measured, else usual."""
    for use in case.zones:
        if use.zone == name and use.area_cm2 is not None:
            return use.area_cm2
    return zone(name).usual_area_cm2


def _end_point(outcome: Outcome, name: str, phototype: int) -> str:
    depth = find(outcome, "depth_mm", name)
    return text("report.zone_table.absent") if depth is None else endpoint(_median(depth.values[:, 0]), phototype)


def _limit_lines(limit: ZoneLimit | None) -> tuple[str, ...]:
    if limit is None:
        return ()
    return tuple(
        text(f"report.limit.{key}", limits=", ".join(_by_dial(limit, binding)))
        for key, binding in (("binding", True), ("informing", False))
        if any(line.binding == binding for line in limit.lines)
    )


def _by_dial(limit: ZoneLimit, binding: bool) -> list[str]:
    """Limits of one kind, the lowest dial first, each dial once."""
    named: dict[float, list[str]] = {}
    for line in sorted(limit.lines, key=lambda one: one.dial_mm):
        if line.binding == binding:
            key = f"safety.limit.{line.kind}"
            named.setdefault(line.dial_mm, []).append(text(key) if has_text(key) else line.kind)
    return [f"{dial_text(dial)}{NBSP}mm ({'; '.join(names)})" for dial, names in named.items()]


def held_zones(plan: Plan, course: Course) -> tuple[str, ...]:
    """Sentences for zones that were asked for and are not in the course, with the reason where the screen gave one."""
    treated = {setting.zone for session in course.sessions for setting in session.settings}
    wanted = [use.zone for use in plan.case.zones_with(Role.TREAT) if use.zone not in treated]
    if not wanted or not course.sessions:
        return ()
    held = plan.screening.held_zones()
    delayed = [name for name in wanted if name in held]
    barred = [name for name in wanted if name not in held and _barred(plan, name)]
    other = [name for name in wanted if name not in (*delayed, *barred)]
    out = []
    for key, names in (("delayed", delayed), ("barred", barred), ("other", other)):
        if names:
            out.append(text(f"report.held.{key}", places=sentence_case(place_list(names))))
    return tuple(out)


def _barred(plan: Plan, name: str) -> bool:
    limit = plan.zone_limits.get(name)
    return zone(name).never or (limit is not None and not limit.steps_mm)


def visits_differ(course: Course) -> bool:
    """Whether later visits are set differently from the first."""
    return any(session.settings != course.sessions[0].settings for session in course.sessions)


def lesion_lines(case: Case) -> tuple[str, ...]:
    """What lies on the skin and how far to stay off it, gathered by kind and place."""
    out = []
    for lesion in case.lesions:
        key = "report.card.keep_off" if lesion.clearance_mm > 0 else "report.card.keep_off_plain"
        kind = sentence_case(text(f"report.lesion.{lesion.kind.value}"))
        out.append(
            text(
                key,
                kind=kind,
                place=lower_first(zone_name(lesion.zone)),
                clearance=f"{number(lesion.clearance_mm)}{NBSP}",
            )
        )
    return tuple(dict.fromkeys(out))
