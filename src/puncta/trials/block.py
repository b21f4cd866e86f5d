"""The block: a fixed number of neighbouring people, simulated whole; the piece of work that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import persons_from
from puncta.skin import zone
from puncta.trials.change import gone_fraction, person_uniforms
from puncta.trials.doses import dose_ug_per_cm2
from puncta.trials.events import dark_mark_probability, happened
from puncta.trials.needled import BlockSkin, arm_tissue, block_skin, healed_figures, session_done
from puncta.trials.population import TrialPeople, kept_sessions, trial_people
from puncta.trials.readings import readings_of
from puncta.trials.rows import Index, repeated, rows
from puncta.trials.trial import Trial, TrialArm
from puncta.trials.worlds import Worlds, worlds_of

Array = NDArray[np.float64]
Columns = Mapping[str, Any]
#: People of a block. Healing and linear algebra see the same company whatever the chunk, so that bytes repeat.
BLOCK = 1024  # numerics: about half a second of work
_FIGURES = (
    *("depth_mm", "density_per_cm2", "opened_area_fraction", "injury_mm3_per_cm2", "bleeding_fraction"),
    *("minutes", "pain_score", "redness_visible_hours", "inflammation_hours", "pih_probability", "dose_ug_per_cm2"),
)
_TISSUE = (
    *("collagen_fold", "collagen_mature_fold", "elastin_new_fraction", "elastin_total_fold"),
    *("epidermis_fold", "redness_visible_delta_a"),
)


def blocks_count(trial: Trial) -> int:
    """Blocks of a trial with all its repeats.

    Examples
    --------
    >>> from puncta.trials.read import read_trial
    >>> blocks_count(read_trial("examples/trials/split_face.toml")) > 0
    True
    """
    return -(-trial.persons_count // BLOCK)


def people_worlds(trial: Trial, people: TrialPeople) -> Worlds:
    """The worlds of persons, one entry for each."""
    first, last = int(people.trial[0]), int(people.trial[-1])
    return rows(_spread(worlds_of(trial, first, last - first + 1)), people.trial - first)


def _spread(worlds: Worlds) -> Worlds:
    """A single world twice, so that its entries are taken by person and not for all."""
    return worlds if worlds.study.shape[0] > 1 else repeated(worlds, 2)


def run_block(trial: Trial, number: int) -> dict[str, Columns]:
    """Simulate one block of people with everything that happens to them.

    Parameters
    ----------
    trial : Trial
        The trial.
    number : int
        Which block, from 0.

    Returns
    -------
    dict of str to mapping of str to ndarray
        Tidy columns of ``people``, ``arms`` (one row for each person and arm), ``tissue`` (and visit), ``readings``
        (and scale) and ``events``.

    Notes
    -----
    A block is always simulated whole, also where the trial ends inside it, and alone: its bytes do not depend on the
    chunk, the executor or the number of threads. Limits: ``limits.trials`` and those of every step.

    Examples
    --------
    >>> from puncta.trials.read import read_trial
    >>> made = run_block(read_trial("examples/trials/split_face.toml"), 0)
    >>> sorted(made)
    ['arms', 'events', 'people', 'readings', 'tissue']
    """
    first = number * BLOCK
    keep = min(BLOCK, trial.persons_count - first)
    people = trial_people(trial, first, BLOCK)
    worlds = people_worlds(trial, people)
    parts: dict[str, list[Columns]] = {"arms": [], "tissue": [], "readings": [], "events": []}
    with persons_from(first):
        needled = any(arm.does == "needled" for arm in trial.arms)
        skin = block_skin(trial, people) if needled else None
        for index, arm in enumerate(trial.arms):
            _arm(trial, arm, index, people, worlds, skin, first, keep, parts)
    made = {name: _joined(tables) for name, tables in parts.items()}
    return {"people": _people(trial, people, keep), **made}


def _arm(
    trial: Trial, arm: TrialArm, index: int, people: TrialPeople, worlds: Worlds, skin: BlockSkin | None,
    first: int, keep: int, parts: dict[str, list[Columns]],
) -> None:  # fmt: skip
    who = np.arange(BLOCK) if trial.split else np.flatnonzero(people.arm == index)
    if who.shape[0] == 0:
        return
    every = person_uniforms(trial, first, BLOCK)

    def u(name: str) -> Array:
        return every(name)[who]

    here, theirs = rows(people, who), rows(worlds, who)
    came = kept_sessions(trial, people, arm.session_days)
    figures = {name: np.full(who.shape[0], np.nan) for name in _FIGURES}
    tissue, over_time = None, None
    events: Mapping[str, NDArray[np.bool_]] = {}
    if arm.does == "needled" and skin is not None:
        done = session_done(trial, arm, people, skin)
        tissue = arm_tissue(done, people, skin, worlds.law, who)
        single, over_time = healed_figures(trial, arm, done, came, people, skin, who)
        made = rows(done.wound, who)
        wounds = {name: getattr(made, name) for name in _FIGURES[:5]}  # numerics: those of the wound
        marks = dark_mark_probability(
            trial, here, made.injury_mm3_per_cm2, came[who].sum(axis=1).astype(float), rows(skin.safety, who)
        )
        figures |= {**wounds, **single, "pih_probability": marks}
        figures |= {"minutes": done.minutes[who], "pain_score": done.pain_score[who]}
        if arm.product:
            figures["dose_ug_per_cm2"] = dose_ug_per_cm2(trial, arm.name, done, people, skin)[who]
        events = happened(arm, marks, u)
    gone = gone_fraction(trial, arm, here, tissue, theirs, u)
    shown = who < keep
    parts["arms"].append(
        {
            **_ids(trial, arm, here, shown),
            "side": np.array(_sides(trial, index, here))[shown],
            "sessions": came[who][shown].sum(axis=1).astype(np.int16),
            **{name: values[shown].astype(np.float32) for name, values in figures.items()},
        }
    )
    if over_time is not None:
        parts["tissue"].append(_by_visit(trial, arm, here, shown, {name: over_time[name] for name in _TISSUE}))
    for key, reading in readings_of(trial, arm, here, gone, theirs, u).items():
        columns = {"truth_score": reading.truth_score, "read_score": reading.read_score}
        table = _by_visit(trial, arm, here, shown, columns)
        parts["readings"].append({**table, "scale": np.full(table["person"].shape[0], key)})
    parts["events"].append(_events(trial, arm, here, shown, events, came[who]))


def _ids(trial: Trial, arm: TrialArm, people: TrialPeople, shown: NDArray[np.bool_]) -> dict[str, Any]:
    person = people.person[shown]
    return {
        "person": person,
        "trial": people.trial[shown].astype(np.int32),
        "arm": np.full(person.shape[0], arm.name),
    }


def _sides(trial: Trial, index: int, people: TrialPeople) -> list[str]:
    if not trial.split:
        return [""] * people.n
    left, right = ("left", "right") if index == 0 else ("right", "left")
    return [right if swapped else left for swapped in people.arm]


def _by_visit(
    trial: Trial, arm: TrialArm, people: TrialPeople, shown: NDArray[np.bool_], figures: Mapping[str, Array]
) -> dict[str, Any]:
    """One row for each person and visit."""
    visits = len(trial.visit_days)
    ids = {name: np.repeat(values, visits) for name, values in _ids(trial, arm, people, shown).items()}
    count = int(shown.sum())
    return {
        **ids,
        "day": np.tile(np.array(trial.visit_days, dtype=np.int32), count),
        **{name: values[shown].ravel().astype(np.float32) for name, values in figures.items()},
    }


def _events(
    trial: Trial, arm: TrialArm, people: TrialPeople, shown: NDArray[np.bool_],
    events: Mapping[str, NDArray[np.bool_]], came: NDArray[np.bool_],
) -> dict[str, Any]:  # fmt: skip
    """One row for each event, seen at the first visit after the last session that the person came to."""
    visits = np.array(trial.visit_days)
    days = np.array(arm.session_days or (0,))
    last = days[came.shape[1] - 1 - np.argmax(came[:, ::-1], axis=1)] if came.shape[1] else np.zeros(people.n, int)
    seen = visits[np.minimum(np.searchsorted(visits, last, side="right"), visits.shape[0] - 1)]
    tables = []
    for name, who in events.items():
        # whoever stays away is seen by nobody
        found: Index = np.flatnonzero(who & shown & (seen <= people.lost_day))
        tables.append(
            {
                "person": people.person[found],
                "trial": people.trial[found].astype(np.int32),
                "arm": np.full(found.shape[0], arm.name),
                "event": np.full(found.shape[0], name),
                "day": seen[found].astype(np.int32),
            }
        )
    return _joined(tables) if tables else _no_events()


def _no_events() -> dict[str, Any]:
    none = np.zeros(0, dtype=np.int64)
    return {
        "person": none,
        "trial": none.astype(np.int32),
        "arm": none.astype(str),
        "event": none.astype(str),
        "day": none.astype(np.int32),
    }


def _joined(tables: list[Columns]) -> dict[str, Any]:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]} if tables else {}


def _people(trial: Trial, people: TrialPeople, keep: int) -> dict[str, Any]:
    zones = np.array([zone(name).base for name, _ in trial.population.zone])
    scars = np.array([name for name, _ in trial.population.scar_type])
    sexes = np.array(["female", "male"])
    some = rows(people, np.arange(keep))
    staying = np.where(some.lost_day <= trial.visit_days[-1], some.lost_day, np.nan)
    return {
        "person": some.person,
        "trial": some.trial.astype(np.int32),
        "age_years": some.body.age_years.astype(np.float32),
        "sex": sexes[some.body.male.astype(int)],
        "phototype": some.body.phototype.astype(np.int8),
        "severity_score": some.severity_score.astype(np.float32),
        "scar_type": scars[some.scar],
        "zone": zones[some.zone],
        "operator": some.operator.astype(np.int32),
        "home_fraction": some.home_fraction.astype(np.float32),
        "protected": some.protected,
        "lost_day": staying.astype(np.float32),
    }
