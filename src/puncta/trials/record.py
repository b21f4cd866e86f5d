"""Records: analyses, power and reproductions as plain values for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from puncta.messages import text
from puncta.trials.analyse import TrialAnalysis
from puncta.trials.like import LikeTrial
from puncta.trials.rehearse import Power
from puncta.trials.trial import Trial

_DIGITS = 4  # numerics: figures as they are shown and stored
_SHOWN = 200  # numerics: repeats told one by one


def _plain(value: float) -> float | None:
    return round(float(value), _DIGITS) if np.isfinite(value) else None


def _notices() -> dict[str, Any]:
    return {"format": 1, "notice": text("limits.not_a_device"), "limits": text("limits.trials")}


def trial_record(found: TrialAnalysis) -> dict[str, Any]:
    """A trial's analysis as plain values.

    Parameters
    ----------
    found : TrialAnalysis
        From `analyse_trial`.

    Returns
    -------
    dict
        Arms over time, the comparison of each repeat (the first 200), how often it succeeded, and events.

    Examples
    --------
    >>> import tempfile
    >>> from dataclasses import replace
    >>> from puncta.trials import analyse_trial, read_trial, run_trial
    >>> trial = replace(read_trial("examples/trials/split_face.toml"), trials_count=2)
    >>> with tempfile.TemporaryDirectory() as place:
    ...     trial_record(analyse_trial(run_trial(trial, place, csv=False)))["trials"]
    2
    """
    trial, compared = found.trial, found.compared
    wanted = trial.analysis
    with np.errstate(invalid="ignore"):
        width = np.nanmedian((compared.high - compared.low) / 2.0) if compared.estimate.size else np.nan
    return {
        **_notices(),
        "title": trial.title,
        "people": trial.people_count,
        "trials": trial.trials_count,
        "worlds": trial.worlds,
        "scale": wanted.scale,
        "day": wanted.day,
        "test": wanted.test,
        "level": wanted.level_fraction,
        "first": wanted.first,
        "second": wanted.second,
        "difference": {
            "mean": _plain(float(np.nanmean(compared.estimate))),
            "half_width_median": _plain(float(width)),
            "won_fraction": _plain(found.won_fraction),
            "won_error": _plain(found.won_error),
            "lost_fraction": _plain(float(compared.lost(wanted.level_fraction).mean())),
            "repeats": [
                {"estimate": _plain(e), "low": _plain(a), "high": _plain(b), "p_value": _plain(p)}
                for e, a, b, p in zip(
                    compared.estimate[:_SHOWN],
                    compared.low[:_SHOWN],
                    compared.high[:_SHOWN],
                    compared.p_value[:_SHOWN],
                    strict=True,
                )
            ],
        },
        "arms": {
            name: {
                "people": found.arm_people.get(name, 0),
                "responder_fraction": _plain(arm.responder_fraction),
                "responder_error": _plain(arm.responder_error),
                "visits": [
                    {
                        "day": day,
                        "people": count,
                        "mean": _plain(mean),
                        "low80": _plain(low),
                        "median": _plain(middle),
                        "high80": _plain(high),
                    }
                    for day, count, mean, low, middle, high in zip(
                        arm.days, arm.people_count, arm.mean, arm.low, arm.median, arm.high, strict=True
                    )
                ],
            }
            for name, arm in found.arms.items()
        },
        "responder_percent": _plain(100.0 * wanted.responder_fraction),
        "events": [{"arm": arm, "event": event, "people": count} for (arm, event), count in found.events.items()],
    }


def power_record(trial: Trial, curve: Sequence[Power], found: int | None = None) -> dict[str, Any]:
    """A power curve as plain values.

    Parameters
    ----------
    trial : Trial
        The trial.
    curve : sequence of Power
        From `power_of` or `find_size`.
    found : int or None
        Size that was found.

    Examples
    --------
    >>> from puncta.trials import power_of, read_trial
    >>> trial = read_trial("examples/trials/split_face.toml")
    >>> power_record(trial, power_of(trial, (8,), trials=40))["curve"][0]["people"]
    8
    """
    return {
        **_notices(),
        "title": trial.title,
        "people_found": found,
        "curve": [
            {
                "people": one.people_count,
                "nominal": _plain(one.nominal_fraction),
                "nominal_error": _plain(one.nominal_error),
                "assurance": _plain(one.assurance_fraction),
                "assurance_error": _plain(one.assurance_error),
                "closed_form": _plain(one.closed_form),
                "half_width_median": _plain(one.half_width),
                "effect": _plain(one.effect),
            }
            for one in curve
        ],
    }


def like_record(held: LikeTrial) -> dict[str, Any]:
    """A reproduction as plain values.

    Parameters
    ----------
    held : LikeTrial
        From `trial_like`.

    Examples
    --------
    >>> from puncta.trials import trial_like
    >>> like_record(trial_like("A01", 48))["part"]
    'reproduction'
    """
    return {
        **_notices(),
        "part": "reproduction",
        "study": held.study,
        "source": held.source,
        "seen_by_the_fit": held.seen_by_the_fit,
        "split_face": held.split,
        "repeats": held.repeats_count,
        "seed": held.seed,
        "readings": [
            {
                "row": one.arm.key,
                "kind": one.arm.kind,
                "addon": one.arm.addon,
                "design": one.arm.design,
                "scale": one.arm.scale,
                "people": one.arm.people_count,
                "followup_days": one.arm.followup_days,
                "sessions": one.arm.sessions,
                "reported_fraction": _plain(one.arm.improvement_fraction or 0.0),
                "low80": _plain(one.low),
                "median": _plain(one.median),
                "high80": _plain(one.high),
                "baseline_score": None if one.baseline_score is None else _plain(one.baseline_score),
                "baseline_assumed": one.arm.baseline_unknown_log_sd is not None,
                "inside80": one.inside,
            }
            for one in held.readings
        ],
        "contrasts": [
            {
                "first": one.first,
                "second": one.second,
                "reported": _plain(one.reported),
                "reported_error": _plain(one.reported_error),
                "low80": _plain(one.low),
                "median": _plain(one.median),
                "high80": _plain(one.high),
                "half_width": _plain(one.half_width),
                "won_fraction": _plain(one.won_fraction),
                "inside80": one.inside,
            }
            for one in held.contrasts
        ],
    }
