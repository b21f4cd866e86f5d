"""Claims: what is promised of microneedling, each sentence with verdict, figure and sources; writes docs/claims.md.

Run ``uv run python -m puncta.report.claims`` in the folder of the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from puncta.appearance import coverage
from puncta.errors import EvidenceError
from puncta.evidence import Arm, arms, parameter, sources
from puncta.files import write_atomically
from puncta.messages import text
from puncta.person import PHOTOTYPES
from puncta.planning import usual_course
from puncta.report.numbers import EN_DASH, Printed, number, plain, printed, with_unit
from puncta.report.reading import Reading, case_of, read
from puncta.report.verdict import Claim, claims, decide
from puncta.report.view.evidence import spread_words
from puncta.safety.dark_marks import counted_dark_marks
from puncta.simulation.record import unit_of

WRITTEN_TO = Path("docs/claims.md")
_PERCENT = 100.0
_FOLD_DECIMALS = 2
_IDENTIFIER = re.compile(r"(doi:\S+?|PMID:\d+|PMC\d+|NCT\d+)(?=[\s;,)]|\.$|$)")
_COVERED = (
    "atrophic_acne_scars",
    "lines",
    "melasma",
    "stretch_marks",
    "surgical_scars",
    "pores",
    "age_spots",
    "dark_marks",
)


def claims_markdown() -> str:
    """Compute every figure and write the claims as Markdown.

    Returns
    -------
    str
        The page, ending in a newline.

    Raises
    ------
    EvidenceError
        Where a verdict in ``claims.toml`` is not the one that the rule gives.

    Notes
    -----
    Reads the case files of the folder ``examples``. Limits: those of each quantity, and ``limits.draws``.

    Examples
    --------
    >>> claims_markdown().startswith("# ")  # doctest: +SKIP
    True
    """
    known = claims()
    readings = {claim.key: tuple(read(figure) for figure in claim.figures) for claim in known.claims}
    wrong = []
    for claim in known.claims:
        found = decide(
            claim, [r.side for r in readings[claim.key]], any(r.thin for r in readings[claim.key]), known.rule
        )
        if found is not claim.verdict:
            wrong.append(text("claims.wrong", claim=claim.key, written=claim.verdict.value, found=found.value))
    if wrong:
        raise EvidenceError("\n".join(wrong))
    lines = [*_head(), *_table(readings)]
    heading = ""
    for claim in known.claims:
        if claim.heading != heading:
            heading = claim.heading
            lines += [f"## {text(f'claims.heading.{heading}')}", ""]
        lines += _entry(claim, readings[claim.key])
    lines += _cases()
    return "\n".join(lines).rstrip() + "\n"


def _shown(reading: Reading) -> tuple[str, str]:
    """Middle and band as people read them."""
    figure, name = reading.figure, reading.name
    scale, unit, most = 1.0, unit_of(name), 2
    if name.endswith(("_fraction", "_probability")) or not figure.case:
        scale, most = _PERCENT, 1
        unit = text("claims.unit.points") if figure.minus else "%"
    elif name.endswith("_fold"):
        unit = text("claims.unit.fold")
    elif name == "pain_score":
        unit, most = text("claims.unit.points_pain" if figure.minus else "claims.unit.pain"), 1
    low, middle, high = (scale * value for value in (reading.low, reading.median, reading.high))
    if name.endswith("_fold"):  # what counts is the distance from 1
        ends = (number(value, _FOLD_DECIMALS) for value in (low, high))
        written = Printed(number(middle, _FOLD_DECIMALS), *ends)
    else:
        written = printed(low, middle, high, most=most, signed=bool(figure.minus))
    return with_unit(written.value, unit), written.span


def _head() -> Iterator[str]:
    rule, known = claims().rule, claims()
    yield f"# {text('claims.title')}"
    yield ""
    yield text("claims.intro")
    yield ""
    for name in ("supported", "partly", "thin", "contradicted", "not_tested"):
        words = text(
            f"claims.meaning.{name}",
            fewest=rule.fewest_studies,
            share=plain(_PERCENT * rule.most_against_fraction),
        )
        yield f"- **{text(f'claims.verdict.{name}')}**: {words}"
    yield ""
    share = plain(_PERCENT * rule.least_improvement_fraction)
    yield text("claims.reading", draws=known.draws, seed=known.seed, least=share)
    yield ""
    yield text("limits.not_a_device")
    yield ""


def _table(readings: dict[str, tuple[Reading, ...]]) -> Iterator[str]:
    yield text("claims.summary")
    yield "|---|---|---|"
    for claim in claims().claims:
        first = readings[claim.key][0] if readings[claim.key] else None
        says = text(f"claims.claim.{claim.key}.says")
        figure = text("claims.no_figure")
        if first is not None:
            middle, band = _shown(first)
            figure = f"{text(f'claims.figure.{first.figure.name}')}: {middle} ({band})"
        yield f"| [{says}](#{_anchor(says)}) | {text(f'claims.verdict.{claim.verdict.value}')} | {figure} |"
    yield ""


def _anchor(title: str) -> str:
    """The anchor that a heading gets where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _entry(claim: Claim, readings: tuple[Reading, ...]) -> Iterator[str]:
    says = text(f"claims.claim.{claim.key}.says")
    yield f"### {says}"
    yield ""
    yield f"**{text(f'claims.verdict.{claim.verdict.value}')}.** {text(f'claims.claim.{claim.key}.found')}"
    yield ""
    if readings:
        yield text("claims.figures")
        yield "|---|---|---|---|---|---|"
        yield from (_figure_line(reading) for reading in readings)
        yield ""
    for why in dict.fromkeys(text(r.thin) for r in readings if r.thin):
        yield text("claims.thin", why=why)
        yield ""
    counted = len(claim.studies_for | claim.studies_against)
    if counted:
        yield text("claims.counted", count=counted, against=len(claim.studies_against), controls=_controls(claim))
        yield ""
    for name, entries in (("for", (*claim.rows, *claim.papers)), ("against", claim.against), ("beside", claim.beside)):
        if entries:
            yield text(f"claims.evidence.{name}")
            yield ""
            yield from (_evidence_line(entry, claim) for entry in entries)
            yield ""
    if claim.counts:
        yield text("claims.counts")
        yield ""
        yield from (_count_line(row) for row in claim.counts)
        yield ""
    if claim.coverage:
        yield from _coverage()
    if claim.parameters:
        yield text("claims.parameters")
        yield ""
        yield from (_parameter_line(key) for key in claim.parameters)
        yield ""
    yield f"**{text('claims.change')}** {text(f'claims.claim.{claim.key}.change')}"
    yield ""


