"""Build: from checked tables to the frozen values that everything else works on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from puncta.case.case import (
    Answer,
    Case,
    DeviceChoice,
    HomeCare,
    Lesion,
    LesionKind,
    Numbing,
    Override,
    Policy,
    Reply,
    Role,
    ZoneUse,
)
from puncta.case.concern import Concern, ConcernKind
from puncta.case.course import Course, Session, ZoneSetting
from puncta.case.library import Library
from puncta.case.schema import (
    AnswerTable,
    CaseTable,
    ClinicTable,
    CourseTable,
    NumbingTable,
    PersonTable,
    PolicyTable,
    ProtocolTable,
    SessionTable,
)
from puncta.case.wishes import Goal, KeepFree, Limits
from puncta.evidence import parameter
from puncta.person import Person, Sex
from puncta.skin import expand

#: Name of a course that the case file brings and does not name; a message key like the names of planned courses.
PROTOCOL = "protocol"


def build_case(table: CaseTable, library: Library) -> Case:
    """Turn a checked case table into a case that carries its library."""
    zones = tuple(ZoneUse(zone, Role(row.role), row.area_cm2) for row in table.zones for zone in expand(row.name))
    treated = tuple(use.zone for use in zones if use.role is Role.TREAT)
    return Case(
        title=table.title,
        constructed=table.constructed,
        planned_on=table.planned_on,
        person=_person(table.person),
        zones=zones,
        lesions=tuple(
            Lesion(LesionKind(row.kind), expand(row.zone)[0], row.examined, row.clearance_mm) for row in table.lesions
        ),
        concerns=tuple(
            Concern(ConcernKind(row.kind), _sided(row.zones), row.scale, row.severity_score, row.variety or "")
            for row in table.concerns
        ),
        history=MappingProxyType({key: _answer(row) for key, row in table.history.items()}),
        device=DeviceChoice(table.device.name, table.device.speed_cm_per_s, table.device.strokes_per_s),
        session_product=table.session_product,
        numbing=None if table.numbing is None else _numbing(table.numbing),
        home_care=HomeCare(table.home_care.sunscreen, tuple(table.home_care.products)),
        co_treatments=tuple(table.co_treatments),
        goals=tuple(Goal(ConcernKind(row.concern), row.improvement_fraction) for row in table.goals),
        limits=Limits(**{**table.limits.model_dump(), "soft": tuple(table.limits.soft)}),
        keep_free=tuple(KeepFree(row.name, row.on, row.until or row.on, row.days_before) for row in table.keep_free),
        policy=_policy(table.policy),
        published=None if table.published is None else table.published.row,
        protocol=None if table.course is None else _protocol(table.course, treated),
        library=library,
    )


def build_course(table: CourseTable) -> Course:
    """Turn a checked course table into a course."""
    return Course(table.name, _sessions(table.sessions), tuple(table.home_products))


def _person(table: PersonTable) -> Person:
    ages = None if table.age_range_years is None else (table.age_range_years[0], table.age_range_years[1])
    types = None if table.phototype_range is None else (table.phototype_range[0], table.phototype_range[1])
    age, phototype = table.age_years, table.phototype
    # a relation has asked for one of each pair
    if age is None:
        age = sum(ages or ()) / 2
    if phototype is None:
        phototype = max(types or ())
    return Person(table.identifier, age, Sex(table.sex), table.weight_kg, phototype, table.ita_degrees, ages, types)


def _answer(table: AnswerTable) -> Answer:
    return Answer(Reply(table.reply), table.when, _sided(table.zones))


def _numbing(table: NumbingTable) -> Numbing:
    usual = parameter(f"numbing.{table.product}.minutes").value if table.minutes is None else table.minutes
    return Numbing(table.product, usual)


def _policy(table: PolicyTable) -> Policy:
    overrides = tuple(Override(row.rule, row.name, row.reason) for row in table.overrides)
    return replace(build_clinic(table), overrides=overrides)


def build_clinic(table: ClinicTable) -> Policy:
    """Build a clinic's policy from its checked table."""
    deepest = {zone: dial for name, dial in table.zone_max_mm.items() for zone in expand(name)}
    return Policy(
        clinic=table.clinic or "",
        operator_max_mm=table.operator_max_mm,
        choices=MappingProxyType(dict(table.choices)),
        zone_max_mm=MappingProxyType(deepest),
        aftercare=MappingProxyType(dict(table.aftercare)),
    )


def _protocol(table: ProtocolTable, treated: tuple[str, ...]) -> Course:
    name, home = table.name or PROTOCOL, tuple(table.home_products)
    if isinstance(table.sessions, list):
        return Course(name, _sessions(table.sessions), home)
    dial = table.dial_mm or 0.0
    settings = tuple(ZoneSetting(zone, dial, table.passes) for zone in treated)
    return Course.regular(name, settings, table.sessions, table.interval_days or 0, home)


def _sessions(tables: Iterable[SessionTable]) -> tuple[Session, ...]:
    return tuple(
        Session(
            row.day,
            tuple(ZoneSetting(zone, one.dial_mm, one.passes) for one in row.settings for zone in expand(one.zone)),
        )
        for row in tables
    )


def _sided(names: Iterable[str]) -> tuple[str, ...]:
    # each zone once, in the order written
    return tuple(dict.fromkeys(zone for name in names for zone in expand(name)))
