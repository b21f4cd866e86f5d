"""What must fit together about the skin: zones, lesions, concerns, goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from puncta.appearance.scales import scale, scales_for
from puncta.case.case import Role
from puncta.case.concern import VARIETIES, ConcernKind
from puncta.case.mistakes import Mistake, Place
from puncta.case.names import Names
from puncta.case.walk import names_in, perhaps_meant, rows_in
from puncta.skin import expand, zone


def skin_mistakes(tree: Mapping[str, Any], given: Mapping[str, Any], names: Names) -> Iterator[Mistake]:
    """Find zones, lesions, concerns and goals that do not fit together.

    Parameters
    ----------
    tree, given : mapping
        The case file without what is wrong in itself, and as written.
    names : Names
        What may be named.
    """
    yield from _zones(tree, given)
    yield from _lesions(tree)
    yield from _concerns(tree, roles_of(tree), perhaps_meant(given, "zones", "name", names.known("zone")))
    yield from _goals(tree, given, names)


def roles_of(tree: Mapping[str, Any]) -> dict[str, Role]:
    """Role of each zone with its side; of two roles the first."""
    out: dict[str, Role] = {}
    for _, row in rows_in(tree, "zones"):
        for name in expand(row.get("name", "")):
            out.setdefault(name, Role(row.get("role", Role.TREAT)))
    return out


def _zones(tree: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Mistake]:
    seen: dict[str, str] = {}
    for place, row in rows_in(tree, "zones"):
        role = row.get("role", Role.TREAT)
        written = row.get("name", "")
        # one mistake for "cheek", not one for each side
        earlier = {seen[name] for name in expand(written) if name in seen}
        if role not in earlier and earlier:
            yield Mistake((*place, "role"), "contradictory_zone", role, {"zone": written, "other": earlier.pop()})
        elif earlier:
            yield Mistake((*place, "name"), "zone_twice", written, {"zone": written})
        if role == Role.TREAT and any(zone(name).never for name in expand(written)):
            yield Mistake((*place, "role"), "never_zone", role, {"zone": written})
        seen.update(dict.fromkeys(expand(written), role))
    sound, written_rows = (
        [(row.get("name"), row.get("role")) for _, row in rows_in(each, "zones")] for each in (tree, given)
    )
    if seen and sound == written_rows and Role.TREAT not in seen.values():
        yield Mistake(("zones",), "nothing_treated", tree["zones"])


def _lesions(tree: Mapping[str, Any]) -> Iterator[Mistake]:
    for place, row in rows_in(tree, "lesions"):
        sides = expand(row.get("zone", ""))
        if len(sides) > 1:
            yield Mistake((*place, "zone"), "which_side", row["zone"], {"sides": " or ".join(sides)})


def _concerns(tree: Mapping[str, Any], roles: Mapping[str, Role], maybe: set[str]) -> Iterator[Mistake]:
    seen: set[tuple[str, str]] = set()
    told = Role.TREAT not in roles.values()  # that nothing is treated at all is told once, at the zones
    for place, row in rows_in(tree, "concerns"):
        kind = row.get("kind")
        for inside, written in names_in(row, "zones"):
            at, sides = (*place, *inside), set(expand(written))
            if not told and any(roles.get(name) is not Role.TREAT and name not in maybe for name in sides):
                role = next((roles[name].value for name in sorted(sides) if name in roles), None)
                yield Mistake(
                    at,
                    "zone_kept_out" if role and role != Role.TREAT else "zone_not_treated",
                    written,
                    {"zone": written, "role": role},
                )
            if any((kind, name) in seen for name in sides):
                yield Mistake(at, "concern_twice", written, {"concern": kind})
            if isinstance(kind, str):
                seen.update((kind, name) for name in sides)
        yield from _scale(place, row)
        variety, fitting = row.get("variety"), VARIETIES.get(ConcernKind(kind), ()) if kind else ()
        if variety is not None and kind is not None and variety not in fitting:
            yield Mistake(
                (*place, "variety"),
                "variety_not_for",
                variety,
                {"concern": kind, "fitting": ", ".join(fitting) or "none"},
            )


def _scale(place: Place, row: Mapping[str, Any]) -> Iterator[Mistake]:
    kind, key, score = row.get("kind"), row.get("scale"), row.get("severity_score")
    if key is None:
        if kind is not None:
            fitting = ", ".join(entry.key for entry in scales_for(kind))
            yield Mistake((*place, "scale"), "scale_missing", values={"fitting": fitting})
        return
    known = scale(key)
    if kind is not None and kind not in known.concerns:
        fitting = ", ".join(entry.key for entry in scales_for(kind))
        yield Mistake((*place, "scale"), "scale_not_for", key, {"concern": kind, "fitting": fitting})
    elif score is not None and not known.holds(score):
        high = "" if known.high is None else f" to {known.high:g}"
        yield Mistake(
            (*place, "severity_score"),
            "outside_scale",
            score,
            {"scale": known.name, "range": f"{known.low:g}{high}", "step": known.step_means},
        )


def _goals(tree: Mapping[str, Any], given: Mapping[str, Any], names: Names) -> Iterator[Mistake]:
    concerns = {row.get("kind") for _, row in rows_in(tree, "concerns")}
    maybe = perhaps_meant(given, "concerns", "kind", names.known("concern"))
    seen: set[str] = set()
    for place, row in rows_in(tree, "goals"):
        concern = row.get("concern")
        if not isinstance(concern, str):
            continue
        if concerns and concern not in concerns | maybe:
            yield Mistake((*place, "concern"), "goal_without_concern", concern)
        if concern in seen:
            yield Mistake((*place, "concern"), "goal_twice", concern)
        seen.add(concern)
