"""What the printed figures rest on: values with spread, kind and source; the studies behind the forecast; limits."""

from __future__ import annotations

from collections.abc import Iterable

from puncta.case import Case
from puncta.evidence import Arm, Parameter, Spread, Trace, arms, sources
from puncta.messages import has_text, text
from puncta.person import PHOTOTYPES
from puncta.report.numbers import EN_DASH, NBSP, number, plain, true_minus, with_unit
from puncta.report.view.findings import source_title
from puncta.report.view.forecast_model import Backing, EvidenceBlock, ParameterRow, SourceRow, StudyRow
from puncta.report.view.words import from_key, lower_first
from puncta.simulation import Outcome, Quantity

_METER_BOXES = 24
#: A forecast stands on thin ground below this many studies (look: "fewer than three studies").
_FEW_STUDIES = 3


def spread_words(spread: Spread) -> str:
    """Say how a value scatters: ``0.1 to 0.3``, ``sd 0.2``.

    Examples
    --------
    >>> spread_words(Spread("range", 1.0, 4.0))
    '1 to 4'
    """
    if spread.shape == "fixed":
        return text("report.evidence.fixed")
    if spread.shape in ("range", "log_range"):
        return f"{plain(spread.a)} to {plain(spread.b)}"
    return text(f"report.evidence.{spread.shape}", value=plain(spread.a))


def _row(entry: Parameter) -> ParameterRow:
    return ParameterRow(
        key=entry.key,
        means=entry.means,
        value=with_unit(plain(entry.value), entry.unit),
        spread=spread_words(entry.spread),
        kind=text(f"report.evidence.kind_{entry.kind}"),
        where=entry.where,
        sources="; ".join(source_title(key) for key in entry.sources),
        at=entry.at,
    )


def quantity_name(name: str) -> str:
    """Name of a quantity as people read it."""
    key = f"report.quantity.{name}"
    return text(key) if has_text(key) else from_key(name)


def count_words(found: Trace) -> str:
    """How many values, and how many of them are assumed."""
    if len(found.parameters) == 1:
        kind = text("report.evidence.assumed_yes" if found.assumed_count else "report.evidence.assumed_no")
        return text("report.evidence.count_one", assumed=kind)
    return text("report.evidence.count", count=len(found.parameters), assumed=found.assumed_count)


def evidence_blocks(outcome: Outcome, others: Iterable[Outcome]) -> tuple[EvidenceBlock, ...]:
    """Gather what each kind of figure rests on; figures that rest on the same values share a block.

    Parameters
    ----------
    outcome : Outcome
        The recommended course.
    others : iterable of Outcome
        The other courses: for kinds of figures that the recommended one does not have, such as pain where nothing is
        needled.

    Returns
    -------
    tuple of EvidenceBlock
        In the order in which the outcomes name them.
    """
    keys: dict[str, set[str]] = {}
    limits: dict[str, dict[str, None]] = {}
    own = {quantity.name for quantity in outcome.quantities.values()}
    found = [*outcome.quantities.values()]
    found += [q for other in others for q in other.quantities.values() if q.name not in own]
    for quantity in found:
        keys.setdefault(quantity.name, set()).update(quantity.rests_on)
        limits.setdefault(quantity.name, {})[quantity.limits] = None
    shared: dict[frozenset[str], list[str]] = {}
    for name, behind_it in keys.items():
        shared.setdefault(frozenset(behind_it), []).append(name)
    blocks = []
    for evidence, names in shared.items():
        behind = outcome.case.library.trace(evidence)
        said = dict.fromkeys(key for name in names for key in limits[name] if has_text(key))
        first, *rest = (quantity_name(name) for name in names)
        blocks.append(
            EvidenceBlock(
                names=tuple(f"ev-{name}" for name in names),
                title=", ".join([first, *(lower_first(name) for name in rest)]),
                count=count_words(behind),
                rows=tuple(_row(entry) for entry in behind.parameters),
                limits=" ".join(text(key) for key in said),
            )
        )
    return tuple(blocks)


def whole_trace(outcome: Outcome) -> Trace:
    """Everything behind the recommended course."""
    return outcome.case.library.trace(key for quantity in outcome.quantities.values() for key in quantity.rests_on)