def _controls(claim: Claim) -> str:
    if claim.seen:
        return text("claims.seen")
    studies = {arms()[key].study if key in arms() else key for key in claim.controlled}
    return text("claims.controls", count=len(studies))


def _figure_line(reading: Reading) -> str:
    figure = reading.figure
    middle, band = _shown(reading)
    where = text("claims.where_parameter", key=figure.quantity)
    if figure.case:
        zone = figure.quantity.rpartition("/")[2].rpartition("@")[2] if "_left" in figure.quantity else ""
        where = text(f"claims.case.{figure.case}") + (f", {zone.replace('_', ' ')}" if zone else "")
        where += f"; {text(f'claims.course.{figure.course}')}"
        if figure.minus:
            other, course = (
                text(f"claims.{kind}.{key}") for kind, key in zip(("case", "course"), figure.minus, strict=True)
            )
            where += f"; {text('claims.minus', other=other, course=course)}"
        if figure.day is not None:
            where += f"; {text('claims.on_day', day=plain(figure.day))}"
    side = text(f"claims.side.{reading.side.value}")
    share = text("claims.assumed", assumed=reading.assumed_count, count=reading.parameters_count)
    return f"| {text(f'claims.figure.{figure.name}')} | {middle} | {band} | {where} | {side} | {share} |"


def _evidence_line(key: str, claim: Claim) -> str:
    mark = text("claims.control_mark") if key in claim.controlled else ""
    if key in arms():
        return f"- {_row_words(arms()[key], claim)}{mark}"
    found = sources()[key]
    ends = f" {found.identifier}" if found.identifier and found.identifier not in found.title else ""
    return f"- `{key}`: {found.title}{ends} ({text(f'claims.seen_as.{found.seen}')}){mark}"


