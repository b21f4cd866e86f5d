"""Record: outcomes beside what was published as plain values, with their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from puncta.messages import text
from puncta.validation.outcomes.judge import MODEL, HeadingTally, OutcomeReading
from puncta.validation.outcomes.validate import OutcomeValidation

_PERCENT = 100
EXERCISES = ("left_out", "held_back", "reproduced", "untestable")
#: The exercises that are a test, and are scored beside the baselines.
TESTS = ("left_out", "held_back")


def outcome_validation_record(found: OutcomeValidation) -> dict[str, Any]:
    """Turn a validation of outcomes into plain values, ready for JSON.

    Parameters
    ----------
    found : OutcomeValidation
        From `validate_outcomes`.

    Returns
    -------
    dict
        Readings by exercise; tallies by heading for the two that are tests; what is shown per heading; rows left out.

    Examples
    --------
    >>> from puncta.validation.outcomes.validate import validate_outcomes
    >>> sorted(outcome_validation_record(validate_outcomes(100))["tallies"])
    ['held_back', 'left_out']
    """
    return {
        "format": 1,
        "part": "outcomes",
        "draws": found.draws,
        "seed": found.seed,
        "tallies": {name: [_tally(line) for line in found.tallies(getattr(found, name))] for name in TESTS},
        "readings": {name: [reading_record(entry) for entry in getattr(found, name)] for name in EXERCISES},
        "unusable": [{"row": arm.key, "what": arm.indication, "reason": arm.reason} for arm in found.unusable],
    }


def reading_record(entry: OutcomeReading) -> dict[str, Any]:
    """One reading beside its prediction as plain values."""
    arm = entry.arm
    return {
        "row": arm.key,
        "study": arm.study,
        "role": arm.role,
        "heading": entry.heading,
        "what": arm_words(entry),
        "people_count": arm.people_count,
        "reported": entry.figure,
        "low80": entry.low,
        "median": entry.median,
        "high80": entry.high,
        "inside50": entry.inside50,
        "inside80": entry.inside80,
        "inside95": entry.inside95,
        "interval_score": _scores(entry, entry.interval_scores),
        "ranked_score": _scores(entry, entry.ranked_scores),
        "words": {
            "reported": f"{percent(entry.figure)} %",
            "predicted": text("validation.outcomes.band", low=percent(entry.low), high=percent(entry.high)),
            "verdict": text("validation.inside" if entry.inside80 else "validation.outside"),
        },
    }


def _scores(entry: OutcomeReading, scores: Mapping[str, float]) -> dict[str, float | None]:
    """Scores by forecast; beside an untreated arm there is no baseline, for all of them speak of treatments."""
    bare = entry.arm.kind == "untreated"
    return {name: None if bare and name != MODEL else score for name, score in scores.items()}


def arm_words(entry: OutcomeReading) -> str:
    """An arm in few words: people, sessions and scale as printed."""
    arm = entry.arm
    people = "" if arm.people_count is None else text("validation.outcomes.people", count=arm.people_count)
    return ", ".join(part for part in (people, arm.scale) if part)


def percent(share: float) -> str:
    """A share in whole per cent, with a true minus."""
    return f"{_PERCENT * share:.0f}".replace("-", "\N{MINUS SIGN}")


def _tally(line: HeadingTally) -> Mapping[str, Any]:
    return {
        "heading": line.heading,
        "words": text(f"validation.heading.{line.heading}"),
        "readings_count": line.readings_count,
        "inside50_count": line.inside50_count,
        "inside80_count": line.inside80_count,
        "width": line.width,
        "interval_score": dict(line.interval_scores),
        "ranked_score": dict(line.ranked_scores),
        "best": line.best,
    }
