"""Simulate: what a course does to a person, step by step. Start reading here."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType

from puncta.case import Case, Course
from puncta.healing import Map
from puncta.simulation.appearance import appearance_quantities
from puncta.simulation.before import before_quantities
from puncta.simulation.biology import biology_quantities, heal_groups
from puncta.simulation.comfort import comfort, dark_mark_quantities, pain_quantities
from puncta.simulation.needling import needle_groups, needling_quantities
from puncta.simulation.outcome import Outcome
from puncta.simulation.run import prepare
from puncta.simulation.signal import SIGNAL_KEYS, session_tissue
from puncta.simulation.uptake import uptake_quantities

# numerics: draws that place the ends of an 80 % band to about a tenth of its width
DRAWS = 200


def simulate(
    case: Case,
    course: Course,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    horizon: float | None = None,
    map: Map | None = None,  # noqa: A002
) -> Outcome:
    """Simulate a course.

    Parameters
    ----------
    case : Case
        Person, skin, concerns and means.
    course : Course
        Sessions with settings per zone; none for an untreated person or home care alone.
    draws : int
        Number of draws, 2 or more; 200 gives the ends of an 80 % band to about a tenth of its width.
    seed : int
        Seed; equal seeds share people and parameters between courses, and give equal bytes.
    horizon : float or None
        Last day; None takes nine months, or four months after the last session.
    map : callable or None
        Runs pieces of the healing: any ``map`` of threads, processes or a cluster; None takes threads.

    Returns
    -------
    Outcome
        Named quantities with unit, band, what they rest on, and limits.

    Raises
    ------
    SimulationError
        Where more than a hundredth of the draws has no answer.

    Notes
    -----
    Limits: those of each quantity, and ``limits.draws``.

    Examples
    --------
    >>> from puncta.case import read_case, Course, ZoneSetting
    >>> case = read_case("examples/acne_scars.toml")
    >>> once = Course.regular("gentle", (ZoneSetting("cheek_left", 1.0, 4),), 1, 28)
    >>> outcome = simulate(case, once, draws=10)
    >>> bool(0.3 < outcome["depth_mm@cheek_left"].band().median[0] < 1.0)
    True
    """
    run = prepare(case, course, draws, seed, horizon, map)
    how = comfort(run)
    needled = needle_groups(run)
    with ThreadPoolExecutor(2) as beside:  # healing is machine code: figures that do not wait for it are made meanwhile
        healing = beside.submit(heal_groups, run, needled)
        wounds = [entry.first.wound for entry in needled]
        signal = beside.submit(session_tissue, wounds, run.people, seed, map) if wounds else None
        needling = (*needling_quantities(run, needled), *pain_quantities(run, needled, how))
        marks = tuple(dark_mark_quantities(run, needled, how.law))
        uptake = tuple(uptake_quantities(run, needled))
        if wounds:
            run.tone.mask  # noqa: B018 - what the skin's colour lets through of redness, for the figures after the wait
        answers = signal.result() if signal else []
        tissue = {name: a for entry, a in zip(needled, answers, strict=True) for name in entry.group.zones}
        looks = tuple(appearance_quantities(run, tissue, SIGNAL_KEYS))
        healed = healing.result()
    biology = (*biology_quantities(run, healed, how.law), *before_quantities(run, healed))
    quantities = (*needling, *biology, *marks, *looks, *uptake)
    return Outcome(case, course, seed, draws, MappingProxyType({q.key: q for q in quantities}))
