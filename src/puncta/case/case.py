"""The case: one person, their skin, concerns and history, the means at hand and the wishes; plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from puncta.case.concern import Concern
from puncta.case.course import Course
from puncta.case.library import Library
from puncta.case.wishes import Goal, KeepFree, Limits
from puncta.frozen import frozen
from puncta.person import Person


class Role(StrEnum):
    """What is to happen with a zone."""

    TREAT = "treat"
    AVOID = "avoid"
    IGNORE = "ignore"


class Reply(StrEnum):
    """Reply to a screening question; unknown is asked again, never taken as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@frozen
class Answer:
    """Answer to one screening question.

    Parameters
    ----------
    reply : Reply
        Yes, no or unknown.
    when : date or None
        When it was, or ended; None with ``yes`` means now or going on.
    zones : tuple of str
        Zones it concerns; empty means the whole field.
    """

    reply: Reply
    when: date | None = None
    zones: tuple[str, ...] = ()


@frozen
class ZoneUse:
    """A zone of the skin and its role.

    Parameters
    ----------
    zone : str
        Name in the zone catalogue, with its side: ``cheek_left``.
    role : Role
        Treat, avoid or ignore.
    area_cm2 : float or None
        Measured area, 1 to 2,000 cm2; None takes the zone's usual area.
    """

    zone: str
    role: Role
    area_cm2: float | None = None


class LesionKind(StrEnum):
    """What may lie on the skin that the needles must respect."""

    MOLE = "mole"
    NEW_OR_CHANGING_SPOT = "new_or_changing_spot"
    KELOID = "keloid"
    RAISED_SCAR = "raised_scar"
    OPEN_WOUND = "open_wound"
    INFECTION = "infection"
    ACTIVE_ACNE = "active_acne"
    ACTINIC_KERATOSIS = "actinic_keratosis"
    TATTOO = "tattoo"
    COLD_SORE = "cold_sore"


@frozen
class Lesion:
    """Something on the skin that the needles must respect.

    Parameters
    ----------
    kind : LesionKind
        What.
    zone : str
        Where.
    examined : bool
        Whether a professional has examined it.
    clearance_mm : float
        Distance to keep, 0 to 50 mm.
    """

    kind: LesionKind
    zone: str
    examined: bool
    clearance_mm: float


@frozen
class DeviceChoice:
    """The device at hand and how the hand moves it.

    Parameters
    ----------
    device : str
        Key in the device library.
    speed_cm_per_s : float or None
        Glide speed, 0.5 to 10; None takes the device's usual speed.
    strokes_per_s : float or None
        Stroke rate within the device's range; None takes the device's usual rate.
    """

    device: str
    speed_cm_per_s: float | None = None
    strokes_per_s: float | None = None


@frozen
class Numbing:
    """A numbing cream.

    Parameters
    ----------
    product : str
        Key in the numbing library.
    minutes : float
        Time on the skin, 0 to 300.
    """

    product: str
    minutes: float


@frozen
class HomeCare:
    """What the person does at home during the course.

    Parameters
    ----------
    sunscreen : bool
        Daily sunscreen.
    products : tuple of str
        Keys in the product library used on whole skin between sessions.
    """

    sunscreen: bool = True
    products: tuple[str, ...] = ()


@frozen
class Override:
    """A finding below stop that a named person sets aside, with the reason.

    Parameters
    ----------
    rule : str
        Key of the rule.
    name : str
        Who.
    reason : str
        Why.
    """

    rule: str
    name: str
    reason: str


@frozen
class Policy:
    """The clinic's choices.

    Parameters
    ----------
    clinic : str
        Name of the clinic.
    operator_max_mm : float or None
        Deepest setting the operator's licence allows.
    choices : mapping of str to str
        Guidance key to the position picked.
    zone_max_mm : mapping of str to float
        Deepest setting by zone that replaces the built-in one.
    overrides : tuple of Override
        Findings set aside.
    aftercare : mapping of str to str
        The clinic's own sentences of aftercare, by the key of the one they replace, or ``own_...`` for one more.
    """

    clinic: str = ""
    operator_max_mm: float | None = None
    choices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    zone_max_mm: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    overrides: tuple[Override, ...] = ()
    aftercare: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@frozen
class Case:
    """Everything a plan needs to know.

    Parameters
    ----------
    title : str
        One line.
    constructed : bool
        True for an invented example; shown on every page.
    planned_on : date
        Day of planning; waiting times count from it.
    person : Person
        Who.
    zones : tuple of ZoneUse
        Zones with role.
    lesions : tuple of Lesion
        What the needles must respect.
    concerns : tuple of Concern
        What should change; at least one.
    history : mapping of str to Answer
        Answers to the screening questions by question key.
    device : DeviceChoice
        Pen, roller or stamp.
    session_product : str or None
        Product on the skin during needling, key in the product library.
    numbing : Numbing or None
        Numbing cream.
    home_care : HomeCare
        Home care.
    co_treatments : tuple of str
        Other treatments in the same field, as text.
    goals : tuple of Goal
        Wishes.
    limits : Limits
        Limits.
    keep_free : tuple of KeepFree
        Days to keep free.
    policy : Policy
        Clinic policy.
    published : str or None
        Row of a published study that this case stands for; the forecast is shown beside its figures.
    protocol : Course or None
        The course that was given, or that the person brings; simulated as it stands beside what is planned.
    library : Library
        Devices and products that the case may name; not part of its file.
    """

    title: str
    constructed: bool
    planned_on: date
    person: Person
    zones: tuple[ZoneUse, ...]
    lesions: tuple[Lesion, ...]
    concerns: tuple[Concern, ...]
    history: Mapping[str, Answer]
    device: DeviceChoice
    session_product: str | None
    numbing: Numbing | None
    home_care: HomeCare
    co_treatments: tuple[str, ...]
    goals: tuple[Goal, ...]
    limits: Limits
    policy: Policy
    published: str | None = None
    protocol: Course | None = None
    keep_free: tuple[KeepFree, ...] = ()
    library: Library = field(default_factory=Library)

    def zones_with(self, role: Role) -> tuple[ZoneUse, ...]:
        """The zones with a role, in the order given."""
        return tuple(use for use in self.zones if use.role is role)

    def concerns_in(self, zone: str) -> tuple[Concern, ...]:
        """The concerns that lie in a zone."""
        return tuple(concern for concern in self.concerns if zone in concern.zones)
