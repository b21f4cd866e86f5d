"""Numbing rows: published levels in plasma, depth, onset and duration of numbness, each with the role it may play."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from puncta.evidence.mechanism import ROLES
from puncta.frozen import frozen

QUANTITIES = ("plasma_peak", "plasma_peak_hours", "skin_level", "pain_depth", "numb_onset", "numb_lasts")


@frozen
class NumbingRow:
    """One published reading of a numbing cream.

    Parameters
    ----------
    key, study, what : str
        Row in the tables of evidence, key of its source, and what was measured.
    quantity : str
        One of `QUANTITIES`; empty where the row is unusable.
    cream, active, statistic, site, unit : str
        Cream and active; ``mean``, ``median``, ``highest`` of so many people, ``range`` or ``figure``; ``face`` or
        ``body``; unit of the figures.
    people, amount_g, area_cm2, minutes : float or None
        As printed; minutes on the skin.
    read_minutes : tuple of float or None
        When it was read, after the cream was put on, from and to.
    value, low, high : float or None
        The figure, or the printed range.
    rounding : float
        Half a step of the last printed place.
    role, reason : str
        ``calibration`` where anything of the study is put into the model, ``validation``, or ``unusable``; and why.
    """

    key: str
    study: str
    what: str
    quantity: str
    cream: str
    active: str
    statistic: str
    people: float | None
    amount_g: float | None
    area_cm2: float | None
    minutes: float | None
    site: str
    read_minutes: tuple[float, float] | None
    value: float | None
    low: float | None
    high: float | None
    rounding: float
    unit: str
    role: str
    reason: str

    @property
    def is_usable(self) -> bool:
        """Whether it stands beside a prediction."""
        return self.role != "unusable"

    @property
    def reported(self) -> float:
        """The figure that is set beside the band: the value, or the middle of a printed range."""
        if self.value is not None:
            return self.value
        return 0.5 * ((self.low or 0.0) + (self.high or 0.0))


@cache
def numbing_rows() -> Mapping[str, NumbingRow]:
    """All rows by key, in the order of the table.

    Examples
    --------
    >>> numbing_rows()["T070a"].value
    0.16
    """
    file = files("puncta.evidence").joinpath("data", "studies", "numbing.csv")
    table = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({given["key"]: _row(given) for given in table})


def _row(given: Mapping[str, str]) -> NumbingRow:
    def number(name: str) -> float | None:
        return float(given[name]) if given[name] else None

    if given["role"] not in ROLES or (given["role"] != "unusable") != (given["quantity"] in QUANTITIES):
        raise ValueError(f"numbing.csv: {given['key']}: role and quantity do not go together")
    start, end = number("read_low_minutes"), number("read_high_minutes")
    words = ("key", "study", "what", "quantity", "cream", "active", "statistic", "site", "unit", "role", "reason")
    plain: dict[str, Any] = {name: given[name] for name in words}
    plain |= {name: number(name) for name in ("people", "amount_g", "area_cm2", "minutes", "value", "low", "high")}
    return NumbingRow(
        **plain,
        read_minutes=None if start is None or end is None else (start, end),
        rounding=number("rounding") or 0.0,
    )
