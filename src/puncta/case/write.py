"""Write: cases and courses as TOML and JSON; what is written reads back as the same value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from puncta.case.build import PROTOCOL
from puncta.case.case import Answer, Case, HomeCare, Policy, Role, ZoneUse
from puncta.case.concern import Concern
from puncta.case.course import Course, Session, ZoneSetting
from puncta.case.format import FORMAT
from puncta.case.toml_text import toml_text
from puncta.case.wishes import Limits
from puncta.person import PHOTOTYPES, Person


def case_to_toml(case: Case) -> str:
    """Write a case as TOML text.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    str
        The text; what has its usual value is left out.

    Examples
    --------
    >>> from puncta.case.read import case_from_toml, read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> case_from_toml(case_to_toml(case)) == case
    True
    """
    return toml_text(_case_tree(case))


def case_to_json(case: Case) -> str:
    """Write a case as JSON text, with the fields of the TOML file in the same order.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    str
        The text; what has its usual value is left out.

    Examples
    --------
    >>> from puncta.case.read import case_from_json, read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> case_from_json(case_to_json(case)) == case
    True
    """
    return _json_text(_case_tree(case))


def course_to_toml(course: Course) -> str:
    """Write a course as TOML text.

    Parameters
    ----------
    course : Course
        The course.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> print(course_to_toml(Course("untreated", ())), end="")
    format = 1
    name = "untreated"
    sessions = []
    """
    return toml_text({"format": FORMAT, **_course_tree(course)})


def course_to_json(course: Course) -> str:
    """Write a course as JSON text.

    Parameters
    ----------
    course : Course
        The course.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> from puncta.case.read import course_from_json
    >>> course = Course.regular("gentle", (ZoneSetting("nose", 0.5, 3),), 3, 28)
    >>> course_from_json(course_to_json(course)) == course
    True
    """
    return _json_text({"format": FORMAT, **_course_tree(course)})


def _json_text(tree: Mapping[str, Any]) -> str:
    return json.dumps(tree, ensure_ascii=False, indent=2, allow_nan=False, default=_day) + "\n"


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a case")


def _case_tree(case: Case) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "format": FORMAT,
        "title": case.title,
        "constructed": case.constructed,
        "planned_on": case.planned_on,
        "session_product": case.session_product,
        "co_treatments": list(case.co_treatments) or None,
        "person": _person(case.person),
        "zones": [_zone(use) for use in case.zones],
        "lesions": [
            {
                "kind": str(one.kind),
                "zone": one.zone,
                "examined": one.examined,
                "clearance_mm": _plain(one.clearance_mm),
            }
            for one in case.lesions
        ],
        "concerns": [_concern(one) for one in case.concerns],
        "goals": [
            {"concern": str(one.concern), "improvement_fraction": _plain(one.improvement_fraction)}
            for one in case.goals
        ],
        "history": {key: _answer(answer) for key, answer in case.history.items()},
        "device": {
            "name": case.device.device,
            "speed_cm_per_s": _plain(case.device.speed_cm_per_s),
            "strokes_per_s": _plain(case.device.strokes_per_s),
        },
        "numbing": None
        if case.numbing is None
        else {"product": case.numbing.product, "minutes": _plain(case.numbing.minutes)},
        "home_care": _unless_usual(
            {"sunscreen": case.home_care.sunscreen, "products": list(case.home_care.products)},
            case.home_care,
            HomeCare(),
        ),
        "limits": _unless_usual(
            {
                "max_sessions": case.limits.max_sessions,
                "max_pain_score": _plain(case.limits.max_pain_score),
                "max_redness_hours": _plain(case.limits.max_redness_hours),
                "max_pih_probability": _plain(case.limits.max_pih_probability),
                "soft": list(case.limits.soft) or None,
            },
            case.limits,
            Limits(),
        ),
        "keep_free": [
            {
                "name": one.name,
                "on": one.on,
                **({} if one.until == one.on else {"until": one.until}),
                "days_before": one.days_before,
            }
            for one in case.keep_free
        ],
        "policy": _policy(case.policy) or None,
        "published": None if case.published is None else {"row": case.published},
        "course": None if case.protocol is None else _protocol(case.protocol, case),
    }
    return _written(tree)


def _written(tree: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not there: None at the top and in tables, and empty lists and tables."""
    out: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            value = {name: each for name, each in value.items() if each is not None}
        if value is not None and value not in ([], {}):
            out[key] = value
    return out


