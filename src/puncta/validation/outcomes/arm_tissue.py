"""What one session of an arm does in the tissue: length and device as printed, else over what studies print."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters, Tissue
from puncta.evidence import Arm, draw, draw_one, uniforms
from puncta.needling import NeedlingParameters, reached_depth_mm, wound
from puncta.person import People
from puncta.simulation import session_tissue
from puncta.skin import zones
from puncta.validation.parameters import ValidationParameters
from puncta.validation.published import integrated, published_lengths_mm

Array = NDArray[np.float64]
_KINDS = ("pen", "roller")
_DRAWS = 400  # numerics: enough for a mean
_SITE = "cheek_left"  # where most rows lie; no row of another site prints a depth


def device_kind(arm: Arm) -> str:
    """``pen`` or ``roller`` as printed; empty where a paper says neither.

    Examples
    --------
    >>> from puncta.evidence import arms
    >>> device_kind(arms()["A03"]), device_kind(arms()["A07a"])
    ('roller', '')
    """
    return next((kind for kind in _KINDS if arm.device.startswith(f"{kind}") and " or " not in arm.device), "")


def arm_tissue(arm: Arm) -> Tissue:
    """What one session of an arm does in the tissue, against one of the usual published course: a mean, shape (1,).

    It is averaged over all that papers leave out and over the healing model's own draws: what settings that are not
    printed make of an outcome lies in the spread between studies already.

    Examples
    --------
    >>> from puncta.evidence import arms
    >>> bool(0.3 < arm_tissue(arms()["A03"]).depth_mm[0] < 1.5)
    True
    """
    drawn = _tissue(device_kind(arm), arm.needle_length_mm)
    return Tissue(
        *(np.array([part.mean()]) for part in (drawn.signal, drawn.reference, drawn.injury_fold, drawn.depth_mm))
    )


@cache
def _tissue(kind: str, length_mm: float | None, n: int = _DRAWS, seed: int = 0) -> Tissue:
    law, looks = draw(NeedlingParameters, n, seed), draw(AppearanceParameters, n, seed)
    deflection = draw_one(zones()[_SITE].key("deflection_factor"), n, seed)
    pick = uniforms(seed, "outcomes.device", n) * len(_KINDS)
    depth = np.empty(n)
    for index, one in enumerate(_KINDS):
        printed = None if length_mm is None else (length_mm, length_mm)
        length = integrated(printed, lambda one=one: published_lengths_mm(one), f"outcomes.length.{one}", n, seed)
        here = np.full(n, kind == one) if kind else np.floor(pick) == index
        depth[here] = reached_depth_mm(one, length, 0.0, deflection, law)[here]
    # density is hardly ever printed: an order of its own among the densities that studies may have used
    order = np.argsort(uniforms(seed, "outcomes.density", n))
    made = wound(depth, looks.reference_density_per_cm2[order], np.zeros(n), law)
    age = draw(ValidationParameters, n, seed).age_unreported_years
    people = People(age, np.zeros(n, dtype=bool), np.ones(n, dtype=np.int64))
    return session_tissue([made], people, seed)[0]
