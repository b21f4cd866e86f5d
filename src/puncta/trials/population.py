"""The people of a trial: traits, arm, operator, and how each of them keeps to the plan."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import normal_chance, normal_score, persons_from, uniforms
from puncta.frozen import frozen
from puncta.person import People
from puncta.trials.read import correlation
from puncta.trials.trial import TRAITS, Range, Trial

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
_NEVER = np.inf


@frozen
class TrialPeople:
    """Persons of a trial, one entry each.

    Parameters
    ----------
    person, trial : ndarray of int, shape (n,)
        Number of the person among all, and of the repeat of the trial.
    body : People
        Age, sex and phototype.
    severity_score : ndarray, shape (n,)
        Severity on the first scale before the trial.
    scar, zone : ndarray of int, shape (n,)
        Index into the population's types of scar and zones.
    arm : ndarray of int, shape (n,)
        Arm of a parallel trial; of a split-face trial whether sides are swapped: the first arm is on the left where 0.
    operator : ndarray of int, shape (n,)
        Who needles, counted over all repeats.
    lost_day : ndarray, shape (n,)
        Day after which the person does not come again; infinity for who stays.
    coming : ndarray, shape (n, 14)
        Uniform numbers that decide which sessions are kept.
    home_fraction : ndarray, shape (n,)
        Share of home care that is used.
    protected : ndarray of bool, shape (n,)
        Whether the person keeps out of the sun.
    """

    person: Whole
    trial: Whole
    body: People
    severity_score: Array
    scar: Whole
    zone: Whole
    arm: Whole
    operator: Whole
    lost_day: Array
    coming: Array
    home_fraction: Array
    protected: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """How many."""
        return self.person.shape[0]


def trial_people(trial: Trial, first: int, n: int) -> TrialPeople:
    """Draw persons of a trial.

    Parameters
    ----------
    trial : Trial
        The trial.
    first : int
        Number of the first person among all repeats.
    n : int
        How many.

    Returns
    -------
    TrialPeople
        The same person has the same traits however many are drawn at once.

    Examples
    --------
    >>> from puncta.trials.read import read_trial
    >>> trial = read_trial("examples/trials/split_face.toml")
    >>> all_of_them, some = trial_people(trial, 0, 50), trial_people(trial, 20, 5)
    >>> bool((all_of_them.body.age_years[20:25] == some.body.age_years).all())
    True
    """
    seed, people, conduct = trial.seed, trial.population, trial.conduct
    person = np.arange(first, first + n, dtype=np.int64)
    repeat = person // trial.people_count
    with persons_from(first):

        def u(name: str) -> Array:
            return uniforms(seed, f"trials.{name}", n)

        own = [normal_score(u(f"person.{name}")) for name in TRAITS]
        # sums by hand: a product of matrices may round a person differently in other company
        score = [sum(weight * z for weight, z in zip(row, own, strict=True)) for row in _mixing(people.correlated)]
        share = {name: normal_chance(np.asarray(z)) for name, z in zip(TRAITS, score, strict=True)}
        types = np.array([number for number, _ in people.phototype], dtype=np.int64)
        order = np.argsort(types)
        shares = np.array([share for _, share in people.phototype])[order]
        body = People(
            _within(people.age_years, share["age_years"]),
            share["female"] < 1.0 - people.female_fraction,  # a high score is a woman
            types[order][_picked(shares, share["phototype"])],
        )
        # numerics: an end of the interval would be lost for ever or never
        staying = 1.0 - u("conduct.lost")
        hazard = -np.log1p(-conduct.drop_out_fraction) / trial.visit_days[-1]
        coming = np.stack([u(f"conduct.session.{index}") for index in range(_SESSIONS)], axis=1)
        kept = conduct.home_kept_fraction
        arm = _sides(trial, n, u("sides")) if trial.split else _allocated(trial, person)
        fold = np.ones(n) if trial.split else np.array([one.drop_out_fold for one in trial.arms])[arm]
        with np.errstate(divide="ignore"):
            lost = -np.log(staying) / (hazard * fold) if hazard > 0 else np.full(n, _NEVER)
        operators = max(conduct.operators_count, 1)
        return TrialPeople(
            person=person,
            trial=repeat,
            body=body,
            severity_score=_within(people.severity_score, share["severity_score"]),
            scar=_picked(np.array([share for _, share in people.scar_type]), u("person.scar")),
            zone=_picked(np.array([share for _, share in people.zone]), u("person.zone")),
            arm=arm,
            operator=repeat * operators + np.floor(u("conduct.operator") * operators).astype(np.int64),
            lost_day=lost,
            coming=coming,
            # people differ in how much they use: as much above the mean as below it
            home_fraction=np.clip(kept + (2.0 * u("conduct.home") - 1.0) * min(kept, 1.0 - kept), 0.0, 1.0),
            protected=u("conduct.sunscreen") < conduct.sunscreen_kept_fraction,
        )


_SESSIONS = 14  # numerics: as many as a trial file may ask for


def _mixing(pairs: tuple[tuple[str, str, float], ...]) -> list[list[float]]:
    return np.linalg.cholesky(correlation(pairs)).tolist()


def kept_sessions(trial: Trial, people: TrialPeople, session_days: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which sessions each person comes to, shape (n, sessions); nobody misses the first."""
    days = np.array(session_days, dtype=float)
    came = people.coming[:, : days.shape[0]] < trial.conduct.sessions_kept_fraction
    came[:, :1] = True
    return came & (days[None, :] <= people.lost_day[:, None])


def _within(given: Range, share: Array) -> Array:
    if given.sd == 0.0:
        return np.full(share.shape, given.mean)
    ends = normal_chance((np.array([given.low, given.high]) - given.mean) / given.sd)
    inside = np.clip(ends[0] + share * (ends[1] - ends[0]), np.finfo(float).tiny, 1.0 - np.finfo(float).epsneg)
    return np.clip(given.mean + given.sd * normal_score(inside), given.low, given.high)


def _picked(shares: Array, u: Array) -> Whole:
    ends = np.cumsum(shares)
    return np.minimum(np.searchsorted(ends / ends[-1], u, side="right"), shares.shape[0] - 1).astype(np.int64)


def _sides(trial: Trial, n: int, u: Array) -> Whole:
    return (u < 0.5).astype(np.int64)


def _allocated(trial: Trial, person: Whole) -> Whole:
    """Permuted blocks within each repeat, so that arms stay level however few have been taken in."""
    slots = np.repeat(np.arange(len(trial.arms)), [one.ratio for one in trial.arms])
    slots = np.tile(slots, 2)
    size = slots.shape[0]
    per_trial = -(-trial.people_count // size)
    within = person % trial.people_count
    block = person // trial.people_count * per_trial + within // size
    low, high = int(block[0]), int(block[-1]) + 1
    with persons_from(0):
        drawn = uniforms(trial.seed, "trials.allocation", (high - low) * size, low * size).reshape(-1, size)
    order = np.argsort(np.argsort(drawn, axis=1), axis=1)
    return slots[order[block - low, within % size]].astype(np.int64)
