"""The record of a screening: plain values for JSON."""

from __future__ import annotations

from typing import Any

from puncta.messages import text
from puncta.safety.findings import Finding, Screening
from puncta.safety.rules import rules

FORMAT = 1


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "action": finding.action.word,
        "zones": list(finding.zones),
        "until": finding.until.isoformat() if finding.until else None,
        "title": finding.title,
        "text": finding.text,
        "why": finding.why,
        "body": rules()[finding.rule].body,
        "dated": rules()[finding.rule].dated,
        "strength": rules()[finding.rule].strength,
        "sources": list(finding.sources),
        "blocks": list(finding.blocks),
        "positions": [
            {"says": p.says, "source": p.source, "year": p.year, "followed": p.followed} for p in finding.positions
        ],
        "overridden_by": finding.overridden.name if finding.overridden else None,
        "override_reason": finding.overridden.reason if finding.overridden else None,
    }


def screening_record(screening: Screening) -> dict[str, Any]:
    """A screening as plain values.

    Parameters
    ----------
    screening : Screening
        The screening.

    Returns
    -------
    dict
        Format number, gravest action, whether a plan may follow, findings, open questions, and why rules kept quiet.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.safety import screen
    >>> screening_record(screen(read_case("examples/melasma.toml")))["action"]
    'caution'
    """
    return {
        "format": FORMAT,
        "action": screening.action.word,
        "allows_plan": screening.allows_plan,
        "findings": [_finding(finding) for finding in screening.findings],
        "unanswered": [{"question": key, "text": text(f"questions.{key}.text")} for key in screening.unanswered],
        "quiet": [{"rule": entry.rule, "why": entry.why} for entry in screening.quiet],
        "notice": text("limits.not_a_device"),
    }
