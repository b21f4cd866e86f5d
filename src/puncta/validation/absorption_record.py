"""Record of absorption beside what was published: plain values, with their words."""

from __future__ import annotations

from typing import Any

from puncta.messages import text
from puncta.validation.absorption import AbsorptionValidation, PermeationReading
from puncta.validation.body_level import NumbingReading
from puncta.validation.tally import Tally
from puncta.validation.words import short, tally_words

_ROLES = ("calibration", "validation")


def absorption_validation_record(found: AbsorptionValidation) -> dict[str, Any]:
    """Turn a validation of absorption into plain values, ready for JSON.

    Parameters
    ----------
    found : AbsorptionValidation
        From `validate_absorption`.

    Returns
    -------
    dict
        Rows, tallies by role, whole skin by class, and rows left out.

    Examples
    --------
    >>> from puncta.validation.absorption import validate_absorption
    >>> absorption_validation_record(validate_absorption(draws=40))["part"]
    'absorption'
    """
    return {
        "format": 1,
        "part": "absorption",
        "draws": found.draws,
        "seed": found.seed,
        "inside": {role: _counts(_tally(found, role)) for role in _ROLES},
        "rows": [_entry(reading) for reading in found.readings],
        "intact": {
            "records": _counts(Tally(found.intact_inside_count, found.intact_records_count, 0)),
            "held_compounds_fraction": found.held_compounds_fraction,
            "classes": [
                {
                    "name": one.name,
                    "words": text(f"validation.intact.{one.name}"),
                    "compounds_count": one.compounds_count,
                    "records_count": one.records_count,
                    "rmse_log10": one.rmse_log10,
                    "published_rmse_log10": one.published_rmse_log10,
                }
                for one in found.intact
            ],
        },
        "unusable": [{"row": row.key, "what": row.what, "reason": row.reason} for row in found.unusable],
    }


def _tally(found: AbsorptionValidation, role: str) -> Tally:
    rows = [reading for reading in found.readings if reading.row.role == role]
    return Tally(sum(reading.inside for reading in rows), len(rows), 0)


def _counts(tally: Tally) -> dict[str, Any]:
    return {"inside_count": tally.inside_count, "rows_count": tally.rows_count, "words": tally_words(tally)}


def _entry(reading: PermeationReading | NumbingReading) -> dict[str, Any]:
    row = reading.row
    hours = reading.row.hours if isinstance(reading, PermeationReading) else None
    at = "" if hours is None else text("validation.at_hours", hours=f"{hours:g}")
    return {
        "row": row.key,
        "what": f"{row.what} {at}".rstrip(),
        "unit": row.unit,
        "reported": row.reported,
        "low80": _finite(reading.low),
        "median": _finite(reading.median),
        "high80": _finite(reading.high),
        "inside": reading.inside,
        "role": row.role,
        "reason": row.reason,
        "words": {
            "reported": _reported(reading),
            "predicted": f"{short(reading.low)} – {short(reading.high)} {row.unit}".strip(),
            "verdict": text("validation.inside" if reading.inside else "validation.outside"),
        },
    }


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


def _reported(reading: PermeationReading | NumbingReading) -> str:
    row = reading.row
    if row.value is not None:
        return f"{short(row.value)} {row.unit}".strip()
    return f"{row.low:g} – {row.high:g} {row.unit}".strip()
