"""Studies: published arms, one row each, with the role that each may play."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from puncta.errors import EvidenceError, nearest
from puncta.frozen import frozen


@frozen
class Arm:
    """One arm of a published study at one time on one scale.

    Parameters
    ----------
    key : str
        Row name, for example ``A03`` or ``A04c``.
    study : str
        Study name, for example ``A04``.
    source : str
        Author, year and identifier as text.
    heading, indication, kind, addon, design, scale : str
        Group of indications, what was treated, how, beside what, how it was judged and on which scale.
    role : str
        ``calibration``, ``validation``, ``reproduction``, ``pooled`` or ``not usable``; fixed before any fit.
    people_count : int or None
        People counted, completers of a series.
    phototype_low, phototype_high : int or None
        Range of phototypes as printed.
    device : str
        As printed.
    needle_length_mm, sessions, interval_days, followup_days : float or None
        Protocol as printed; None is unknown, never a default.
    baseline_mean, baseline_sd, end_mean, end_sd : float or None
        On the study's scale.
    improvement_fraction, improvement_se_fraction : float or None
        Share of the baseline gone and its standard error.
    is_followup_from_unstated : bool
        Whether a paper leaves open if its follow-up runs from the first session or from the last.
    scale_family : str
        ``score``, ``grade``, ``percent``, ``class`` or ``instrument``; empty where nothing was read on the common axis.
    is_primary : bool
        Whether it is the one reading that is scored for its study and heading: the latest, a score before a grade.
    trust : str
        ``ok``, ``low`` where printed figures disagree, ``bound`` where they are a bound and enter no fit.
    baseline_unknown_log_sd : float or None
        Where the baseline is not printed: standard deviation of the logarithm of the one assumed.
    sessions_planned, sessions_low, sessions_high : float or None
        Sessions of a whole course that is read half-way; least and most where a range is printed.
    adverse_events : str
        Counts as printed.
    reason : str
        Why a row is not usable.
    """

    key: str
    study: str
    source: str
    heading: str
    indication: str
    kind: str
    addon: str
    design: str
    scale: str
    role: str
    people_count: int | None
    phototype_low: int | None
    phototype_high: int | None
    device: str
    needle_length_mm: float | None
    sessions: float | None
    interval_days: float | None
    followup_days: float | None
    baseline_mean: float | None
    baseline_sd: float | None
    end_mean: float | None
    end_sd: float | None
    improvement_fraction: float | None
    improvement_se_fraction: float | None
    is_followup_from_unstated: bool
    scale_family: str
    is_primary: bool
    trust: str
    baseline_unknown_log_sd: float | None
    sessions_planned: float | None
    sessions_low: float | None
    sessions_high: float | None
    adverse_events: str
    reason: str


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(float(text)) if text else None


@cache
def arms() -> Mapping[str, Arm]:
    """All arms by row name.

    Examples
    --------
    >>> arms()["A03"].people_count
    30
    """
    file = files("puncta.evidence").joinpath("data", "studies", "arms.csv")
    out = {}
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        out[row["key"]] = Arm(
            key=row["key"],
            study=row["study"],
            source=row["source"],
            heading=row["heading"],
            indication=row["indication"],
            kind=row["kind"],
            addon=row["addon"],
            design=row["design"],
            scale=row["scale"],
            role=row["role"],
            people_count=_whole(row["people_count"]),
            phototype_low=_whole(row["phototype_low"]),
            phototype_high=_whole(row["phototype_high"]),
            device=row["device"],
            needle_length_mm=_number(row["needle_length_mm"]),
            sessions=_number(row["sessions"]),
            interval_days=_number(row["interval_days"]),
            followup_days=_number(row["followup_days"]),
            baseline_mean=_number(row["baseline_mean"]),
            baseline_sd=_number(row["baseline_sd"]),
            end_mean=_number(row["end_mean"]),
            end_sd=_number(row["end_sd"]),
            improvement_fraction=_number(row["improvement_fraction"]),
            improvement_se_fraction=_number(row["improvement_se_fraction"]),
            is_followup_from_unstated=row["followup_from"] == "unstated",
            scale_family=row["scale_family"],
            is_primary=row["is_primary"] == "1",
            trust=row["trust"],
            baseline_unknown_log_sd=_number(row["baseline_unknown_log_sd"]),
            sessions_planned=_number(row["sessions_planned"]),
            sessions_low=_number(row["sessions_low"]),
            sessions_high=_number(row["sessions_high"]),
            adverse_events=row["adverse_events"],
            reason=row["reason"],
        )
    return MappingProxyType(out)


def arm(key: str) -> Arm:
    """Look up one arm.

    Examples
    --------
    >>> arm("A03").study
    'A03'
    """
    if key not in arms():
        raise EvidenceError(f"there is no study row {key!r}; nearest: {nearest(key, arms()) or 'none'}")
    return arms()[key]
