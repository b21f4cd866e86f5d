"""Devices: pens, rollers and stamps as data, with what their makers, labels and studies say, each kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.errors import InputError, Problem, nearest
from puncta.evidence import Record, own_tables, read_record, records, sources
from puncta.messages import text

KINDS = ("pen", "roller", "stamp")
REFUSED_KIND = "rf"

_ALWAYS = ("needles", "needle_length_mm", "needle_diameter_mm", "reach_mm", "tolerance_mm", "swath_cm")
_SPEED = "usual_speed_cm_per_s"
_PEN = ("strokes_low_per_s", "strokes_high_per_s", "usual_strokes_per_s")
_PRESSED = ("punctures_per_cm2_per_pass",)
_OPTIONAL = ("dial_low_mm", "dial_step_mm", "label_limit_mm", "evaluated_limit_mm", "study_limit_mm", "rows", "drum_cm")
_NEEDED = {
    "pen": (*_ALWAYS, _SPEED, *_PEN, "dial_step_mm"),
    "roller": (*_ALWAYS, _SPEED, *_PRESSED),
    "stamp": (*_ALWAYS, *_PRESSED),
}
_FACTS = ("name", "kind", "maker", "cleared", "refused_because")
_FIGURES = frozenset((*_ALWAYS, _SPEED, *_PEN, *_PRESSED, *_OPTIONAL))
_CLEARED_FIELDS = frozenset(("number", "uses", "sites", "phototypes", "age_low_years", "source"))


@dataclass(frozen=True)
class Clearance:
    """One clearance or label, with what it covers.

    Parameters
    ----------
    number : str
        Number of the clearance.
    uses : tuple of str
        What it covers: ``atrophic_acne_scars``, ``lines``, ``abdominal_scars``.
    sites : tuple of str
        Where, as the clearance says; empty where it does not say.
    phototypes : tuple of int
        Skin types covered; empty where it names none.
    age_low_years : float or None
        Lowest age covered.
    source : str
        Source key.
    """

    number: str
    uses: tuple[str, ...]
    sites: tuple[str, ...]
    phototypes: tuple[int, ...]
    age_low_years: float | None
    source: str


@dataclass(frozen=True)
class Device:
    """A pen, roller or stamp.

    Parameters
    ----------
    key : str
        Name of its record.
    name : str
        Name as people know it.
    kind : str
        ``pen``, ``roller`` or ``stamp``.
    needles : int
        Needles in the cartridge or on the drum.
    rows : int or None
        Rows of a roller.
    steps_mm : tuple of float
        Lengths that can be set, ascending, above 0; a single one for a fixed needle.
    needle_length_mm : float
        Length of the needle; a dial set beyond it reaches no deeper.
    needle_diameter_mm : float
        Thickness of the needle at its base.
    reach_mm : float
        Longest length that can be set.
    label_limit_mm : float or None
        Deepest setting that the label speaks for; None where it is not known.
    evaluated_limit_mm : float or None
        Deepest setting that the regulator has seen evaluated; None where it is not known.
    study_limit_mm : float or None
        Deepest setting in a published study with this device; None where none is known.
    usual_speed_cm_per_s : float or None
        Glide speed that the card asks for; None for a stamp.
    usual_strokes_per_s : float or None
        Usual stroke rate; None for a roller or stamp.
    strokes_range_per_s : tuple of float or None
        Lowest and highest stroke rate; equal where it is fixed.
    swath_cm : float
        Width of skin that one pass covers.
    tolerance_mm : float
        How far the length may lie off its setting, plus or minus.
    punctures_per_cm2_per_pass : float or None
        Density of one rolling or one press; None for a pen, whose density follows from rate and speed.
    cleared : tuple of Clearance
        Clearances.
    record : Record
        All its figures with spread and source.

    Examples
    --------
    >>> device("exceed").steps_mm[:3]
    (0.1, 0.2, 0.3)
    """

    key: str
    name: str
    kind: str
    needles: int
    rows: int | None
    steps_mm: tuple[float, ...]
    needle_length_mm: float
    needle_diameter_mm: float
    reach_mm: float
    label_limit_mm: float | None
    evaluated_limit_mm: float | None
    study_limit_mm: float | None
    usual_speed_cm_per_s: float | None
    usual_strokes_per_s: float | None
    strokes_range_per_s: tuple[float, float] | None
    swath_cm: float
    tolerance_mm: float
    punctures_per_cm2_per_pass: float | None
    cleared: tuple[Clearance, ...]
    record: Record

    def key_of(self, figure: str) -> str:
        """Evidence key of a figure, for example ``devices.exceed.reach_mm``."""
        return self.record.key_of(figure)

    def draw(self, figure: str, n: int, seed: int, start: int = 0) -> NDArray[np.float64]:
        """Draw a figure for n persons, shape (n,); works for built-in and own devices alike."""
        return self.record.draw(figure, n, seed, start)


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return records("devices")


@cache
def devices() -> Mapping[str, Device]:
    """All built-in devices that may be planned with, by key.

    Examples
    --------
    >>> devices()["skinpen_precision"].evaluated_limit_mm
    1.5
    """
    return _read_all({key: table for key, table in _tables().items() if table.get("kind") != REFUSED_KIND}, "devices")


def device(key: str, own: Mapping[str, Device] | None = None) -> Device:
    """Look up one device.

    Parameters
    ----------
    key : str
        Name of its record.
    own : mapping of str to Device, optional
        Devices from somebody's own folder; they come before built-in ones of the same key.

    Returns
    -------
    Device
        The device.

    Raises
    ------
    InputError
        Where there is none, with the nearest names; or where devices of that kind are refused, with the reason.

    Examples
    --------
    >>> device("dermaroller_mf8").kind
    'roller'
    """
    known = {**devices(), **(own or {})}
    if key in known:
        return known[key]
    if key in _tables():
        raise InputError("device", [_refusal("device", key, _tables()[key])])
    near = nearest(key, known)
    do = text("products.device.unknown_near", near=near) if near else text("products.device.unknown")
    raise InputError("device", [Problem("device", key, ", ".join(sorted(known)), "", do)])


def read_devices(folder: str | Path) -> Mapping[str, Device]:
    """Read somebody's own devices through the same checks as the built-in ones.

    Parameters
    ----------
    folder : str or Path
        Folder with one TOML file per device.

    Returns
    -------
    mapping of str to Device
        Devices by file name without ending.

    Raises
    ------
    InputError
        With everything that is wrong in the folder.

    Examples
    --------
    >>> import tempfile
    >>> dict(read_devices(tempfile.mkdtemp()))
    {}
    """
    return _read_all(own_tables(folder), str(folder))


def _read_all(tables: Mapping[str, Mapping[str, Any]], subject: str) -> Mapping[str, Device]:
    problems: list[Problem] = []
    found: dict[str, Device] = {}
    for key, table in tables.items():
        if table.get("kind") == REFUSED_KIND:
            problems.append(_refusal(f"{key}.kind", str(table.get("name", key)), table))
            continue
        before = len(problems)
        record = read_record("devices", key, table, problems)
        _check(record, problems)
        if len(problems) == before:
            found[key] = _build(record)
    if problems:
        raise InputError(subject, problems)
    return MappingProxyType(found)


def _refusal(field: str, given: str, table: Mapping[str, Any]) -> Problem:
    because = table.get("refused_because")
    named = f" ({sources()[str(because)].title})" if because in sources() else ""
    why = text("products.device.refused_rf_why") + named
    return Problem(field, given, ", ".join(KINDS), why, text("products.device.refused_rf_do"))


def _check(record: Record, problems: list[Problem]) -> None:
    key, facts = record.key, record.facts
    for name in facts:
        if name not in _FACTS:
            near = nearest(name, (*_FACTS, *_FIGURES))
            problems.append(Problem(f"{key}.{name}", name, near, "", text("products.record.unknown_field")))
    problems.extend(
        Problem(f"{key}.{name}", name, nearest(name, _FIGURES), "", text("products.record.unknown_field"))
        for name in record.figures
        if name not in _FIGURES
    )
    if not facts.get("name"):
        problems.append(Problem(f"{key}.name", text("products.record.nothing"), "", "", text("products.record.name")))
    kind = facts.get("kind")
    if kind not in KINDS:
        problems.append(Problem(f"{key}.kind", repr(kind), ", ".join(KINDS), "", text("products.device.kind")))
        return
    needed = _NEEDED[str(kind)]
    problems.extend(
        Problem(f"{key}.{name}", text("products.record.nothing"), "", "", text("products.record.missing_figure"))
        for name in needed
        if name not in record.figures
    )
    _check_order(record, problems)
    _check_clearances(record, problems)


def _check_order(record: Record, problems: list[Problem]) -> None:
    """Lengths and rates must be positive and in order; a dial step must fit into the reach."""
    for name, figure in record.figures.items():
        # a dial may start at nothing; everything else is a length, a rate or a count
        if figure.value < 0 or (figure.value == 0 and name != "dial_low_mm"):
            problems.append(
                Problem(record.key_of(name), str(figure.value), "> 0", "", text("products.record.positive"))
            )
    for smaller, larger in (
        ("dial_step_mm", "reach_mm"),
        ("dial_low_mm", "reach_mm"),
        ("label_limit_mm", "reach_mm"),
        ("evaluated_limit_mm", "reach_mm"),
        ("study_limit_mm", "reach_mm"),
        ("strokes_low_per_s", "usual_strokes_per_s"),
        ("usual_strokes_per_s", "strokes_high_per_s"),
    ):
        low, high = record.value(smaller), record.value(larger)
        if low is not None and high is not None and low > high:
            problems.append(
                Problem(f"{record.key}.{smaller}", str(low), f"<= {larger} = {high}", "", text("products.record.order"))
            )


def _check_clearances(record: Record, problems: list[Problem]) -> None:
    for index, entry in enumerate(record.facts.get("cleared", ())):
        field = f"{record.key}.cleared[{index}]"
        if not isinstance(entry, Mapping) or set(entry) - _CLEARED_FIELDS or not entry.get("number"):
            allowed = ", ".join(sorted(_CLEARED_FIELDS))
            problems.append(Problem(field, str(entry), allowed, "", text("products.device.clearance")))
        elif entry.get("source") not in sources():
            near = nearest(str(entry.get("source")), sources())
            problems.append(
                Problem(f"{field}.source", str(entry.get("source")), near, "", text("products.record.source"))
            )


def _steps(low: float, step: float | None, reach: float) -> tuple[float, ...]:
    if step is None:
        return (reach,)
    count = round((reach - low) / step)
    # numerics: whole steps from the bottom of the dial; rounding only removes binary dust
    steps = (round(low + index * step, 6) for index in range(count + 1))
    return tuple(value for value in steps if 0 < value <= reach)


def _build(record: Record) -> Device:
    def need(name: str) -> float:
        return record.figures[name].value

    rows, usual = record.value("rows"), record.value("usual_strokes_per_s")
    pen = record.facts["kind"] == "pen"
    cleared = tuple(
        Clearance(
            number=entry["number"],
            uses=tuple(entry.get("uses", ())),
            sites=tuple(entry.get("sites", ())),
            phototypes=tuple(entry.get("phototypes", ())),
            age_low_years=entry.get("age_low_years"),
            source=entry["source"],
        )
        for entry in record.facts.get("cleared", ())
    )
    return Device(
        key=record.key,
        name=record.facts["name"],
        kind=record.facts["kind"],
        needles=round(need("needles")),
        rows=None if rows is None else round(rows),
        steps_mm=_steps(record.value("dial_low_mm") or 0.0, record.value("dial_step_mm"), need("reach_mm")),
        needle_length_mm=need("needle_length_mm"),
        needle_diameter_mm=need("needle_diameter_mm"),
        reach_mm=need("reach_mm"),
        label_limit_mm=record.value("label_limit_mm"),
        evaluated_limit_mm=record.value("evaluated_limit_mm"),
        study_limit_mm=record.value("study_limit_mm"),
        usual_speed_cm_per_s=record.value(_SPEED),
        usual_strokes_per_s=usual,
        strokes_range_per_s=(need("strokes_low_per_s"), need("strokes_high_per_s")) if pen else None,
        swath_cm=need("swath_cm"),
        tolerance_mm=need("tolerance_mm"),
        punctures_per_cm2_per_pass=record.value("punctures_per_cm2_per_pass"),
        cleared=cleared,
        record=record,
    )
