"""Names: what a case may name, from the evidence and from somebody's own folders."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from puncta.appearance.scales import scales
from puncta.case.case import LesionKind, Role
from puncta.case.concern import VARIETIES, ConcernKind
from puncta.case.library import Library
from puncta.errors import InputError
from puncta.evidence import arms, records
from puncta.evidence.library import data_files, read_data
from puncta.frozen import frozen
from puncta.needling.devices import Device, device, devices
from puncta.person import Sex
from puncta.skin.zones import SIDES, zones


@frozen
class Question:
    """What may be answered to a screening question.

    Parameters
    ----------
    dated : bool
        True where a day says when it was or ended.
    local : bool
        True where a yes may name zones.
    """

    dated: bool
    local: bool


@frozen
class Names:
    """What a case may name.

    Parameters
    ----------
    devices : mapping of str to Device
        Devices.
    refused_devices : mapping of str to str
        Devices that are never planned with, and why.
    products, numbing : collection of str
        Products on the skin, numbing creams.
    questions : mapping of str to Question
        Screening questions.
    guidance : mapping of str to collection of str
        Disputed points and the positions on each.
    rules : collection of str
        Rules of the screen.

    Examples
    --------
    >>> "exceed" in Names.built_in().devices
    True
    """

    devices: Mapping[str, Device]
    refused_devices: Mapping[str, str]
    products: Collection[str]
    numbing: Collection[str]
    questions: Mapping[str, Question]
    guidance: Mapping[str, Collection[str]]
    rules: Collection[str]

    @staticmethod
    @cache
    def built_in() -> Names:
        """The names of the evidence that comes with the package."""
        questions = {
            key: Question(row.get("reply") == "dated", row.get("local", False))
            for key, row in read_data("questions.toml").items()
        }
        positions = {
            key: tuple(row["key"] for row in entry["positions"]) for key, entry in read_data("guidance.toml").items()
        }
        return Names(
            devices=devices(),
            refused_devices=MappingProxyType(_refused_devices()),
            products=frozenset(records("products")),
            numbing=frozenset(records("numbing")),
            questions=MappingProxyType(questions),
            guidance=MappingProxyType(positions),
            rules=frozenset(_rules()),
        )

    @staticmethod
    def of(library: Library) -> Names:
        """The names of the evidence and of somebody's own devices and products."""
        names = Names.built_in()
        return replace(names, devices=library.devices, products=frozenset({*names.products, *library.own_products}))

    def known(self, what: str) -> Collection[str]:
        """The names of one kind, for example of ``device`` or ``zone``."""
        return _FIXED[what]() if what in _FIXED else self._means(what)

    def _means(self, what: str) -> Collection[str]:
        means: dict[str, Collection[str]] = {
            "device": self.devices,
            "product": self.products,
            "numbing": self.numbing,
            "question": self.questions,
            "guidance": self.guidance,
            "rule": self.rules,
        }
        return means[what]


def _refused_devices() -> dict[str, str]:
    out: dict[str, str] = {}
    for key in set(records("devices")) - set(devices()):
        try:
            device(key)
        except InputError as error:
            out[key] = error.problems[0].why
    return out


def _rules() -> list[str]:
    found: list[str] = []
    for file in data_files("rules"):
        table: dict[str, Any] = read_data("rules", file)
        found += table
    return found


@cache
def _zone_names() -> tuple[str, ...]:
    """Every way to write a zone: with its side, or without for both sides."""
    sided = {entry.base for entry in zones().values() if entry.side in SIDES}
    return (*sorted(sided), *zones())


_FIXED = MappingProxyType(
    {
        "zone": _zone_names,
        "scale": scales,
        "row": arms,
        "role": lambda: tuple(Role),
        "concern": lambda: tuple(ConcernKind),
        "lesion": lambda: tuple(LesionKind),
        "limit": lambda: ("max_pain_score", "max_redness_hours", "max_pih_probability"),
        "sex": lambda: tuple(Sex),
        "variety": lambda: tuple(name for names in VARIETIES.values() for name in names),
    }
)
