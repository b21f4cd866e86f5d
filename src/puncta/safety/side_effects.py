"""Side effects: what was counted, by whom and in whom, and how many of those people are like this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from puncta.errors import EvidenceError
from puncta.evidence import sources
from puncta.evidence.library import read_data
from puncta.frozen import frozen
from puncta.person import Person, Sex
from puncta.safety.dark_marks import counted_dark_marks

DARK_MARKS = "dark_marks"
_NEITHER = 0.5  # numerics: the prior that favours neither none nor all (Jeffreys)
_ENDS = (0.1, 0.9)  # numerics: the band holds 80 of 100
_FIELDS = {"row", "marked", "people", "enrolled", "phototypes", "women", "age", "reported", "papers", "source", "at"}


@frozen
class EffectCount:
    """One count of one side effect.

    Parameters
    ----------
    effect, row : str
        The side effect; row of the study table, or the source.
    marked_count, people_count, enrolled_count : int or None
        People with it, seen at the end, and begun with where different; None in case reports.
    phototypes : tuple of int
        Lowest and highest type; empty where not printed.
    women_count : int or None
        Women among those seen, where printed.
    age_range_years : tuple of float or None
        Where printed.
    reported_count, papers_count : int or None
        People in case reports and papers that report them.
    source, at : str
        Source key, and what else belongs to the count.
    """

    effect: str
    row: str
    marked_count: int | None
    people_count: int | None
    enrolled_count: int | None
    phototypes: tuple[int, ...]
    women_count: int | None
    age_range_years: tuple[float, ...] | None
    reported_count: int | None
    papers_count: int | None
    source: str
    at: str


@frozen
class Likeness:
    """How many of the people counted are like one person.

    Parameters
    ----------
    people_count : int
        People counted.
    type_count, sex_count, age_count : int
        Those whose printed phototypes, sex or ages include this person's.
    type_unknown_count, sex_unknown_count, age_unknown_count : int
        Those of whom it was not printed.
    """

    people_count: int
    type_count: int
    sex_count: int
    age_count: int
    type_unknown_count: int
    sex_unknown_count: int
    age_unknown_count: int


def _read(effect: str, row: Mapping[str, Any]) -> EffectCount:
    if set(row) - _FIELDS or row["source"] not in sources() or ("people" in row) == ("reported" in row):
        raise EvidenceError(f"side effect {effect} {row.get('row')}: needs people or reported, and a known source")
    age = tuple(float(end) for end in row["age"]) if "age" in row else None
    return EffectCount(
        effect,
        row["row"],
        row.get("marked"),
        row.get("people"),
        row.get("enrolled"),
        tuple(row.get("phototypes", ())),
        row.get("women"),
        age,
        row.get("reported"),
        row.get("papers"),
        row["source"],
        row.get("at", ""),
    )


@cache
def side_effects() -> Mapping[str, tuple[EffectCount, ...]]:
    """All counts by side effect, dark marks first.

    Examples
    --------
    >>> [(count.marked_count, count.people_count, count.enrolled_count) for count in side_effects()["tram_track"]]
    [(2, 30, 36)]
    """
    marks = tuple(
        EffectCount(
            DARK_MARKS,
            c.row,
            c.marked_count,
            c.people_count,
            c.enrolled_count,
            c.phototypes,
            None,
            None,
            None,
            None,
            c.source,
            "",
        )
        for c in counted_dark_marks().values()
    )
    others = {
        effect: tuple(_read(effect, row) for row in rows) for effect, rows in read_data("side_effects.toml").items()
    }
    return MappingProxyType({DARK_MARKS: marks, **others})


def pooled_probability(counts: Iterable[EffectCount]) -> tuple[int, int, float, float] | None:
    """All counts of one side effect together.

    Parameters
    ----------
    counts : iterable of EffectCount
        The counts; case reports are left out.

    Returns
    -------
    tuple or None
        People with it, people counted, and the chances between which 80 of 100 lie; None where nobody was counted.

    Notes
    -----
    The series differ in depth, visits and people, which the range does not hold: it is that of the counts alone.

    Examples
    --------
    >>> marked, people, low, high = pooled_probability(side_effects()["tram_track"])
    >>> marked, people, round(low, 2), round(high, 2)
    (2, 30, 0.03, 0.15)
    """
    counted = [c for c in counts if c.people_count is not None]
    marked, people = sum(c.marked_count or 0 for c in counted), sum(c.people_count or 0 for c in counted)
    if not people:
        return None
    from scipy.special import betaincinv  # late, for a quick start

    low, high = (float(betaincinv(marked + _NEITHER, people - marked + _NEITHER, end)) for end in _ENDS)
    return marked, people, low if marked else 0.0, high


def likeness(person: Person, counts: Iterable[EffectCount]) -> Likeness:
    """How many of the people behind some counts are like a person, by phototype, sex and age.

    Parameters
    ----------
    person : Person
        The person.
    counts : iterable of EffectCount
        The counts; a row that stands behind several side effects counts once.

    Returns
    -------
    Likeness
        A series that prints a range counts whole where the range includes the person.

    Examples
    --------
    >>> dark = Person("P", 34, Sex.FEMALE, 62, 5)
    >>> found = likeness(dark, side_effects()["dark_marks"])
    >>> found.people_count, found.type_count, found.sex_unknown_count
    (189, 69, 189)
    """
    rows = {c.row: c for c in counts if c.people_count is not None}.values()

    def total(kept: Iterable[EffectCount]) -> int:
        return sum(c.people_count or 0 for c in kept)

    def of_sex(c: EffectCount) -> int:
        women, people = c.women_count or 0, c.people_count or 0
        return {Sex.FEMALE: women, Sex.MALE: people - women}.get(person.sex, 0)

    return Likeness(
        people_count=total(rows),
        type_count=total(c for c in rows if c.phototypes and c.phototypes[0] <= person.phototype <= c.phototypes[-1]),
        sex_count=sum(of_sex(c) for c in rows if c.women_count is not None),
        age_count=total(
            c for c in rows if c.age_range_years and c.age_range_years[0] <= person.age_years <= c.age_range_years[-1]
        ),
        type_unknown_count=total(c for c in rows if not c.phototypes),
        sex_unknown_count=total(c for c in rows if c.women_count is None),
        age_unknown_count=total(c for c in rows if c.age_range_years is None),
    )
