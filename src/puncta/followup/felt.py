"""Felt: redness, pain and dark marks over all people, for what was set; the places that a person keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, Course, Reply, Session, ZoneSetting
from puncta.evidence import draw
from puncta.followup.dose import Dose, Doses
from puncta.safety import SafetyParameters, has_melasma, pih_probability
from puncta.simulation import comfort, prepare, session_pain, simulate

Array = NDArray[np.float64]
_HORIZON = 21.0  # numerics: days within which the redness of one session has long gone


def reddest(doses: Doses, every: Sequence[Dose]) -> Dose | None:
    """The dose of the first visit that injures most; None without visits."""
    first = [dose for dose in every if dose.day == every[0].day] if every else []
    return max(first, key=lambda one: float(np.median(doses.of(one).wound.injury_mm3_per_cm2)), default=None)


def nearest_passes(doses: Doses, dose: Dose) -> int | None:
    """Whole passes of one dose: as counted, else those that come nearest to the density.

    Parameters
    ----------
    doses : Doses
        Gives wounds.
    dose : Dose
        Of one zone at one visit.
    """
    if dose.density_per_cm2 is None:
        return dose.passes
    done = doses.of(dose)
    one = float(np.median(done.one_pass.density_per_cm2))
    return max(1, round(float(np.median(done.wound.density_per_cm2)) / one))


def redness_hours(case: Case, doses: Doses, dose: Dose) -> Array:
    """Hours of redness after one visit in one zone, as this skin shows it, shape (n,).

    Parameters
    ----------
    case : Case
        The case.
    doses : Doses
        Gives draws and wounds.
    dose : Dose
        The visit; a counted density is taken as the nearest whole passes.
    """
    passes = nearest_passes(doses, dose)
    setting = ZoneSetting(dose.zone, dose.dial_mm, passes)
    case = replace(case, device=replace(case.device, device=dose.device)) if dose.device != case.device.device else case
    once = Course("once", (Session(0, (setting,)),))
    found = simulate(case, once, draws=doses.n, seed=doses.seed, horizon=_HORIZON)
    return found[f"redness_visible_hours@{dose.zone}"].values[:, 0]


def pain_scores(case: Case, doses: Doses, dose: Dose, numbed: bool) -> Array:
    """Pain of one visit in one zone, 0 to 10, shape (n,).

    Parameters
    ----------
    case : Case
        Gives the cream.
    doses : Doses
        Gives draws and lengths.
    dose : Dose
        The visit.
    numbed : bool
        Whether the cream was used as planned.
    """
    run = prepare(case, Course("untreated", ()), doses.n, doses.seed)
    how = comfort(run)
    if not numbed:
        how = replace(how, residual_fraction=np.ones(doses.n))
    return session_pain(run, dose.zone, doses.of(dose), how)


def marks_probability(case: Case, doses: Doses, every: Sequence[Dose]) -> Array:
    """Chance of dark marks over some visits together, shape (n,).

    Parameters
    ----------
    case : Case
        The person.
    doses : Doses
        Gives draws and wounds.
    every : sequence of Dose
        The visits.
    """
    return marks_of_injury(case, doses, doses.injury_mm3_per_cm2(every), [dose.zone for dose in every])


def marks_of_injury(case: Case, doses: Doses, injury_mm3_per_cm2: Array, zones: Iterable[str]) -> Array:
    """Chance of dark marks over an injury, shape (n,).

    Parameters
    ----------
    case : Case
        The person.
    doses : Doses
        Gives draws.
    injury_mm3_per_cm2 : ndarray, shape (n,)
        Injured volume of all visits together, in the zone that is injured most.
    zones : iterable of str
        Where.
    """
    history = case.history.get("dark_marks_after_healing")
    return pih_probability(
        doses.people.phototype,
        injury_mm3_per_cm2,
        case.home_care.sunscreen,
        any(has_melasma(case, name) for name in zones),
        history is not None and history.reply is Reply.YES,
        draw(SafetyParameters, doses.n, doses.seed),
    )
