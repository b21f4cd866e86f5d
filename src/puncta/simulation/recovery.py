"""Recovery: the days after the first session, day by day, with the redness that is seen and what lies beneath."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, Course
from puncta.errors import InputError, Problem
from puncta.evidence import draw, parameter_keys
from puncta.frozen import frozen
from puncta.messages import text
from puncta.person import People
from puncta.safety import SafetyParameters, seen_from_delta_a, skin_tone
from puncta.safety.envelope import EVENING_DAY
from puncta.safety.recovery_signs import (
    NEAR_EYE,
    SIGNS,
    RecoveryParameters,
    bump_signs,
    last_day_above,
    redness_grade,
)
from puncta.safety.swatch import redness_swatches
from puncta.simulation.outcome import Outcome, Quantity
from puncta.simulation.run import scalar
from puncta.simulation.simulate import DRAWS, simulate
from puncta.skin import zone

Array = NDArray[np.float64]
_HOURS_PER_DAY = 24.0
_LIGHTEST = 1
# numerics: days shown, the evening of the session first, and how far a recovery is followed
SHOWN_DAYS = (EVENING_DAY, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 10.0, 14.0, 21.0, 28.0)
_HORIZON = 35.0


@frozen
class Recovery:
    """The days after the first session in one zone, in draws.

    Parameters
    ----------
    case : Case
        The case.
    course : Course
        Its first session alone.
    zone : str
        The zone.
    depth_mm : float
        Depth reached there, median.
    seed, draws_count : int
        Seed and number of draws.
    days : ndarray, shape (t,)
        Days followed.
    signs : mapping of str to Quantity
        Grades 0 to 3 by sign over the days.
    redness : Quantity
        Change of a* that is seen.
    redness_gone_days, inflammation_gone_days : Quantity
        Days until redness is no longer seen, and until inflammation is gone.
    swatches : tuple of str
        Colour of the skin at rest, then on each of `SHOWN_DAYS`, for daylight D65.
    pih_probability : Quantity or None
        Chance of dark marks after this session.
    law : RecoveryParameters
        Draws behind the signs.
    """

    case: Case
    course: Course
    zone: str
    depth_mm: float
    seed: int
    draws_count: int
    days: Array
    signs: Mapping[str, Quantity]
    redness: Quantity
    redness_gone_days: Quantity
    inflammation_gone_days: Quantity
    swatches: tuple[str, ...]
    pih_probability: Quantity | None
    law: RecoveryParameters

    @property
    def assumed_count(self) -> int:
        """How many of the figures behind it are assumed."""
        return self.case.library.trace(self._rests_on).assumed_count

    @property
    def parameters_count(self) -> int:
        """How many figures stand behind it."""
        return len(self.case.library.trace(self._rests_on).parameters)

    @property
    def _rests_on(self) -> tuple[str, ...]:
        every = (*self.signs.values(), self.redness, self.redness_gone_days, self.inflammation_gone_days)
        return tuple(sorted({key for quantity in every for key in quantity.rests_on}))


def recovery(
    case: Case, course: Course, *, zone_name: str | None = None, draws: int = DRAWS, seed: int = 0
) -> Recovery:
    """Forecast the days after the first session of a course.

    Parameters
    ----------
    case : Case
        The case.
    course : Course
        The course; its first session counts.
    zone_name : str, optional
        Zone with side; None takes the one that stays inflamed longest.
    draws : int
        Number of draws.
    seed : int
        Seed; equal seeds give equal results.

    Returns
    -------
    Recovery
        Redness, warmth, swelling, dryness, peeling and sensitivity by day with bands; when redness is gone to the eye,
        and when inflammation is gone, which on dark skin is later.

    Raises
    ------
    InputError
        Where the course has no session, or does not needle the zone.

    Notes
    -----
    Limits: ``limits.recovery``, ``limits.redness``. Sources: those of healing and of skin colour; chu_2021,
    hkjdv_2018, minh_2019, puncta_judgement.

    Examples
    --------
    >>> from puncta.case import ZoneSetting, read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> found = recovery(case, Course.regular("gentle", (ZoneSetting("cheek_left", 1.0, 4),), 1, 28), draws=20)
    >>> bool(found.signs["redness"].at(7.0).mean() < found.signs["redness"].at(1.0).mean())
    True
    """
    if not course.sessions:
        raise _refused("course", course.name, "no_session")
    once = replace(course, sessions=(replace(course.sessions[0], day=0),))
    outcome = simulate(case, once, draws=draws, seed=seed, horizon=_HORIZON)
    name = (
        zone_name
        or max(outcome.named("inflammation_hours"), key=lambda q: (float(np.median(q.values)), q.zone or "")).zone
    )
    if name is None or f"redness_latent_delta_a@{name}" not in outcome.quantities:
        raise _refused("zone", zone_name or "", "not_needled")
    return _in_zone(case, once, name, outcome)


def _refused(field: str, given: str, key: str) -> InputError:
    words = (text(f"recovery.{key}.{part}") for part in ("allowed", "why", "do"))
    return InputError("recovery", [Problem(field, given, *words)])


def _in_zone(case: Case, course: Course, name: str, outcome: Outcome) -> Recovery:
    n, seed = outcome.draws_count, outcome.seed
    law, safety = draw(RecoveryParameters, n, seed), draw(SafetyParameters, n, seed)
    types = People.like(case.person, n, seed).phototype
    seen_from = seen_from_delta_a(types, safety)
    light_from = seen_from_delta_a(np.full(n, _LIGHTEST, dtype=np.int64), safety)
    latent, visible = outcome[f"redness_latent_delta_a@{name}"], outcome[f"redness_visible_delta_a@{name}"]
    depth, cells = outcome[f"depth_mm@{name}"], outcome[f"inflammation_fraction@{name}"]
    days = visible.days
    grades = {
        "redness": redness_grade(visible.values, seen_from, law),
        "warmth": redness_grade(latent.values, light_from, law),
        **bump_signs(days * _HOURS_PER_DAY, depth.values[:, 0], zone(name).base in NEAR_EYE, law),
    }
    behind = {
        "redness": (*visible.rests_on, "safety.redness_seen_light_delta_a", "safety.redness_seen_dark_delta_a"),
        "warmth": (*latent.rests_on, "safety.redness_seen_light_delta_a"),
    }
    own = parameter_keys(RecoveryParameters)
    signs = {
        sign: Quantity(
            f"{sign}_score",
            name,
            None,
            days,
            grades[sign],
            (*behind.get(sign, depth.rests_on), *own),
            "limits.recovery",
        )
        for sign in SIGNS
    }
    gone = last_day_above(days, visible.values, seen_from)
    calm = last_day_above(days, cells.values, law.inflammation_gone_fraction)
    marks = outcome.named("pih_probability")
    tone = skin_tone(case.person.ita_degrees, types, seed)
    shown = [0.0, *(float(np.median(latent.at(day))) for day in SHOWN_DAYS)]
    return Recovery(
        case=case,
        course=course,
        zone=name,
        depth_mm=float(np.median(depth.values)),
        seed=seed,
        draws_count=n,
        days=days,
        signs=MappingProxyType(signs),
        redness=visible,
        redness_gone_days=Quantity("redness_gone_days", name, None, *scalar(gone), behind["redness"], "limits.redness"),
        inflammation_gone_days=Quantity(
            "inflammation_gone_days",
            name,
            None,
            *scalar(calm),
            (*cells.rests_on, "recovery.inflammation_gone_fraction"),
            "limits.recovery",
        ),
        swatches=redness_swatches(np.array(shown), float(np.median(tone.melanin_fraction))),
        pih_probability=marks[0] if marks else None,
        law=law,
    )


def sign_bands(found: Recovery, day: float) -> dict[str, dict[str, Any]]:
    """Bands of all signs on a day: 10, 50 and 90 of 100 draws.

    Parameters
    ----------
    found : Recovery
        From `recovery`.
    day : float
        Days since the session.

    Examples
    --------
    >>> from puncta.case import ZoneSetting, read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> found = recovery(case, Course.regular("gentle", (ZoneSetting("cheek_left", 1.0, 4),), 1, 28), draws=20)
    >>> sorted(sign_bands(found, 2.0)["swelling"])
    ['high80', 'low80', 'median']
    """
    out = {}
    for sign, quantity in found.signs.items():
        low, median, high = np.percentile(quantity.at(day), [10.0, 50.0, 90.0])  # numerics: 80 of 100 draws
        out[sign] = {"low80": float(low), "median": float(median), "high80": float(high)}
    return out
