"""What must fit together about the means: device, cream, products, policy, and a course that the case brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from puncta.case.case import Role
from puncta.case.mistakes import Mistake, Place
from puncta.case.names import Names
from puncta.case.settings import session_mistakes, setting_mistakes
from puncta.case.skin_relations import roles_of
from puncta.case.walk import names_in, rows_in, table_in
from puncta.skin import expand


def means_mistakes(tree: Mapping[str, Any], given: Mapping[str, Any], names: Names) -> Iterator[Mistake]:
    """Find means and settings that do not fit together.

    Parameters
    ----------
    tree, given : mapping
        The case file without what is wrong in itself, and as written.
    names : Names
        What may be named.
    """
    yield from _device(table_in(tree, "device"), names)
    yield from _numbing(tree)
    yield from _named_twice(("home_care",), names_in(table_in(tree, "home_care"), "products"))
    yield from policy_mistakes(tree, given, names)
    yield from _protocol(tree, roles_of(tree), names)


def _device(device: Mapping[str, Any], names: Names) -> Iterator[Mistake]:
    known, rate = names.devices.get(device.get("name", "")), device.get("strokes_per_s")
    if known is None or rate is None:
        return
    if known.strokes_range_per_s is None:
        yield Mistake(("device", "strokes_per_s"), "no_strokes", rate, {"device": known.name, "kind": known.kind})
        return
    low, high = known.strokes_range_per_s
    if not low <= rate <= high:
        reach = f"{low:g}" if low == high else f"{low:g} to {high:g}"
        yield Mistake(("device", "strokes_per_s"), "strokes_beyond", rate, {"device": known.name, "range": reach})


def _numbing(tree: Mapping[str, Any]) -> Iterator[Mistake]:
    person = tree.get("person")
    if table_in(tree, "numbing") and isinstance(person, Mapping) and "weight_kg" not in person:
        yield Mistake(("person", "weight_kg"), "cream_without_weight")


def policy_mistakes(tree: Mapping[str, Any], given: Mapping[str, Any], names: Names) -> Iterator[Mistake]:
    """Find what does not fit in the table ``policy``."""
    policy, written = table_in(tree, "policy"), table_in(given, "policy")
    sound = table_in(policy, "choices")
    for key, position in table_in(written, "choices").items():
        place = ("policy", "choices", key)
        if key not in names.guidance:
            yield Mistake(place, "unknown_guidance", position, {"word": key, "known": names.guidance})
        elif key in sound and position not in names.guidance[key]:
            yield Mistake(place, "unknown_name", position, {"word": position, "known": names.guidance[key]})
    device = names.devices.get(table_in(tree, "device").get("name", ""))
    deepest = table_in(policy, "zone_max_mm")
    seen: set[str] = set()
    for key, dial in table_in(written, "zone_max_mm").items():
        place, sides = ("policy", "zone_max_mm", key), set(expand(key))
        if not sides:
            yield Mistake(place, "unknown_zone_key", dial, {"word": key, "known": names.known("zone")})
        elif sides & seen:
            yield Mistake(place, "zone_twice", dial, {"zone": key})
        elif device is not None and key in deepest and dial > device.reach_mm:
            yield Mistake(place, "beyond_reach", dial, {"device": device.name, "reach": f"{device.reach_mm:g}"})
        seen |= sides
    yield from _overrides(policy)


def _overrides(policy: Mapping[str, Any]) -> Iterator[Mistake]:
    rules = ((place, row["rule"]) for place, row in rows_in(policy, "overrides") if "rule" in row)
    seen: set[str] = set()
    for place, rule in rules:
        if rule in seen:
            yield Mistake(("policy", *place, "rule"), "override_twice", rule)
        seen.add(rule)


def _protocol(tree: Mapping[str, Any], roles: Mapping[str, Role], names: Names) -> Iterator[Mistake]:
    course = table_in(tree, "course")
    sessions = course.get("sessions")
    device = names.devices.get(table_in(tree, "device").get("name", ""))
    treated = {name for name, role in roles.items() if role is Role.TREAT} or None
    yield from _named_twice(("course",), names_in(course, "home_products"))
    if isinstance(sessions, list):
        for key in ("interval_days", "dial_mm", "passes"):
            if key in course:
                yield Mistake(("course", key), "said_twice", course[key])
        yield from session_mistakes(("course", "sessions"), sessions, device, treated)
    elif sessions is not None:
        if "dial_mm" not in course:
            yield Mistake(("course", "dial_mm"), "missing")
        if sessions > 1 and "interval_days" not in course:
            yield Mistake(("course", "interval_days"), "missing")
        yield from setting_mistakes(("course",), course, device)


def _named_twice(place: Place, written: Iterator[tuple[Place, str]]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for inside, name in written:
        if name in seen:
            yield Mistake((*place, *inside), "named_twice", name)
        seen.add(name)
