"""Record: a validation as plain values, with its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from puncta.evidence.mechanism import GROUPS
from puncta.validation.compare import Compared
from puncta.validation.tally import Tally
from puncta.validation.validate import ALL, ROLES, MechanismValidation
from puncta.validation.words import predicted_words, reported_words, tally_words, verdict_words, wide_words


def validation_record(found: MechanismValidation) -> dict[str, Any]:
    """Turn a validation into plain values, ready for JSON.

    Parameters
    ----------
    found : MechanismValidation
        From `validate`.

    Returns
    -------
    dict
        Rows, tallies by role and group, and rows left out; a distance without bound is None.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> from puncta.validation import validate
    >>> validation_record(validate(draws=20, rows=[mechanism_row("T016")]))["rows"][0]["row"]
    'T016'
    """
    return {
        "format": 1,
        "part": "mechanism",
        "draws": found.draws,
        "seed": found.seed,
        "inside": {role: {g: _counts(found.tally(role, g)) for g in (*GROUPS, ALL)} for role in ROLES},
        "width_words": wide_words(found),
        "rows": [row_record(entry) for entry in found.compared],
        "unusable": [{"row": row.key, "what": row.what, "reason": row.reason} for row in found.unusable],
    }


def _counts(tally: Tally) -> Mapping[str, Any]:
    return {
        "inside_count": tally.inside_count,
        "rows_count": tally.rows_count,
        "built_in_count": tally.built_in_count,
        "words": tally_words(tally),
    }


def row_record(entry: Compared) -> dict[str, Any]:
    """One row beside its prediction as plain values."""
    row = entry.row
    return {
        "row": row.key,
        "group": row.group,
        "role": row.role,
        "study": row.study,
        "what": row.what,
        "where": row.where,
        "unit": row.unit,
        "reason": row.reason,
        "says": row.says,
        "reported": row.value,
        "low80": entry.low,
        "median": entry.median,
        "high80": entry.high,
        "agreeing_fraction": entry.agreeing_fraction,
        "inside": entry.inside,
        "distance": entry.distance if abs(entry.distance) < float("inf") else None,
        "width_over_source": entry.width_over_source,
        "width_over_pooled": entry.width_over_pooled,
        "width_over_people": entry.width_over_people,
        "pooled_rows": [] if entry.pooled is None else list(entry.pooled.rows),
        "built_in": entry.built_in,
        "words": {
            "reported": reported_words(entry),
            "predicted": predicted_words(entry),
            "verdict": verdict_words(entry),
        },
    }
