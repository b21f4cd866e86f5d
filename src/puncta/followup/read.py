"""Read a visits file: everything wrong in it told at once, each with its field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from puncta.appearance.scales import scale
from puncta.case import Case, Course, Role, ZoneSetting
from puncta.errors import InputError, Problem, nearest
from puncta.files import read_text, toml_of
from puncta.followup.schema import PhotographTable, PlannedTable, SessionTable, VisitsTable
from puncta.followup.visits import DeliveredSession, DeliveredZone, Grade, Look, PhotographReading, Reaction, Visits
from puncta.imaging.metrics import metrics
from puncta.messages import has_text, text
from puncta.planning import usual_course
from puncta.safety import diary_from, side_effects
from puncta.safety.side_effects import DARK_MARKS
from puncta.skin import expand


def read_visits(path: str | Path, case: Case) -> Visits:
    """Read a visits file.

    Parameters
    ----------
    path : str or Path
        A TOML file as docs/follow_up.md describes.
    case : Case
        The case that it follows; zones, concerns, scales and device are held against it.

    Returns
    -------
    Visits
        Ready for `update`.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> visits = read_visits("examples/visits/acne_scars.toml", read_case("examples/acne_scars.toml"))
    >>> len(visits.sessions), visits.today
    (4, 174)
    """
    name = str(path)
    return visits_from(toml_of(read_text(path), name), case, name)


def visits_from(tree: Mapping[str, Any], case: Case, name: str = "visits") -> Visits:
    """Build a follow-up from its tree, as a file or a form gives it.

    Parameters
    ----------
    tree : mapping
        As parsed.
    case : Case
        The case that it follows.
    name : str
        What to call it in messages.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> done = {"zone": "cheek_left", "dial_mm": 1.0, "passes": 4}
    >>> tree = {"format": 1, "sessions": [{"day": 0, "zones": [done]}]}
    >>> visits_from(tree, read_case("examples/acne_scars.toml")).seen_count
    1
    """
    try:
        table = VisitsTable.model_validate(dict(tree))
    except ValidationError as error:
        raise InputError(name, [_problem(entry) for entry in error.errors()]) from None
    problems = [*_zones(table, case), *_names(table, case), *_times(table), *_diaries(table)]
    if problems:
        raise InputError(name, problems)
    return _visits(table, case)


def _problem(entry: Any) -> Problem:
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in entry["loc"]).lstrip(".")
    if entry["type"] == "extra_forbidden":
        why = text("followup.unknown_why")
        return Problem(field, repr(entry["input"]), text("followup.known_fields"), why, text("followup.see"))
    missing = entry["type"] == "missing"
    given = text("followup.nothing") if missing or isinstance(entry["input"], dict) else repr(entry["input"])
    said = str(entry["msg"]).removeprefix("Value error, ")
    allowed = text("followup.wanted") if missing else said[:1].lower() + said[1:]
    last = str(entry["loc"][-1]) if entry["loc"] else ""
    key = f"followup.why.{last}" if has_text(f"followup.why.{last}") else "followup.why.any"
    return Problem(field or "file", given, allowed, text(key), text("followup.see"))


def _unknown(field: str, given: str, known: Iterable[str], why: str) -> Problem:
    listed = sorted(known)
    near = nearest(given, listed)
    do = text("followup.did_you_mean", near=near) if near else text("followup.see")
    return Problem(field, repr(given), ", ".join(listed), text(f"followup.why.{why}"), do)


def _treated(case: Case) -> tuple[str, ...]:
    return tuple(use.zone for use in case.zones_with(Role.TREAT))


def _zones(table: VisitsTable, case: Case) -> Iterator[Problem]:
    treated = set(_treated(case))
    known = treated | {name.rsplit("_", 1)[0] for name in treated}
    places = [(f"planned.settings[{i}].zone", one.zone) for i, one in enumerate(_settings(table.planned))]
    for index, session in enumerate(table.sessions):
        places += [(f"sessions[{index}].zones[{i}].zone", one.zone) for i, one in enumerate(session.zones)]
    for field, name in places:
        if not expand(name) or not set(expand(name)) <= treated:
            yield _unknown(field, name, known, "zone")
    for index, session in enumerate(table.sessions):
        sided = [side for one in session.zones for side in expand(one.zone)]
        twice = sorted({name for name in sided if sided.count(name) > 1})
        if twice:
            do = text("followup.once_each")
            yield Problem(f"sessions[{index}].zones", ", ".join(twice), do, text("followup.why.zone_twice"), do)
    seen = treated | {zone for concern in case.concerns for zone in concern.zones}
    for index, one in enumerate(table.photographs):
        if one.zone not in seen:
            yield _unknown(f"photographs[{index}].zone", one.zone, seen, "zone")


def _settings(planned: PlannedTable | None) -> tuple[Any, ...]:
    return planned.settings if planned is not None else ()


def _names(table: VisitsTable, case: Case) -> Iterator[Problem]:
    reach = case.library.devices
    for index, session in enumerate(table.sessions):
        key = session.device or case.device.device
        if key not in reach:
            yield _unknown(f"sessions[{index}].device", key, reach, "device")
            continue
        for i, one in enumerate(session.zones):
            if one.dial_mm > reach[key].reach_mm:
                field, given = f"sessions[{index}].zones[{i}].dial_mm", f"{one.dial_mm:g}"
                yield Problem(
                    field, given, f"<= {reach[key].reach_mm:g}", text("followup.why.reach"), text("followup.see")
                )
    by_kind = {str(concern.kind): concern for concern in case.concerns}
    for index, one in enumerate(table.grades):
        if one.concern is None and len(by_kind) > 1:
            allowed = ", ".join(by_kind)
            yield Problem(
                f"grades[{index}].concern",
                text("followup.nothing"),
                allowed,
                text("followup.why.concern"),
                text("followup.see"),
            )
            continue
        key = one.concern or next(iter(by_kind))
        if key not in by_kind:
            yield _unknown(f"grades[{index}].concern", key, by_kind, "concern")
            continue
        used = scale(by_kind[key].scale)
        if one.scale is not None and one.scale != used.key:
            yield _unknown(f"grades[{index}].scale", one.scale, [used.key], "scale")
        elif not used.holds(one.score):
            high = "" if used.high is None else f"{used.high:g}"
            allowed, why = f"{used.low:g} – {high}", text("followup.why.score", scale=used.name)
            yield Problem(f"grades[{index}].score", f"{one.score:g}", allowed, why, text("followup.see"))
    for index, one in enumerate(table.photographs):
        if one.metric not in metrics():
            yield _unknown(f"photographs[{index}].metric", one.metric, metrics(), "metric")
        elif one.before is None and metrics()[one.metric].scale == "root":
            do = text("followup.give_before")
            why = text("followup.why.before")
            yield Problem(f"photographs[{index}].before", text("followup.nothing"), text("followup.wanted"), why, do)
    effects = {DARK_MARKS, *side_effects()}
    for index, one in enumerate(table.reactions):
        if one.kind not in effects:
            yield _unknown(f"reactions[{index}].kind", one.kind, effects, "reaction")


def _times(table: VisitsTable) -> Iterator[Problem]:
    days = [one.day for one in table.sessions]
    for index, day in enumerate(days):
        if (index == 0 and day != 0) or (index > 0 and day <= days[index - 1]):
            do = text("followup.from_zero")
            yield Problem(f"sessions[{index}].day", str(day), text("followup.rising"), text("followup.why.day"), do)
    last = max([*days, *(one.day for one in (*table.grades, *table.photographs, *table.looks)), 0])
    if table.today is not None and table.today < last:
        do = text("followup.today_do")
        yield Problem("today", str(table.today), f">= {last}", text("followup.why.today"), do)


def _diaries(table: VisitsTable) -> Iterator[Problem]:
    for index, session in enumerate(table.sessions):
        if session.diary:
            try:
                _diary(session)
            except InputError as error:
                for one in error.problems:
                    yield replace(one, field=one.field.replace("entries", f"sessions[{index}].diary"))


def _diary(session: SessionTable) -> tuple[Any, ...]:
    return diary_from({"format": 1, "entries": [dict(row) for row in session.diary]}) if session.diary else ()


def _visits(table: VisitsTable, case: Case) -> Visits:
    only = str(case.concerns[0].kind)
    sessions = tuple(
        DeliveredSession(one.day, tuple(_delivered(one, case)), one.numbed, _diary(one), one.physician_looked)
        for one in table.sessions
    )
    grades = tuple(
        Grade(one.day, one.concern or only, one.score, one.rater, one.blinded, one.readings) for one in table.grades
    )
    photographs = tuple(
        PhotographReading(one.day, one.zone, one.metric, _change(one), one.sem, one.before or 1.0, one.freedom)
        for one in table.photographs
    )
    looks = tuple(Look(one.day, one.dark_marks) for one in table.looks)
    days = [one.day for one in (*sessions, *grades, *photographs, *looks)]
    return Visits(
        title=table.title or case.title,
        today=max([*days, 0]) if table.today is None else table.today,
        planned=_planned(table.planned, case),
        sessions=sessions,
        grades=grades,
        photographs=photographs,
        reactions=tuple(Reaction(one.day, one.kind, one.zone, one.gone_day) for one in table.reactions),
        marks_seen=table.marks_seen,
        stays_away=table.stays_away,
        first_visit=table.first_visit,
        baseline_rater=table.baseline_rater,
        looks=looks,
    )


def _change(one: PhotographTable) -> float:
    """As told, else from the two values in the metric's scale."""
    if one.change is not None:
        return one.change
    metric = metrics()[one.metric]
    return metric.scaled(one.after or 0.0) - metric.scaled(one.before or 0.0)


def _delivered(session: SessionTable, case: Case) -> Iterator[DeliveredZone]:
    for one in session.zones:
        for name in expand(one.zone):
            yield DeliveredZone(
                name,
                one.dial_mm,
                one.passes,
                one.density_per_cm2,
                one.strokes_per_s,
                one.needles,
                one.minutes,
                one.area_cm2,
                session.device or case.device.device,
                one.pain_score,
            )


def _planned(table: PlannedTable | None, case: Case) -> Course:
    """The course that the file names; else the case's own protocol, or the usual published course."""
    if table is None:
        return case.protocol or usual_course(case)
    settings = tuple(ZoneSetting(name, one.dial_mm, one.passes) for one in table.settings for name in expand(one.zone))
    return Course.regular(table.name, settings, table.sessions, table.interval_days, case.home_care.products)
