"""Probes: what the law gives for each study at fixed values; stored evidence never outlives them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace

import numpy as np

from puncta.appearance import AppearanceParameters
from puncta.evidence import Arm, arms, nominal
from puncta.validation.outcomes.headings import scored
from puncta.validation.outcomes.predict import COURSES, truth

_DECIMALS, _SIGNS = 4, 16  # numerics: of what is told, and of its hash


def probe(arm: Arm) -> float:
    """What the law gives for a reading at the values of the evidence, before any rater or difference of a study.

    Examples
    --------
    >>> 0.3 < probe(arms()["A03"]) < 0.5
    True
    """
    beside = [other for other in arms().values() if other.study == arm.study]
    one = nominal(AppearanceParameters)
    law = replace(one, **{field.name: np.repeat(getattr(one, field.name), COURSES) for field in fields(one)})
    return float(np.mean(truth(arm, beside, law, np.zeros(COURSES), seed=0)))


def probe_hash() -> str:
    """Hash of every scored reading, its role, and what the law gives for it at fixed values.

    Examples
    --------
    >>> len(probe_hash())
    16
    """
    told = [
        [arm.key, arm.role, arm.improvement_fraction, arm.improvement_se_fraction, round(probe(arm), _DECIMALS)]
        for arm in scored(arms().values())
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:_SIGNS]
