"""Events: what goes wrong, by the chances of dark marks and by counts of other side effects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.safety import SafetyParameters, pih_probability, side_effects
from puncta.safety.side_effects import DARK_MARKS
from puncta.trials.change import Uniforms
from puncta.trials.population import TrialPeople
from puncta.trials.trial import Trial, TrialArm

Array = NDArray[np.float64]
_NEITHER = 0.5  # numerics: the prior that favours neither none nor all (Jeffreys)


@cache
def counted_chances() -> Mapping[str, float]:
    """Chance of each counted side effect over a course, from all series that counted it.

    Examples
    --------
    >>> round(counted_chances()["tram_track"], 2)
    0.08
    """
    out = {}
    for effect, counts in side_effects().items():
        seen = [(one.marked_count or 0, one.people_count) for one in counts if one.people_count]
        if effect != DARK_MARKS and seen:
            marked, people = (sum(column) for column in zip(*seen, strict=True))
            out[effect] = (marked + _NEITHER) / (people + 2.0 * _NEITHER)
    return out


def dark_mark_probability(
    trial: Trial, people: TrialPeople, injury_mm3_per_cm2: Array, sessions: Array, law: SafetyParameters
) -> Array:
    """Chance of dark marks over the sessions that each person came to, shape (n,)."""
    melasma = trial.concern == "melasma"
    total = injury_mm3_per_cm2 * sessions
    shaded, exposed = (
        pih_probability(people.body.phototype, total, sunscreen, melasma, False, law) for sunscreen in (True, False)
    )
    return np.where(people.protected, shaded, exposed)


def happened(arm: TrialArm, marks: Array, u: Uniforms) -> Mapping[str, NDArray[np.bool_]]:
    """Which events each person of a needled arm has; whoever has no channels has none.

    Parameters
    ----------
    arm : TrialArm
        The arm.
    marks : ndarray, shape (n,)
        Chance of dark marks.
    u : callable
        Uniform numbers of these persons.
    """
    chances: dict[str, Array | float] = {DARK_MARKS: marks, **counted_chances()}
    return {name: u(f"event.{name}.{arm.name}") < chance for name, chance in chances.items()}