def source_rows(outcome: Outcome, further: Iterable[str]) -> tuple[SourceRow, ...]:
    """All sources behind the figures, the findings and the limits, each once.

    Parameters
    ----------
    outcome : Outcome
        The recommended course.
    further : iterable of str
        Keys of sources of findings, limits and cream.

    Returns
    -------
    tuple of SourceRow
        In order of title.
    """
    cited = {key for key in further if key in sources()}
    named = {entry.key for entry in whole_trace(outcome).sources} | cited
    rows = []
    for key in named:
        entry = sources()[key]
        title = true_minus(f"{entry.title.rstrip('.')}. {entry.identifier}" if entry.identifier else entry.title)
        rows.append(SourceRow(key, title, text(f"report.evidence.seen_{entry.seen}"), key in cited))
    return tuple(sorted(rows, key=lambda row: row.title.casefold()))


def limit_texts(outcome: Outcome) -> tuple[str, ...]:
    """The limits of every model that had a part, each once, with those that always hold."""
    named = dict.fromkeys(quantity.limits for quantity in outcome.quantities.values())
    return tuple(text(key) for key in ("limits.draws", *named) if has_text(key))


def backing_view(case: Case, outcome: Outcome, quantity: Quantity | None) -> Backing | None:
    """Say which studies and people stand behind the forecast of a concern.

    Parameters
    ----------
    case : Case
        For this person's skin type.
    outcome : Outcome
        Not used for counting; its untreated twin has no studies.
    quantity : Quantity or None
        The forecast.

    Returns
    -------
    Backing or None
        None where there is no forecast.
    """
    if quantity is None:
        return None
    rows = [arms()[key] for key in quantity.studies if key in arms()]
    people = sum(row.people_count or 0 for row in rows)
    studies = len({row.study for row in rows})
    kind = case.person.phototype
    alike = sum(row.people_count or 0 for row in rows if _includes(row, kind))
    unknown = sum(row.people_count or 0 for row in rows if row.phototype_low is None)
    thin = []
    if studies < _FEW_STUDIES:
        thin.append(text("report.backing.few"))
    if not alike:
        thin.append(text("report.backing.no_type", type=case.person.phototype_name))
    if not studies:
        lead = text("report.backing.none")
    else:
        key = "report.backing.lead_one" if studies == 1 else "report.backing.lead"
        lead = text(key, studies=studies, people=number(people))
    return Backing(
        lead=lead,
        meter=text(
            "report.backing.meter", alike=number(alike), people=number(people), type=case.person.phototype_name,
            unknown=number(unknown),
        ) if studies else "",
        filled=round(_METER_BOXES * alike / people) if people else 0,
        boxes=_METER_BOXES if people else 0,
        roles=_roles(rows),
        thin=tuple(thin),
        studies=tuple(_study(row) for row in rows),
    )  # fmt: skip


def _includes(row: Arm, phototype: int) -> bool:
    low, high = row.phototype_low, row.phototype_high or row.phototype_low
    return low is not None and high is not None and low <= phototype <= high


def _roles(rows: list[Arm]) -> str:
    counts: dict[str, set[str]] = {}
    for row in rows:
        counts.setdefault(row.role, set()).add(row.study)
    parts = [
        text(f"report.backing.role_{role.replace(' ', '_')}", count=len(found))
        for role, found in sorted(counts.items())
    ]
    return text("report.backing.roles", parts=", ".join(parts)) if parts else ""


def phototype_span(row: Arm) -> str:
    """Skin types as printed: ``IV–V``; "not printed" where the study is silent."""
    if row.phototype_low is None:
        return text("report.backing.unstated")
    low, high = PHOTOTYPES[row.phototype_low - 1], PHOTOTYPES[(row.phototype_high or row.phototype_low) - 1]
    return low if low == high else f"{low}{EN_DASH}{high}"


def _study(row: Arm) -> StudyRow:
    protocol = [row.device] if row.device else []
    if row.needle_length_mm is not None:
        protocol.append(f"{plain(row.needle_length_mm)}{NBSP}mm")
    if row.sessions is not None:
        protocol.append(text("report.backing.sessions", count=plain(row.sessions)))
    change = ""
    if row.improvement_fraction is not None:
        change = with_unit(number(-100 * row.improvement_fraction), "%")
        if row.improvement_se_fraction is not None:
            change += f" ±{NBSP}{number(100 * row.improvement_se_fraction)}"
    what = row.indication + (f", {row.kind}" if row.kind else "") + (f" with {row.addon}" if _has_addon(row) else "")
    people = str(row.people_count) if row.people_count is not None else text("report.backing.unstated")
    return StudyRow(
        key=row.key, source=row.source, what=what, people=people, phototypes=phototype_span(row),
        protocol=", ".join(protocol) or text("report.backing.unstated"), change=change, role=row.role,
    )  # fmt: skip


def _has_addon(row: Arm) -> bool:
    return bool(row.addon) and row.addon != "none"
