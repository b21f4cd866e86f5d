"""Schema: the tables of a case file and of a course file, as people write them. Private to this package."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from puncta.case.fields import (
    Before,
    Day,
    Flag,
    Line,
    Named,
    Phototype,
    Quantity,
    ReplyWord,
    Whole,
    as_answer,
    as_list,
)
from puncta.case.ranges import usual
from puncta.case.wishes import Limits

_USUAL = Limits()

ZoneName = Annotated[str, Named("zone")]
ZoneNames = Annotated[list[ZoneName], Before(as_list)]
ProductNames = Annotated[list[Annotated[str, Named("product")]], Before(as_list)]


Age = Annotated[float, Quantity("age_years")]
SkinType = Annotated[int, Phototype()]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=False)


class PersonTable(_Table):
    identifier: Annotated[str, Line()]
    age_years: Annotated[float | None, Quantity("age_years")] = None
    age_range_years: Annotated[list[Age], Field(min_length=2, max_length=2)] | None = None
    sex: Annotated[str, Named("sex")] = "unstated"
    weight_kg: Annotated[float | None, Quantity("weight_kg")] = None
    phototype: Annotated[int | None, Phototype()] = None
    phototype_range: Annotated[list[SkinType], Field(min_length=2, max_length=2)] | None = None
    ita_degrees: Annotated[float | None, Quantity("ita_degrees")] = None


class ZoneTable(_Table):
    name: ZoneName
    role: Annotated[str, Named("role")] = "treat"
    area_cm2: Annotated[float | None, Quantity("area_cm2")] = None


class LesionTable(_Table):
    kind: Annotated[str, Named("lesion")]
    zone: ZoneName
    examined: Annotated[bool, Flag()] = False
    clearance_mm: Annotated[float, Quantity("clearance_mm")]


class ConcernTable(_Table):
    kind: Annotated[str, Named("concern")]
    zones: Annotated[ZoneNames, Field(min_length=1)]
    scale: Annotated[str, Named("scale")]
    severity_score: Annotated[float, Quantity("severity_score")]
    variety: Annotated[str | None, Named("variety")] = None


class AnswerTable(_Table):
    reply: Annotated[str, ReplyWord()] = "yes"
    when: Annotated[date | None, Day()] = None
    zones: ZoneNames = []


class DeviceTable(_Table):
    name: Annotated[str, Named("device")]
    speed_cm_per_s: Annotated[float | None, Quantity("speed_cm_per_s")] = None
    strokes_per_s: Annotated[float | None, Quantity("strokes_per_s")] = None


class NumbingTable(_Table):
    product: Annotated[str, Named("numbing")]
    minutes: Annotated[float | None, Quantity("minutes")] = None


class HomeCareTable(_Table):
    sunscreen: Annotated[bool, Flag()] = True
    products: ProductNames = []


class GoalTable(_Table):
    concern: Annotated[str, Named("concern")]
    improvement_fraction: Annotated[float, Quantity("improvement_fraction")]


class LimitsTable(_Table):
    max_sessions: Annotated[int, Whole("max_sessions")] = _USUAL.max_sessions
    max_pain_score: Annotated[float, Quantity("max_pain_score")] = _USUAL.max_pain_score
    max_redness_hours: Annotated[float, Quantity("max_redness_hours")] = _USUAL.max_redness_hours
    max_pih_probability: Annotated[float, Quantity("max_pih_probability")] = _USUAL.max_pih_probability
    soft: Annotated[list[Annotated[str, Named("limit")]], Before(as_list)] = []


class KeepFreeTable(_Table):
    name: Annotated[str, Line()]
    on: Annotated[date, Day(planned=True)]
    until: Annotated[date | None, Day(planned=True)] = None
    days_before: Annotated[int, Whole("days_before")] = int(usual("days_before"))


class OverrideTable(_Table):
    rule: Annotated[str, Named("rule")]
    name: Annotated[str, Line()]
    reason: Annotated[str, Line()]


class ClinicTable(_Table):
    clinic: Annotated[str, Line()] | None = None
    operator_max_mm: Annotated[float | None, Quantity("operator_max_mm")] = None
    choices: dict[str, Annotated[str, Line()]] = {}
    zone_max_mm: dict[str, Annotated[float, Quantity("zone_max_mm")]] = {}
    aftercare: dict[str, Annotated[str, Line()]] = {}


class PolicyTable(ClinicTable):
    overrides: list[OverrideTable] = []


class PublishedTable(_Table):
    row: Annotated[str, Named("row")]


class SettingTable(_Table):
    zone: ZoneName
    dial_mm: Annotated[float, Quantity("dial_mm")]
    passes: Annotated[int | None, Whole("passes")] = None


class SessionTable(_Table):
    day: Annotated[int, Whole("day")]
    settings: Annotated[list[SettingTable], Field(min_length=1)]


#: Sessions are counted or listed.
FORMS = ("<count>", "<list>")


def _count_or_list(value: Any) -> str:
    return FORMS[isinstance(value, list | tuple)]


class ProtocolTable(_Table):
    """A course inside a case: sessions counted, all alike, or listed one by one."""

    name: Annotated[str, Line()] | None = None
    sessions: Annotated[
        Annotated[int, Whole("sessions"), Tag(FORMS[0])] | Annotated[list[SessionTable], Tag(FORMS[1])],
        Discriminator(_count_or_list),
    ]
    interval_days: Annotated[int | None, Whole("interval_days")] = None
    dial_mm: Annotated[float | None, Quantity("dial_mm")] = None
    passes: Annotated[int | None, Whole("passes")] = None
    home_products: ProductNames = []


class CourseTable(_Table):
    """A course file: sessions listed one by one."""

    name: Annotated[str, Line()]
    sessions: list[SessionTable] = []
    home_products: ProductNames = []


class CaseTable(_Table):
    title: Annotated[str, Line()]
    constructed: Annotated[bool, Flag()] = False
    planned_on: Annotated[date, Day(planned=True)]
    person: PersonTable
    zones: Annotated[list[ZoneTable], Field(min_length=1)]
    lesions: list[LesionTable] = []
    concerns: Annotated[list[ConcernTable], Field(min_length=1)]
    history: dict[str, Annotated[AnswerTable, Before(as_answer)]] = {}
    device: DeviceTable
    session_product: Annotated[str | None, Named("product")] = None
    numbing: NumbingTable | None = None
    home_care: HomeCareTable = HomeCareTable()
    co_treatments: Annotated[list[Annotated[str, Line()]], Before(as_list)] = []
    goals: list[GoalTable] = []
    limits: LimitsTable = LimitsTable()
    keep_free: list[KeepFreeTable] = []
    policy: PolicyTable = PolicyTable()
    published: PublishedTable | None = None
    course: ProtocolTable | None = None


#: Table at each place of a case file; ``*`` stands for any key or index. For naming the keys that exist there.
CASE_TABLES: dict[tuple[str, ...], type[BaseModel]] = {
    (): CaseTable,
    ("person",): PersonTable,
    ("zones", "*"): ZoneTable,
    ("lesions", "*"): LesionTable,
    ("concerns", "*"): ConcernTable,
    ("history", "*"): AnswerTable,
    ("device",): DeviceTable,
    ("numbing",): NumbingTable,
    ("home_care",): HomeCareTable,
    ("goals", "*"): GoalTable,
    ("limits",): LimitsTable,
    ("keep_free", "*"): KeepFreeTable,
    ("policy",): PolicyTable,
    ("policy", "overrides", "*"): OverrideTable,
    ("published",): PublishedTable,
    ("course",): ProtocolTable,
    ("course", "sessions", "*"): SessionTable,
    ("course", "sessions", "*", "settings", "*"): SettingTable,
}

#: The same for the file of a clinic's policy, which sets no finding aside: that is done for one person.
CLINIC_TABLES: dict[tuple[str, ...], type[BaseModel]] = {(): ClinicTable}

#: The same for a course file.
COURSE_TABLES: dict[tuple[str, ...], type[BaseModel]] = {
    (): CourseTable,
    ("sessions", "*"): SessionTable,
    ("sessions", "*", "settings", "*"): SettingTable,
}
