"""Rehearse: a trial many times over, without the healing of every single person: power, sizes, designs, assurance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters, Tissue
from puncta.errors import InputError, Problem
from puncta.evidence import nominal, persons_from
from puncta.frozen import frozen
from puncta.messages import text
from puncta.trials.analyse import compared_arms, share_error
from puncta.trials.block import BLOCK, people_worlds
from puncta.trials.change import gone_fraction, person_uniforms
from puncta.trials.closed_form import power_paired_t, power_proportional_odds, power_two_sample_t
from puncta.trials.compare import Compared
from puncta.trials.needled import arm_tissue, block_skin, session_done
from puncta.trials.population import TrialPeople, trial_people
from puncta.trials.readings import readings_of
from puncta.trials.rows import Index, repeated, rows
from puncta.trials.trial import Trial
from puncta.trials.worlds import Worlds

Array = NDArray[np.float64]
_BATCH = 16_384  # numerics: people at once, a few tens of megabytes
_REPEATS = 400  # numerics: a power of 0.8 to two points
_FEWEST, _MOST = 6, 2000  # numerics: sizes of trials that are searched
_STEP = 1.12  # numerics: sizes rise by an eighth


@frozen
class Rehearsal:
    """Readings of many repeats of a trial.

    Parameters
    ----------
    trial : Trial
        With the size and number of repeats that were rehearsed.
    first, second : ndarray, shape (repeats * people, visits)
        Readings of both arms; nan for who is missing or in another arm.
    """

    trial: Trial
    first: Array
    second: Array

    def compared(self, people: int | None = None, shift: float = 0.0) -> Compared:
        """The comparison in each repeat, with its first so many people alone."""
        count = people or self.trial.people_count
        shape = (-1, self.trial.people_count, len(self.trial.visit_days))
        some = [part.reshape(shape)[:, :count].reshape(-1, shape[2]) for part in (self.first, self.second)]
        return compared_arms(replace(self.trial, people_count=count), *some, shift=shift)


def tissue_pool(trial: Trial) -> Mapping[str, Tissue]:
    """The collagen answer of a thousand persons to one session of each needled arm, at the usual reference.

    Parameters
    ----------
    trial : Trial
        Its population, devices and settings count.

    Returns
    -------
    mapping of str to Tissue
        By arm, shape (1024,): the same persons as the first block of a whole simulation.
    """
    return _pool(replace(trial, people_count=BLOCK, trials_count=1, worlds="nominal"))


@lru_cache(maxsize=8)  # numerics: designs that are compared side by side
def _pool(trial: Trial) -> Mapping[str, Tissue]:
    people = trial_people(trial, 0, BLOCK)
    law = repeated(nominal(AppearanceParameters), BLOCK)
    with persons_from(0):
        skin = block_skin(trial, people)
        needled = [arm for arm in trial.arms if arm.does == "needled"]
        return {
            arm.name: arm_tissue(session_done(trial, arm, people, skin), people, skin, law, np.arange(BLOCK))
            for arm in needled
        }


def rehearse(
    trial: Trial,
    people: int | None = None,
    trials: int | None = None,
    worlds: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Rehearsal:
    """Hold a trial many times over.

    Parameters
    ----------
    trial : Trial
        The trial.
    people, trials : int or None
        People of each repeat, and repeats; None takes the trial's.
    worlds : str or None
        ``drawn`` or ``nominal``; None takes the trial's.
    progress : callable or None
        Called with the share done.

    Returns
    -------
    Rehearsal
        Readings of the two arms that are compared.

    Notes
    -----
    Traits, luck, adherence, drop-out and raters are each person's own, as in a whole simulation. What a session does in
    the tissue is taken from a pool of 1,024 persons (`tissue_pool`), at the usual reference whatever the world: a test
    says how close that is. Limits: ``limits.trials``.

    Examples
    --------
    >>> from puncta.trials.read import read_trial
    >>> held = rehearse(read_trial("examples/trials/split_face.toml"), people=12, trials=40)
    >>> held.compared().estimate.shape
    (40,)
    """
    own = replace(
        trial,
        people_count=people or trial.people_count,
        trials_count=trials or trial.trials_count,
        worlds=worlds or trial.worlds,
    )
    pool, names = tissue_pool(trial), (own.analysis.first, own.analysis.second)
    out = {name: np.full((own.persons_count, len(own.visit_days)), np.nan) for name in names}
    for first in range(0, own.persons_count, _BATCH):
        count = min(_BATCH, own.persons_count - first)
        here = trial_people(own, first, count)
        known = people_worlds(own, here)
        for name in names:
            who, read = _read(own, name, here, known, pool.get(name), first)
            out[name][first + who] = read
        if progress is not None:
            progress((first + count) / own.persons_count)
    return Rehearsal(own, out[names[0]], out[names[1]])


def _read(
    trial: Trial, name: str, people: TrialPeople, worlds: Worlds, pool: Tissue | None, first: int
) -> tuple[Index, Array]:
    index = [arm.name for arm in trial.arms].index(name)
    arm = trial.arms[index]
    who = np.arange(people.n) if trial.split else np.flatnonzero(people.arm == index)
    if who.shape[0] == 0:
        return who, np.zeros((0, len(trial.visit_days)))
    every = person_uniforms(trial, first, people.n)

    def u(stream: str) -> Array:
        return every(stream)[who]

    here, theirs = rows(people, who), rows(worlds, who)
    done = None if pool is None else rows(pool, (here.person % BLOCK).astype(np.intp))
    gone = gone_fraction(trial, arm, here, done, theirs, u)
    return who, readings_of(trial, arm, here, gone, theirs, u)[trial.analysis.scale].read_score


@frozen
class Power:
    """How often a trial of one size succeeds.

    Parameters
    ----------
    people_count : int
        People of the trial.
    nominal_fraction, assurance_fraction : float
        Share of repeats that tell the first arm better: with the middle of what is known, and over all that is not.
    nominal_error, assurance_error : float
        Monte Carlo errors.
    closed_form : float
        Power by the formula, from the mean and spread of all nominal repeats together.
    half_width : float
        Median half width of the interval.
    effect : float
        Mean difference of the nominal repeats.
    """

    people_count: int
    nominal_fraction: float
    assurance_fraction: float
    nominal_error: float
    assurance_error: float
    closed_form: float
    half_width: float
    effect: float


def power_of(
    trial: Trial,
    sizes: tuple[int, ...],
    trials: int = _REPEATS,
    effect: float | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Power, ...]:
    """Power and assurance of a trial at several sizes; smaller ones are the first people of the largest.

    Parameters
    ----------
    trial : Trial
        The trial.
    sizes : tuple of int
        People.
    trials : int
        Repeats.
    effect : float or None
        Difference to be found, in points of the scale, in place of the forecast's own mean; its spread stays.
    progress : callable or None
        Called with the share done.

    Returns
    -------
    tuple of Power
        In the order of the sizes.

    Examples
    --------
    >>> from puncta.trials.read import read_trial
    >>> few, many = power_of(read_trial("examples/trials/split_face.toml"), (6, 12), trials=60)
    >>> few.half_width > many.half_width
    True
    """
    if not sizes or min(sizes) < 2:
        given, do = str(list(sizes)), text("trials.see")
        raise InputError(trial.title, [Problem("sizes", given, ">= 2", text("trials.why.sizes"), do)])
    level = trial.analysis.level_fraction
    tell = progress or (lambda share: None)
    plain = rehearse(trial, max(sizes), trials, "nominal", lambda share: tell(share / 2.0))
    drawn = rehearse(trial, max(sizes), trials, "drawn", lambda share: tell(0.5 + share / 2.0))
    shift = 0.0
    if effect is not None and trial.analysis.test != "proportional_odds":
        shift = effect - float(np.nanmean(plain.compared().estimate))
    out = []
    for size in sizes:
        here, there = plain.compared(size, shift), drawn.compared(size, shift)
        nominal_share, assurance = float(here.won(level).mean()), float(there.won(level).mean())
        out.append(
            Power(
                size,
                nominal_share,
                assurance,
                share_error(nominal_share, trials),
                share_error(assurance, trials),
                closed_form_power(plain, size, shift),
                float(np.nanmedian((here.high - here.low) / 2.0)),
                float(np.nanmean(here.estimate)),
            )
        )
    return tuple(out)


def closed_form_power(held: Rehearsal, people: int, shift: float = 0.0) -> float:
    """Power of one size by the formula, from the mean and spread of all repeats together.

    Parameters
    ----------
    held : Rehearsal
        Nominal repeats.
    people : int
        People of a trial; those who stay away are taken off by their share.
    shift : float
        Added to the change of the first arm.
    """
    trial = held.trial
    level, test = trial.analysis.level_fraction, trial.analysis.test
    whole = compared_arms(replace(trial, people_count=trial.persons_count), held.first, held.second, shift)
    share = people / trial.persons_count
    first, second = (max(float(n[0]) * share, 2.0) for n in (whole.first_count, whole.second_count))
    if test == "proportional_odds":
        day = trial.visit_days.index(trial.analysis.day)
        every = np.concatenate([held.first[:, day], held.second[:, day]])
        mean = np.mean([_grade_shares(part[:, day], every) for part in (held.first, held.second)], axis=0)
        return power_proportional_odds(float(whole.estimate[0]), mean.tolist(), first + second, first / second, level)
    from scipy.special import stdtrit

    n1, n2 = float(whole.first_count[0]), float(whole.second_count[0])
    freedom = n1 - 1.0 if test == "paired_t" else n1 + n2 - 2.0
    error = (whole.high[0] - whole.low[0]) / 2.0 / stdtrit(freedom, 0.5 + level / 2.0)
    if test == "paired_t":
        return power_paired_t(float(whole.estimate[0]), float(error * np.sqrt(n1)), first, level)
    spread = float(error / np.sqrt(1.0 / n1 + 1.0 / n2))
    return power_two_sample_t(float(whole.estimate[0]), spread, first, second, level)


def _grade_shares(values: Array, every: Array) -> Array:
    grades = np.unique(every[~np.isnan(every)])
    there = values[~np.isnan(values)]
    return np.array([(there == grade).mean() for grade in grades])


def find_size(
    trial: Trial,
    wanted: float,
    trials: int = _REPEATS,
    effect: float | None = None,
    *,
    assurance: bool = False,
    progress: Callable[[float], None] | None = None,
) -> tuple[int | None, tuple[Power, ...]]:
    """Search the smallest trial that succeeds often enough.

    Parameters
    ----------
    trial : Trial
        The trial.
    wanted : float
        Power that is wanted, 0 to 1.
    trials : int
        Repeats.
    effect : float or None
        See `power_of`.
    assurance : bool
        Whether assurance must reach it, and not only nominal power.
    progress : callable or None
        Called with the share done of each step.

    Returns
    -------
    int or None
        People; None where 2,000 are not enough.
    tuple of Power
        The curve, over the sizes that were tried.

    Examples
    --------
    >>> from puncta.trials.read import read_trial
    >>> found, curve = find_size(read_trial("examples/trials/split_face.toml"), 0.8, trials=100)
    >>> found is not None and found < 30
    True
    """
    if not 0.0 < wanted < 1.0:
        given, do = f"{wanted:g}", text("trials.see")
        raise InputError(trial.title, [Problem("power", given, "0 < power < 1", text("trials.why.sizes"), do)])
    most = 32  # numerics: where the search begins
    while True:
        curve = power_of(trial, _sizes(min(most, _MOST)), trials, effect, progress)
        reached = [one.assurance_fraction if assurance else one.nominal_fraction for one in curve]
        # from the right: one lucky small size among larger ones that fail is chance
        enough = [one for one, share in zip(curve, np.minimum.accumulate(reached[::-1])[::-1], strict=True)
                  if share >= wanted]  # fmt: skip
        if enough or most >= _MOST:
            return (enough[0].people_count if enough else None), curve
        most *= 4


def _sizes(most: int) -> tuple[int, ...]:
    sizes, size = [], float(_FEWEST)
    while size < most:
        sizes.append(round(size))
        size = max(size * _STEP, size + 1.0)
    return (*dict.fromkeys(sizes), most)


def compare_designs(
    designs: tuple[Trial, ...], trials: int = _REPEATS, progress: Callable[[float], None] | None = None
) -> tuple[Power, ...]:
    """Power and assurance of several designs, each at its own size, with the same seed of chances.

    Parameters
    ----------
    designs : tuple of Trial
        Trials to be set side by side: more sessions or more people, split-face or parallel.
    trials : int
        Repeats.
    progress : callable or None
        Called with the share done.

    Examples
    --------
    >>> from puncta.trials.read import read_trial
    >>> trial = read_trial("examples/trials/split_face.toml")
    >>> len(compare_designs((trial, replace(trial, people_count=10)), trials=40))
    2
    """
    tell = progress or (lambda share: None)
    return tuple(
        power_of(one, (one.people_count,), trials, None, lambda share, i=i: tell((i + share) / len(designs)))[0]
        for i, one in enumerate(designs)
    )
