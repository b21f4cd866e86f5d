"""Builds cases for tests from short tables, as a clinician would write them; what is not said is harmless."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from puncta.case import (
    Answer,
    Case,
    Concern,
    ConcernKind,
    DeviceChoice,
    HomeCare,
    Lesion,
    Limits,
    Numbing,
    Override,
    Policy,
    Reply,
    Role,
    ZoneUse,
)
from puncta.case.case import LesionKind
from puncta.person import Person, Sex
from puncta.safety import questions
from puncta.skin import expand

PLANNED_ON = date(2026, 11, 9)
SCALES = {
    "atrophic_acne_scars": "goodman_baron_grade",
    "lines": "lemperle_grade",
    "laxity": "alexiades_laxity_grade",
    "melasma": "mmasi_score",
    "stretch_marks": "striae_grade",
    "texture": "texture_grade",
    "surgical_scars": "vancouver_scar_score",
    "burn_scars": "vancouver_scar_score",
    "pores": "pore_grade",
    "age_spots": "spot_grade",
    "dark_marks": "spot_grade",
}


def _zones(names: list[str]) -> tuple[str, ...]:
    return tuple(zone for name in names for zone in expand(name))


def _answer(given: Any) -> Answer:
    if isinstance(given, str):
        return Answer(Reply(given))
    return Answer(Reply(given.get("reply", "yes")), given.get("when"), tuple(given.get("zones", ())))


def case_of(table: Mapping[str, Any] = MappingProxyType({})) -> Case:
    """Build a case; every question is answered with no unless the table says otherwise."""
    person = {"age_years": 34, "sex": "female", "weight_kg": 62, "phototype": 2, **table.get("person", {})}
    if person["weight_kg"] == "unknown":
        person["weight_kg"] = None
    treated = _zones(table.get("treat", ["cheek", "jaw"]))
    history = {key: Answer(Reply.NO) for key in questions()}
    history |= {key: Answer(Reply.YES) for key in table.get("yes", ())}
    history |= {key: _answer(given) for key, given in table.get("history", {}).items()}
    for key in table.get("unanswered", ()):
        del history[key]
    policy = table.get("policy", {})
    cream = table.get("cream")
    return Case(
        title="test",
        constructed=True,
        planned_on=table.get("planned_on", PLANNED_ON),
        person=Person("T-1", person["age_years"], Sex(person["sex"]), person["weight_kg"], person["phototype"]),
        zones=(
            *(ZoneUse(zone, Role.TREAT) for zone in treated),
            *(ZoneUse(zone, Role.AVOID) for zone in _zones(table.get("avoid", []))),
        ),
        lesions=tuple(
            Lesion(LesionKind(entry["kind"]), entry["zone"], entry.get("examined", True), entry.get("clearance_mm", 5))
            for entry in table.get("lesions", ())
        ),
        concerns=tuple(
            Concern(ConcernKind(kind), treated, SCALES[kind], 2)
            for kind in table.get("concerns", ["atrophic_acne_scars"])
        ),
        history=MappingProxyType(history),
        device=DeviceChoice(table.get("device", "exceed")),
        session_product=table.get("product"),
        numbing=None if cream is None else Numbing(cream, table.get("minutes", 60)),
        home_care=HomeCare(table.get("sunscreen", True), tuple(table.get("home_products", ()))),
        co_treatments=tuple(table.get("co_treatments", ())),
        goals=(),
        limits=Limits(),
        policy=Policy(
            operator_max_mm=policy.get("operator_max_mm"),
            choices=MappingProxyType(policy.get("choices", {})),
            zone_max_mm=MappingProxyType(policy.get("zone_max_mm", {})),
            overrides=tuple(Override(e["rule"], e["name"], e["reason"]) for e in policy.get("overrides", ())),
        ),
    )
