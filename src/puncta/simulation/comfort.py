"""How it feels and looks on the way: pain, redness that is seen, dark marks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from puncta.case import Reply
from puncta.evidence import draw, draw_one, parameter_keys
from puncta.frozen import frozen
from puncta.needling import Needled
from puncta.safety import (
    PainParameters,
    SafetyParameters,
    has_melasma,
    pain_score,
    pih_probability,
    residual_pain_fraction,
    seen_from_delta_a,
    visible_hours,
    visible_redness,
)
from puncta.simulation.needling import NeedledGroup
from puncta.simulation.outcome import Quantity
from puncta.simulation.run import Run, scalar
from puncta.skin import zone

Array = NDArray[np.float64]
_HOURS_PER_DAY = 24.0
_LIGHTEST = 1

_PAIN_KEYS = parameter_keys(PainParameters)
# numerics: phototypes are names, not amounts
_FIRST_DARK = 4
_PIH_KEYS = (
    "safety.pih_light_probability",
    "safety.pih_step_3_fold",
    "safety.pih_step_4_fold",
    "safety.pih_step_5_fold",
    "safety.pih_step_6_fold",
    "safety.pih_reference_injury_mm3_per_cm2",
    "safety.pih_injury_power",
    "safety.pih_injury_gate_mm3_per_cm2",
)


@frozen
class Comfort:
    """Laws and circumstances of comfort, one entry per draw.

    Parameters
    ----------
    law : SafetyParameters
        Draws of dark marks and redness.
    pain : PainParameters
        Draws of pain.
    residual_fraction : ndarray, shape (n,)
        Share of the pain that the cream leaves; 1 without cream.
    cream_keys : tuple of str
        Evidence keys of the cream.
    """

    law: SafetyParameters
    pain: PainParameters
    residual_fraction: Array
    cream_keys: tuple[str, ...]


def comfort(run: Run) -> Comfort:
    """Draw the laws of comfort for a run, with the cream where one is used.

    Examples
    --------
    >>> from puncta.case import Course, read_case
    >>> from puncta.simulation.run import prepare
    >>> run = prepare(read_case("examples/acne_scars.toml"), Course("untreated", ()), 5, seed=0)
    >>> comfort(run).cream_keys
    ('numbing.lidocaine_prilocaine.residual_pain_fraction',)
    """
    residual = residual_pain_fraction(run.case, run.draws_count, run.seed)
    cream = run.case.numbing
    used = cream is not None and bool(np.any(residual < 1.0))
    keys = (f"numbing.{cream.product}.residual_pain_fraction",) if cream is not None and used else ()
    n, seed = run.draws_count, run.seed
    return Comfort(draw(SafetyParameters, n, seed), draw(PainParameters, n, seed), residual, keys)


def session_pain(run: Run, zone_name: str, done: Needled, how: Comfort) -> Array:
    """Pain of one session in one zone.

    Parameters
    ----------
    run : Run
        The run.
    zone_name : str
        Zone with side.
    done : Needled
        The session.
    how : Comfort
        Laws and cream.

    Returns
    -------
    ndarray, shape (n,)
        Score, 0 to 10.

    Examples
    --------
    >>> from puncta.case import Course, ZoneSetting, read_case
    >>> from puncta.simulation.needling import needle_groups
    >>> from puncta.simulation.run import prepare
    >>> once = Course.regular("gentle", (ZoneSetting("cheek_left", 1.0, 4),), 1, 28)
    >>> run = prepare(read_case("examples/acne_scars.toml"), once, 50, seed=0)
    >>> score = session_pain(run, "cheek_left", needle_groups(run)[0].first, comfort(run))
    >>> bool((score >= 0).all() and (score <= 10).all())
    True
    """
    factor = draw_one(zone(zone_name).key("pain_factor"), run.draws_count, run.seed)
    length = np.full(run.draws_count, done.length_mm)
    return pain_score(length, done.at_once, factor, how.residual_fraction, how.pain)


def pain_quantities(run: Run, needled: tuple[NeedledGroup, ...], how: Comfort) -> Iterator[Quantity]:
    """Pain of the first session per zone, with the cream where one is planned."""
    at_once = ()
    if run.device.kind == "roller":
        drum = [run.device.key_of(name) for name in ("drum_cm", "rows") if name in run.device.record.figures]
        at_once = ("pattern.roller_sunk_mm", *drum)
    for entry in needled:
        for name in entry.group.zones:
            keys = (*entry.first.rests_on, *at_once, *_PAIN_KEYS, zone(name).key("pain_factor"), *how.cream_keys)
            score = session_pain(run, name, entry.first, how)
            yield Quantity("pain_score", name, None, *scalar(score), rests_on=keys, limits="limits.pain")


def redness_quantities(
    run: Run, zone_names: tuple[str, ...], latent: Array, keys: tuple[str, ...], law: SafetyParameters
) -> Iterator[Quantity]:
    """Redness as light skin would show it, as this skin shows it, and for how many hours after the first session.

    Parameters
    ----------
    run : Run
        The run, with its skin colour.
    zone_names : tuple of str
        Zones that share this redness.
    latent : ndarray, shape (n, t)
        Change of a* on light skin.
    keys : tuple of str
        Evidence keys behind it.
    law : SafetyParameters
        Draws, shape (n,).
    """
    types = run.people.phototype
    thresholds = [
        "safety.redness_seen_light_delta_a" if types.min() < _FIRST_DARK else "",
        "safety.redness_seen_dark_delta_a" if types.max() >= _FIRST_DARK else "",
    ]
    visible = visible_redness(latent, run.tone)
    threshold = seen_from_delta_a(types, law)
    until = run.session_days[1] if len(run.session_days) > 1 else np.inf
    first = run.days < until
    hours = visible_hours(run.days[first] * _HOURS_PER_DAY, visible[:, first], threshold)
    light = np.full(run.draws_count, _LIGHTEST, dtype=np.int64)
    inflamed = visible_hours(run.days[first] * _HOURS_PER_DAY, latent[:, first], seen_from_delta_a(light, law))
    shown = (*keys, *run.tone.rests_on)
    seen = (*shown, *(key for key in thresholds if key))
    for name in zone_names:
        yield Quantity("redness_latent_delta_a", name, None, run.days, latent, keys, "limits.redness")
        yield Quantity("redness_visible_delta_a", name, None, run.days, visible, shown, "limits.redness")
        yield Quantity("redness_visible_hours", name, None, *scalar(hours), rests_on=seen, limits="limits.redness")
        yield Quantity("inflammation_hours", name, None, *scalar(inflamed), rests_on=keys, limits="limits.redness")


def dark_mark_quantities(run: Run, needled: tuple[NeedledGroup, ...], law: SafetyParameters) -> Iterator[Quantity]:
    """Chance of dark marks over the whole course, from the zone that is injured most."""
    if not needled:
        return
    totals = [
        np.sum([done.wound.injury_mm3_per_cm2 for done in entry.sessions if done is not None], axis=0)
        for entry in needled
    ]
    worst = np.max(totals, axis=0)
    history = run.case.history.get("dark_marks_after_healing")
    melasma = any(has_melasma(run.case, name) for entry in needled for name in entry.group.zones)
    had_marks = history is not None and history.reply is Reply.YES
    chance = pih_probability(run.people.phototype, worst, run.case.home_care.sunscreen, melasma, had_marks, law)
    keys = [*(key for entry in needled for key in entry.first.rests_on), *_PIH_KEYS]
    keys += [] if run.case.home_care.sunscreen else ["safety.pih_no_sunscreen_fold"]
    keys += ["safety.pih_melasma_fold"] if melasma else []
    keys += ["safety.pih_history_fold"] if had_marks else []
    yield Quantity(
        "pih_probability", None, None, *scalar(chance), rests_on=tuple(sorted(set(keys))), limits="limits.pih"
    )
