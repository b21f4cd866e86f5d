"""Mechanism rows: published readings of barrier, redness, pain and tissue over time, each with the role it may play."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, get_args

from puncta.errors import EvidenceError, nearest
from puncta.frozen import frozen

Role = Literal["calibration", "validation", "unusable"]
Says = Literal["figure", "at_most", "at_least", "rise", "fall"]
ROLES: tuple[str, ...] = get_args(Role)
SAYS: tuple[str, ...] = get_args(Says)
#: Groups in the order in which they are shown.
GROUPS = ("closing", "water_loss", "redness", "inflammation", "matrix", "epidermis", "elastin", "pain", "depth")

Range = tuple[float, float]


@frozen
class MechanismRow:
    """One published reading.

    Parameters
    ----------
    key : str
        Row name in the tables of evidence, for example ``T016`` or ``H03b``.
    table, group, study : str
        ``timecourses`` or ``histology``; one of `GROUPS`; name of the study, the key of its source where it has one.
    source, seen : str
        Author, year and identifier as text; how the figure was read.
    what, where : str
        What was measured and how, as printed.
    species, site, lesion : str
        ``human``, ``rat``, ``model`` or ``mixed``; zones without side, or ``face``, empty where not printed; what was
        treated.
    device : str
        ``roller``, ``pen`` or ``stamp``, a built-in device, ``wound`` (all tissue hurt), ``none``; empty where the
        row is unusable.
    length_mm, sessions, age_years, phototypes : tuple of float or None
        Lowest and highest as printed; None is unknown and is integrated, never a default.
    needles, density_per_cm2, passes, interval_days : float or None
        As printed; needles are those in the skin at one time.
    occluded : bool or None
        Whether the site was covered.
    cream : str
        A numbing product, ``none``, ``any`` (one, but not which), ``unknown`` (not even whether), or empty.
    quantity : str
        The simulated observable that stands beside it; empty where the row is unusable.
    unit : str
        Unit of the figures.
    says : str or None
        ``figure``; ``at_most`` or ``at_least``; ``rise`` or ``fall``; None where the row is unusable.
    value : float or None
        The figure or bound.
    printed_range : tuple of float or None
        Lowest and highest, where a range over persons is printed.
    sd, se : float or None
        Standard deviation over persons, or standard error, as printed.
    rounding : float
        Half a step of the last printed place.
    n : float or None
        People.
    hours : tuple of float or None
        Time of the reading after the first session, from and to.
    role : str
        ``calibration``, ``validation`` or ``unusable``; fixed before any prediction.
    reason : str
        Why it has that role.
    """

    key: str
    table: str
    group: str
    study: str
    source: str
    seen: str
    what: str
    where: str
    species: str
    site: tuple[str, ...]
    lesion: str
    device: str
    length_mm: Range | None
    needles: float | None
    density_per_cm2: float | None
    passes: float | None
    sessions: Range | None
    interval_days: float | None
    occluded: bool | None
    age_years: Range | None
    phototypes: Range | None
    cream: str
    quantity: str
    unit: str
    says: Says | None
    value: float | None
    printed_range: Range | None
    sd: float | None
    se: float | None
    rounding: float
    n: float | None
    hours: Range | None
    role: Role
    reason: str

    @property
    def is_usable(self) -> bool:
        """Whether it stands beside a prediction."""
        return self.role != "unusable"


@cache
def mechanism_rows() -> Mapping[str, MechanismRow]:
    """All rows by name, in the order of the tables.

    Examples
    --------
    >>> mechanism_rows()["H03b"].role
    'calibration'
    """
    file = files("puncta.evidence").joinpath("data", "studies", "mechanism.csv")
    return read_mechanism_rows(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def mechanism_row(key: str) -> MechanismRow:
    """Look up one row.

    Raises
    ------
    EvidenceError
        Where there is none, with the nearest names.

    Examples
    --------
    >>> mechanism_row("T016").quantity
    'closing_half_hours'
    """
    if key not in mechanism_rows():
        raise EvidenceError(f"there is no mechanism row {key!r}; nearest: {nearest(key, mechanism_rows()) or 'none'}")
    return mechanism_rows()[key]


def read_mechanism_rows(
    table: Iterable[Mapping[str, str]], groups: Collection[str] = GROUPS
) -> Mapping[str, MechanismRow]:
    """Read rows as text, refusing what contradicts itself.

    Parameters
    ----------
    table : iterable of mapping of str to str
        One mapping a row, by column.
    groups : collection of str
        Groups that a row may belong to.

    Returns
    -------
    mapping of str to MechanismRow
        By name.

    Raises
    ------
    EvidenceError
        With everything that is wrong, row by row; also where a study both calibrates and validates.

    Examples
    --------
    >>> dict(read_mechanism_rows([]))
    {}
    """
    found: dict[str, MechanismRow] = {}
    wrong: list[str] = []
    for given in table:
        key = given["key"]
        if key in found:
            wrong.append(f"{key}: written twice")
        try:
            row = _row(given)
        except ValueError as error:
            wrong.append(f"{key}: {error}")
            continue
        wrong += [f"{key}: {flaw}" for flaw in _flaws(row, groups)]
        found[key] = row
    roles = {role: {row.study for row in found.values() if row.role == role} for role in ROLES}
    wrong += [f"{study}: calibrates and validates" for study in sorted(roles["calibration"] & roles["validation"])]
    if wrong:
        raise EvidenceError("mechanism.csv: " + "; ".join(wrong))
    return MappingProxyType(found)


def _number(words: str) -> float | None:
    return float(words) if words else None


def _range(low: str, high: str) -> Range | None:
    if not low and not high:
        return None
    ends = float(low), float(high)
    if ends[0] > ends[1]:
        raise ValueError(f"{low} to {high} is no range")
    return ends


def _row(given: Mapping[str, str]) -> MechanismRow:
    says, role, occluded = given["says"], given["role"], given["occluded"]
    if role not in ROLES:
        raise ValueError(f"role {role!r} is none of {', '.join(ROLES)}")
    if says and says not in SAYS:
        raise ValueError(f"{says!r} is none of {', '.join(SAYS)}")
    if occluded not in ("", "yes", "no"):
        raise ValueError(f"occluded {occluded!r} is neither yes nor no")
    checked: tuple[Says | None, Role] = (says or None, role)  # pyright: ignore[reportAssignmentType]
    words = ("key", "table", "group", "study", "source", "seen", "what", "where", "species", "lesion", "device")
    numbers = ("needles", "density_per_cm2", "passes", "interval_days", "value", "sd", "se", "n")
    plain: dict[str, Any] = {name: given[name] for name in (*words, "cream", "quantity", "unit", "reason")}
    plain |= {name: _number(given[name]) for name in numbers}
    return MechanismRow(
        **plain,
        site=tuple(given["site"].split()),
        length_mm=_range(given["length_low_mm"], given["length_high_mm"]),
        sessions=_range(given["sessions_low"], given["sessions_high"]),
        occluded={"yes": True, "no": False}.get(occluded),
        age_years=_range(given["age_low_years"], given["age_high_years"]),
        phototypes=_range(given["phototype_low"], given["phototype_high"]),
        says=checked[0],
        printed_range=_range(given["low"], given["high"]),
        rounding=_number(given["rounding"]) or 0.0,
        hours=_range(given["hours_low"], given["hours_high"]),
        role=checked[1],
    )


def _flaws(row: MechanismRow, groups: Collection[str]) -> Iterable[str]:
    if row.group not in groups:
        yield f"group {row.group!r} is none of {', '.join(groups)}"
    if not row.reason:
        yield "no reason for its role"
    if not row.is_usable:
        if row.quantity or row.says:
            yield "unusable, and yet beside a prediction"
        return
    if "recalled" in row.seen:
        yield "recalled figures are unusable"
    if row.species not in ("human", "mixed"):
        yield f"{row.species} rows are unusable"
    if not row.quantity or not row.device or row.says is None:
        yield "no quantity, device or statement"
    if row.says in ("figure", "at_most", "at_least") and row.value is None:
        yield "no figure"
    if row.says in ("rise", "fall") and row.value is not None:
        yield "a direction has no figure"
    if row.says == "figure" and row.rounding <= 0.0:
        yield "a figure has a rounding above 0"
