"""Verdict: what a promise is worth, by one rule, from the studies counted and the figures computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from puncta.errors import EvidenceError
from puncta.evidence import arms, parameter, sources
from puncta.evidence.library import read_data
from puncta.frozen import frozen

HEADINGS = ("mechanism", "texture", "scars", "pigmentation", "absorption", "safety")


class Verdict(StrEnum):
    """What a promise is worth."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    THIN = "thin"
    CONTRADICTED = "contradicted"
    NOT_TESTED = "not_tested"


class Side(StrEnum):
    """On which side of the promise the 80 % band of a figure lies."""

    PROMISED = "promised"
    OPEN = "open"
    OTHER = "other"
    SIZE_ONLY = "size_only"


@frozen
class Figure:
    """One figure beside a promise.

    Parameters
    ----------
    name : str
        Text key of what it is.
    case, course : str
        Keys of ``cases`` and ``courses``; empty for a parameter.
    quantity : str
        Key of the quantity, or of the parameter where there is no case.
    day : float or None
        Day to read; None for a figure without time.
    minus : tuple of str or None
        Case and course that are taken off, on the same draws.
    promised : str
        ``above`` or ``below``.
    than : float
        The value that decides, in the unit of the quantity.
    by_construction : bool
        True where the model could not give the other side: the figure then shows a size and decides nothing.
    """

    name: str
    case: str
    course: str
    quantity: str
    day: float | None
    minus: tuple[str, str] | None
    promised: str
    than: float
    by_construction: bool

    def side(self, low: float, high: float) -> Side:
        """Place an 80 % band.

        Examples
        --------
        >>> Figure("x", "", "", "q", None, None, "above", 1.0, False).side(0.7, 0.9).value
        'other'
        """
        if self.by_construction:
            return Side.SIZE_ONLY
        if low <= self.than <= high:
            return Side.OPEN
        return Side.PROMISED if (low > self.than) == (self.promised == "above") else Side.OTHER


@frozen
class Claim:
    """One promise with what stands for and against it; see the head of ``claims.toml``."""

    key: str
    heading: str
    verdict: Verdict
    figures: tuple[Figure, ...] = ()
    rows: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    controlled: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()
    parameters: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    coverage: bool = False
    seen: bool = False

    @property
    def studies_for(self) -> frozenset[str]:
        """Studies that speak for it, each once."""
        return studies((*self.rows, *self.papers))

    @property
    def studies_against(self) -> frozenset[str]:
        """Studies that speak against it, each once."""
        return studies(self.against)


@frozen
class Rule:
    """Where a verdict changes; values in ``claims.toml``."""

    fewest_studies: int
    most_against_fraction: float
    least_improvement_fraction: float


@frozen
class Claims:
    """The whole file: rule, run, cases, courses and claims in order of heading."""

    rule: Rule
    draws: int
    seed: int
    cases: Mapping[str, Mapping[str, Any]]
    courses: Mapping[str, Mapping[str, Any]]
    claims: tuple[Claim, ...]


def studies(keys: Iterable[str]) -> frozenset[str]:
    """Name the studies behind rows of the study table and sources, each once.

    Examples
    --------
    >>> sorted(studies(("A04a", "A04c", "lotfi_2013")))
    ['A04', 'lotfi_2013']
    """
    return frozenset(arms()[key].study if key in arms() else key for key in keys)


def decide(claim: Claim, sides: Sequence[Side], thin: bool, rule: Rule) -> Verdict:
    """Decide what a promise is worth.

    Parameters
    ----------
    claim : Claim
        The promise with its studies.
    sides : sequence of Side
        Where the bands of its figures lie.
    thin : bool
        Whether the evidence of one of its figures is marked thin.
    rule : Rule
        Where verdicts change.

    Returns
    -------
    Verdict
        In this order: not tested without figure and study; contradicted where every figure that can decide lies on the
        other side; thin by mark or by too few studies; partly where a figure is open or on the other side, where too
        many studies speak against it, or where no control stands behind it; else supported.

    Examples
    --------
    >>> bare = Claim("x", "scars", Verdict.NOT_TESTED)
    >>> decide(bare, (), False, Rule(3, 0.25, 0.1)).value
    'not_tested'
    """
    count, against = len(claim.studies_for | claim.studies_against), len(claim.studies_against)
    if not sides and not count:
        return Verdict.NOT_TESTED
    deciding = [side for side in sides if side is not Side.SIZE_ONLY]
    if deciding and all(side is Side.OTHER for side in deciding):
        return Verdict.CONTRADICTED
    if thin or count < rule.fewest_studies:
        return Verdict.THIN
    disputed = against >= rule.most_against_fraction * count
    unclear = any(side is not Side.PROMISED for side in deciding)
    if disputed or unclear or not (claim.seen or claim.controlled):
        return Verdict.PARTLY
    return Verdict.SUPPORTED


def _figure(key: str, table: Mapping[str, Any]) -> Figure:
    minus = table.get("minus")
    if table["promised"] not in ("above", "below"):
        raise EvidenceError(f"claim {key}: promised must be above or below, not {table['promised']!r}")
    if "parameter" in table:
        parameter(table["parameter"])
    return Figure(
        name=table["name"],
        case=table.get("case", ""),
        course=table.get("course", ""),
        quantity=table["parameter"] if "parameter" in table else table["quantity"],
        day=table.get("day"),
        minus=(minus["case"], minus["course"]) if minus else None,
        promised=table["promised"],
        than=float(table["than"]),
        by_construction=table.get("by_construction", False),
    )


def _claim(table: Mapping[str, Any]) -> Claim:
    key = table["key"]
    lists = {
        name: tuple(table.get(name, ()))
        for name in ("rows", "papers", "against", "beside", "controlled", "parameters", "counts")
    }
    for name in ("rows", "papers", "against", "beside", "controlled"):
        unknown = [entry for entry in lists[name] if entry not in arms() and entry not in sources()]
        if unknown:
            raise EvidenceError(f"claim {key}: {name} names what is no study row and no source: {', '.join(unknown)}")
    return Claim(
        key=key,
        heading=table["heading"],
        verdict=Verdict(table["verdict"]),
        figures=tuple(_figure(key, entry) for entry in table.get("figures", ())),
        groups=tuple((heading, kind) for heading, kind in table.get("groups", ())),
        coverage=table.get("coverage", False),
        seen=table.get("seen", False),
        **lists,
    )


@cache
def claims() -> Claims:
    """Read the claims.

    Raises
    ------
    EvidenceError
        Where a claim names an unknown row, source, parameter or heading.

    Examples
    --------
    >>> claims().claims[0].key
    'micro_injuries'
    """
    table = read_data("claims.toml")
    found = tuple(_claim(entry) for entry in table["claims"])
    wrong = [claim.key for claim in found if claim.heading not in HEADINGS]
    if wrong:
        raise EvidenceError(f"claims {', '.join(wrong)}: heading must be one of {', '.join(HEADINGS)}")
    return Claims(
        rule=Rule(**table["rule"]),
        draws=table["run"]["draws"],
        seed=table["run"]["seed"],
        cases=table["cases"],
        courses=table["courses"],
        claims=tuple(sorted(found, key=lambda claim: HEADINGS.index(claim.heading))),
    )
