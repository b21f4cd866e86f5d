"""Devices: pens, rollers and stamps as data, with what their makers, labels and studies say, each kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.errors import InputError, Problem, nearest
from puncta.evidence import Record, own_tables, read_records, records, sources
from puncta.frozen import frozen
from puncta.messages import text
from puncta.needling.clearance import Clearance
from puncta.needling.device_checks import KINDS, check_device

REFUSED_KIND = "rf"


@frozen
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
def _built_in() -> Mapping[str, Device]:
    sound = {key: table for key, table in records("devices").items() if table.get("kind") != REFUSED_KIND}
    return read_records("devices", sound, "devices", _made)


def devices(folder: str | Path | None = None) -> Mapping[str, Device]:
    """All devices that may be planned with, by key.

    Parameters
    ----------
    folder : str or Path, optional
        Somebody's own devices, read and checked as by `read_devices`; they come before built-in ones of the same key.

    Returns
    -------
    mapping of str to Device
        Built-in devices, and those of the folder.

    Raises
    ------
    InputError
        With everything that is wrong in the folder.

    Examples
    --------
    >>> devices()["skinpen_precision"].evaluated_limit_mm
    1.5
    >>> devices("examples/devices")["array_36"].needles
    36
    """
    if folder is None:
        return _built_in()
    return MappingProxyType({**_built_in(), **read_devices(folder)})


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
    if key in records("devices"):
        raise InputError("device", [_refusal("device", key, records("devices")[key])])
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
    return read_records("devices", own_tables(folder), str(folder), _made)


def _made(record: Record, problems: list[Problem]) -> Device | None:
    if record.facts.get("kind") == REFUSED_KIND:
        problems[:] = [_refusal(f"{record.key}.kind", str(record.facts.get("name", record.key)), record.facts)]
        return None
    check_device(record, problems)
    return None if problems else _build(record)


def _refusal(field: str, given: str, table: Mapping[str, Any]) -> Problem:
    because = table.get("refused_because")
    named = f" ({sources()[str(because)].title})" if because in sources() else ""
    why = text("products.device.refused_rf_why") + named
    return Problem(field, given, ", ".join(KINDS), why, text("products.device.refused_rf_do"))


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
        usual_speed_cm_per_s=record.value("usual_speed_cm_per_s"),
        usual_strokes_per_s=usual,
        strokes_range_per_s=(need("strokes_low_per_s"), need("strokes_high_per_s")) if pen else None,
        swath_cm=need("swath_cm"),
        tolerance_mm=need("tolerance_mm"),
        punctures_per_cm2_per_pass=record.value("punctures_per_cm2_per_pass"),
        cleared=Clearance.of(record),
        record=record,
    )
