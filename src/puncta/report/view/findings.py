"""Findings in words: action, what, where, until when, why, who disagrees, who set it aside."""

from __future__ import annotations

from dataclasses import replace

from puncta.evidence import records, sources
from puncta.messages import text
from puncta.report.numbers import date_text, true_minus
from puncta.report.view.model import FindingRow, Findings, Position
from puncta.report.view.words import from_key, place_list, record_name, sentence_case
from puncta.safety import Finding, Screening


def source_title(key: str) -> str:
    """Title of a source; its key where it is not in the library."""
    entry = sources().get(key)
    return true_minus(entry.title) if entry else key


def finding_row(finding: Finding) -> FindingRow:
    """Put one finding into words.

    Parameters
    ----------
    finding : Finding
        As the screen gave it.

    Returns
    -------
    FindingRow
        Ready to print.
    """
    place = sentence_case(place_list(finding.zones)) if finding.zones else ""
    if finding.blocks:
        named = ", ".join(_means_name(key) for key in finding.blocks)
        place = f"{place}, {named}" if place else named
    if finding.until is not None:
        until = text("report.finding.until", date=date_text(finding.until))
        place = f"{place}, {until}" if place else sentence_case(until)
    overridden = ""
    if finding.overridden is not None:
        overridden = text(
            "report.finding.overridden", name=finding.overridden.name, reason=finding.overridden.reason.rstrip(".")
        )
    positions = tuple(
        Position(
            true_minus(taken.says),
            f"{source_title(taken.source)}, {taken.year}" if taken.year else source_title(taken.source),
            text("report.finding.followed") if taken.followed else "",
        )
        for taken in finding.positions
    )
    return FindingRow(
        action=finding.action.word,
        word=text(f"report.action.{finding.action.word}"),
        title=finding.title.rstrip("."),
        place=place,
        text=finding.text,
        why=finding.why,
        key=finding.rule,
        sources=tuple(source_title(key) for key in finding.sources),
        positions=positions,
        overridden=overridden,
    )


def _said_once(rows: tuple[FindingRow, ...]) -> tuple[FindingRow, ...]:
    """Rows whose positions stand under an earlier row point there."""
    shown: dict[tuple[Position, ...], str] = {}
    out = []
    for row in rows:
        if row.positions and row.positions in shown:
            out.append(replace(row, positions=(), as_above=text("report.finding.as_above", title=shown[row.positions])))
        else:
            shown[row.positions] = row.title
            out.append(row)
    return tuple(out)


def _means_name(key: str) -> str:
    """Name of a product or cream that a finding stops."""
    return next(
        (record_name(folder, key) for folder in ("products", "numbing") if key in records(folder)), from_key(key)
    )


def findings_view(screening: Screening) -> Findings:
    """Put the screening into words, gravest first; what is set aside comes after what holds."""
    ordered = sorted(screening.findings, key=lambda one: (one.overridden is not None, -one.action))
    count = len(screening.quiet)
    quiet = text("report.finding.quiet", count=count) if count else text("report.finding.quiet_none")
    return Findings(
        rows=_said_once(tuple(finding_row(one) for one in ordered)),
        quiet=quiet,
        quiet_rows=tuple((entry.rule, entry.why) for entry in screening.quiet),
    )
