"""Left out: stored readings of studies that a fit without them predicted, and stored predictive checks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from puncta.evidence import arms
from puncta.evidence.fitted import FOLDER
from puncta.validation.outcomes.headings import heading_of
from puncta.validation.outcomes.judge import OutcomeReading

_FILE, _CHECKS = "appearance_unseen.toml", "appearance_checks.toml"


@cache
def left_out() -> tuple[OutcomeReading, ...]:
    """Every scored reading of a testable heading beside what the fit without its study predicted.

    Examples
    --------
    >>> {entry.heading for entry in left_out()} >= {"acne_alone", "melasma_product"}
    True
    """
    out = []
    for entry in _stored()["reading"]:
        arm, (low, median, high) = arms()[entry["row"]], entry["band80"]
        figure = arm.improvement_fraction or 0.0
        out.append(
            OutcomeReading(
                arm,
                heading_of(arm),
                low,
                median,
                high,
                entry["inside50"],
                low <= figure <= high,
                entry["inside95"],
                entry["interval_score"],
                entry["ranked_score"],
            )
        )
    return tuple(out)


def left_out_hash() -> str:
    """Hash of the probes at which the stored readings were made; see `probe_hash`."""
    return str(_stored()["probe_hash"])


def predictive_checks() -> Mapping[str, Any]:
    """Studies drawn from the priors and from the fit beside those there are, as stored; with the hash of their probes.

    Examples
    --------
    >>> predictive_checks()["prior"]["all"]["readings"]
    29
    """
    return tomllib.loads(FOLDER.joinpath(_CHECKS).read_text(encoding="utf-8"))


@cache
def _stored() -> dict[str, Any]:
    return tomllib.loads(FOLDER.joinpath(_FILE).read_text(encoding="utf-8"))
