"""Observe: which simulated figure stands beside which published quantity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.errors import EvidenceError, nearest
from puncta.evidence.mechanism import MechanismRow
from puncta.validation import surface, tissue
from puncta.validation.bench import Bench

Array = NDArray[np.float64]

#: Directions that the model's form gives whatever its values are: agreement says little.
BUILT_IN = frozenset(
    ("closing_age_fold", "water_loss_fold", "water_loss_deeper_fold", "elastin_new", "elastin_old", "wound_elastin_old")
)


@cache
def observables() -> Mapping[str, Callable[[MechanismRow, Bench], Array]]:
    """All observables by the name that the rows use.

    Examples
    --------
    >>> "closing_hours" in observables()
    True
    """
    at_surface = {
        "depth_mm": surface.depth_mm,
        "closing_half_hours": surface.closing_half_hours,
        "closing_hours": surface.closing_hours,
        "closing_age_fold": surface.closing_age_fold,
        "water_loss_fold": surface.water_loss_fold,
        "water_loss_deeper_fold": surface.water_loss_deeper_fold,
        "pain_score": surface.pain,
        "pain_length_fold": surface.pain_length_fold,
        "pain_number_fold": surface.pain_number_fold,
    }
    return MappingProxyType({**at_surface, **dict(tissue.observables())})


def observe(row: MechanismRow, bench: Bench) -> Array:
    """Simulate what a row's study read.

    Parameters
    ----------
    row : MechanismRow
        A usable row.
    bench : Bench
        Simulated studies.

    Returns
    -------
    ndarray, shape (n,)
        The observable in the row's unit, before errors of sampling.

    Raises
    ------
    EvidenceError
        Where the row names no observable.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> bool(np.median(observe(mechanism_row("T029"), Bench(40, seed=0))) < 1.5)
    True
    """
    known = observables()
    if row.quantity not in known:
        raise EvidenceError(f"{row.key}: no observable {row.quantity!r}; nearest: {nearest(row.quantity, known)}")
    return known[row.quantity](row, bench)