def _plain(value: float | None) -> float | int | None:
    """A whole number without its point, as people write it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _unless_usual(table: dict[str, Any], value: object, usual: object) -> dict[str, Any] | None:
    return None if value == usual else table


def _person(person: Person) -> dict[str, Any]:
    ages, types = person.age_range_years, person.phototype_range
    return {
        "identifier": person.identifier,
        "age_years": _plain(person.age_years),
        "age_range_years": None if ages is None else [_plain(end) for end in ages],
        "sex": str(person.sex),
        "weight_kg": _plain(person.weight_kg),
        "phototype": person.phototype_name if types is None else None,
        "phototype_range": None if types is None else [PHOTOTYPES[end - 1] for end in types],
        "ita_degrees": _plain(person.ita_degrees),
    }


def _zone(use: ZoneUse) -> dict[str, Any]:
    table = {"name": use.zone, "role": str(use.role)}
    return table if use.area_cm2 is None else {**table, "area_cm2": _plain(use.area_cm2)}


def _concern(concern: Concern) -> dict[str, Any]:
    table = {
        "kind": str(concern.kind),
        "zones": list(concern.zones),
        "scale": concern.scale,
        "severity_score": _plain(concern.severity_score),
    }
    return {**table, "variety": concern.variety} if concern.variety else table


def _answer(answer: Answer) -> Any:
    if answer.zones:
        when = {} if answer.when is None else {"when": answer.when}
        return {"reply": str(answer.reply), **when, "zones": list(answer.zones)}
    if answer.when is not None:
        return answer.when
    return str(answer.reply)


def _policy(policy: Policy) -> dict[str, Any]:
    tree = {
        "clinic": policy.clinic or None,
        "operator_max_mm": _plain(policy.operator_max_mm),
        "choices": dict(policy.choices),
        "zone_max_mm": {zone: _plain(dial) for zone, dial in policy.zone_max_mm.items()},
        "overrides": [{"rule": one.rule, "name": one.name, "reason": one.reason} for one in policy.overrides],
        "aftercare": dict(policy.aftercare),
    }
    return _written(tree)


def _protocol(course: Course, case: Case) -> dict[str, Any]:
    short = _short_protocol(course, case)
    tree = _course_tree(course) if short is None else short
    return {key: value for key, value in tree.items() if not (key == "name" and value == PROTOCOL)}


def _short_protocol(course: Course, case: Case) -> dict[str, Any] | None:
    """The form that counts sessions, where all are alike and cover the treated zones."""
    if not course.sessions or not course.sessions[0].settings:
        return None
    first, count = course.sessions[0].settings[0], len(course.sessions)
    treated = tuple(use.zone for use in case.zones_with(Role.TREAT))
    settings = tuple(ZoneSetting(zone, first.dial_mm, first.passes) for zone in treated)
    if Course.regular(course.name, settings, count, course.interval_days, course.home_products) != course:
        return None
    tree = {
        "name": course.name,
        "sessions": count,
        "interval_days": course.interval_days or None,
        "dial_mm": _plain(first.dial_mm),
        "passes": first.passes,
        "home_products": list(course.home_products) or None,
    }
    return {key: value for key, value in tree.items() if value is not None}


def _course_tree(course: Course) -> dict[str, Any]:
    tree: dict[str, Any] = {"name": course.name, "sessions": [_session(one) for one in course.sessions]}
    return {**tree, "home_products": list(course.home_products)} if course.home_products else tree


def _session(session: Session) -> dict[str, Any]:
    return {"day": session.day, "settings": [_setting(one) for one in session.settings]}


def _setting(setting: ZoneSetting) -> dict[str, Any]:
    table = {"zone": setting.zone, "dial_mm": _plain(setting.dial_mm)}
    return table if setting.passes is None else {**table, "passes": setting.passes}