def _row_words(arm: Arm, claim: Claim) -> str:
    who = re.split(r"\. |\.$", arm.source)[0].strip()
    found = _IDENTIFIER.search(arm.source)
    parts = [", ".join(part for part in (arm.indication, arm.kind, arm.addon if arm.addon != "none" else "") if part)]
    if arm.people_count:
        parts.append(
            text("claims.people", count=number(arm.people_count), types=_types(arm.phototype_low, arm.phototype_high))
        )
    if arm.improvement_fraction is not None:
        gone = number(-_PERCENT * arm.improvement_fraction, signed=True)
        error = number(_PERCENT * (arm.improvement_se_fraction or 0.0))
        parts.append(text("claims.gone", gone=gone, error=error))
    elif arm.baseline_mean is not None and arm.end_mean is not None:
        parts.append(text("claims.from_to", scale=arm.scale, start=plain(arm.baseline_mean), end=plain(arm.end_mean)))
    if claim.heading == "safety" and arm.adverse_events:
        parts.append(arm.adverse_events)
    parts.append(arm.reason if arm.role == "not usable" else text(f"claims.role.{arm.role}"))
    return f"**{arm.key}** {who}{f', {found[0]}' if found else ''}: {'; '.join(part for part in parts if part)}"


def _types(low: int | None, high: int | None) -> str:
    if not low or not high:
        return text("claims.types_unknown")
    ends = PHOTOTYPES[low - 1], PHOTOTYPES[high - 1]
    return text("claims.types", types=ends[0] if ends[0] == ends[1] else EN_DASH.join(ends))


def _count_line(row: str) -> str:
    found = counted_dark_marks()[row]
    types = _types(*found.phototypes) if found.phototypes else text("claims.types_unknown")
    began = text("claims.began", count=found.enrolled_count) if found.enrolled_count else ""
    return f"- {row}: {text('claims.marked', marked=found.marked_count, people=found.people_count, types=types)}{began}"


def _coverage() -> Iterator[str]:
    yield text("claims.coverage")
    yield ""
    yield f"| | {' | '.join(PHOTOTYPES)} | {text('claims.types_unknown')} |"
    yield "|---|" + "---|" * (len(PHOTOTYPES) + 1)
    for concern in _COVERED:
        counted = [coverage(concern, kind + 1) for kind in range(len(PHOTOTYPES))]
        cells = [*(str(entry.same_type_count) for entry in counted), str(counted[0].type_unknown_count)]
        yield f"| {text(f'claims.concern.{concern}')} | {' | '.join(cells)} |"
    yield ""


def _parameter_line(key: str) -> str:
    found = parameter(key)
    value = f"{plain(found.value)} {found.unit}".strip()
    ends = f"; {found.at}" if found.at else ""
    return (
        f"- `{key}`: {found.means}; {value} ({spread_words(found.spread)}), {found.kind}; "
        f"{', '.join(f'`{name}`' for name in found.sources)}{ends}"
    )


def _cases() -> Iterator[str]:
    yield f"## {text('claims.cases.title')}"
    yield ""
    yield text("claims.cases.intro")
    yield ""
    for key, table in claims().cases.items():
        zones = ", ".join(name.replace("_", " ") for name in table["zones"])
        usual = usual_course(case_of(key)).sessions
        settings = "; ".join(
            f"{s.zone.replace('_', ' ')} {plain(s.dial_mm)} mm × {s.passes}" for s in usual[0].settings
        )
        days = ", ".join(str(session.day) for session in usual)
        yield text(
            "claims.cases.line",
            name=text(f"claims.case.{key}"),
            example=table["example"],
            zones=zones,
            change=text(f"claims.cases.change.{key}"),
            settings=settings,
            days=days,
        )
    yield ""


def main() -> None:
    """Write docs/claims.md."""
    write_atomically(WRITTEN_TO, claims_markdown())


if __name__ == "__main__":
    main()
