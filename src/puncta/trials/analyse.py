"""Analyse: what a trial would have reported, from the readings of its people."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.scales import scale
from puncta.frozen import frozen
from puncta.trials.compare import Compared, paired_t, proportional_odds, two_sample_t
from puncta.trials.run import TrialRun
from puncta.trials.trial import Trial

Array = NDArray[np.float64]
_BAND = (10.0, 50.0, 90.0)  # numerics: the band that holds 80 of 100
LAST = "last"


@frozen
class ArmOverTime:
    """One arm, all repeats together; change is improvement in points of the scale.

    Parameters
    ----------
    days : tuple of int
        Visits.
    people_count : tuple of int
        People read at each.
    mean, low, median, high : tuple of float
        Change of persons: mean, and the band of 80 of 100 with its middle; nan where nobody was read.
    responder_fraction, responder_error : float
        Share of those read on the day of the comparison who are responders, and its standard error.
    """

    days: tuple[int, ...]
    people_count: tuple[int, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    responder_fraction: float
    responder_error: float


@frozen
class TrialAnalysis:
    """What a trial found.

    Parameters
    ----------
    trial : Trial
        The trial.
    compared : Compared
        First against second arm in each repeat.
    arms : mapping of str to ArmOverTime
        By arm; only arms that are judged on the scale of the comparison.
    events : mapping of (str, str) to int
        People by arm and event.
    arm_people : mapping of str to int
        People by arm.
    """

    trial: Trial
    compared: Compared
    arms: Mapping[str, ArmOverTime]
    events: Mapping[tuple[str, str], int]
    arm_people: Mapping[str, int]

    @property
    def won_fraction(self) -> float:
        """Share of repeats in which the first arm is told to be better; power, or assurance where worlds are drawn."""
        return float(self.compared.won(self.trial.analysis.level_fraction).mean())

    @property
    def won_error(self) -> float:
        """Monte Carlo error of that share."""
        return share_error(self.won_fraction, self.trial.trials_count)


def share_error(share: float, count: int) -> float:
    """Standard error of a share of so many.

    Examples
    --------
    >>> share_error(0.5, 100)
    0.05
    """
    return float(np.sqrt(max(share * (1.0 - share), 0.0) / count))


def analyse_trial(run: TrialRun) -> TrialAnalysis:
    """Compare the arms of a finished run as its trial says.

    Parameters
    ----------
    run : TrialRun
        From `run_trial`.

    Returns
    -------
    TrialAnalysis
        Each repeat analysed as the trial would have been, and all of them together.

    Notes
    -----
    Limits: ``limits.trials``.

    Examples
    --------
    >>> import tempfile
    >>> from dataclasses import replace
    >>> from puncta.trials.read import read_trial
    >>> from puncta.trials.run import run_trial
    >>> trial = replace(read_trial("examples/trials/split_face.toml"), trials_count=3)
    >>> with tempfile.TemporaryDirectory() as place:
    ...     analyse_trial(run_trial(trial, place, csv=False)).compared.estimate.shape
    (3,)
    """
    trial = run.trial
    scores = _scores(run)
    first, second = (scores[name] for name in (trial.analysis.first, trial.analysis.second))
    arms = {name: _over_time(trial, values) for name, values in scores.items()}
    events, people = _counts(run)
    return TrialAnalysis(
        trial,
        compared_arms(trial, first, second),
        MappingProxyType(arms),
        MappingProxyType(events),
        MappingProxyType(people),
    )


def compared_arms(trial: Trial, first: Array, second: Array, shift: float = 0.0) -> Compared:
    """Compare two arms in each repeat.

    Parameters
    ----------
    trial : Trial
        Says day, scale, test, level and what is done about missing readings.
    first, second : ndarray, shape (repeats * people, visits)
        Readings of everybody on the scale of the comparison; nan for who is missing or in another arm.
    shift : float
        Added to the change of the first arm, in points.
    """
    wanted, used = trial.analysis, scale(trial.analysis.scale)
    day = trial.visit_days.index(wanted.day)
    sign = 1.0 if used.higher_is_worse else -1.0
    shape = (-1, trial.people_count)
    values = []
    for scores in (first, second):
        held = carried(scores) if wanted.missing == LAST else scores
        if wanted.test == "proportional_odds":
            values.append((-sign * held[:, day]).reshape(shape))
        else:
            values.append((sign * (held[:, 0] - held[:, day])).reshape(shape))
    if wanted.test != "proportional_odds":
        test = paired_t if wanted.test == "paired_t" else two_sample_t
        return test(values[0] + shift, values[1], wanted.level_fraction)
    grades = np.unique(np.concatenate([each[~np.isnan(each)] for each in values]))
    one, other = (_ranked(each, grades) for each in values)
    return proportional_odds(one, other, max(grades.shape[0], 2), wanted.level_fraction)


def _ranked(values: Array, grades: Array) -> Array:
    ranks = np.searchsorted(grades, np.nan_to_num(values)).astype(float)
    ranks[np.isnan(values)] = np.nan
    return ranks


def carried(scores: Array) -> Array:
    """The last reading in place of those that are missing, for who was read once.

    Examples
    --------
    >>> carried(np.array([[5.0, np.nan, 3.0, np.nan]]))
    array([[5., 5., 3., 3.]])
    """
    held = scores.copy()
    for visit in range(1, held.shape[1]):
        gone = np.isnan(held[:, visit])
        held[gone, visit] = held[gone, visit - 1]
    return held


def _scores(run: TrialRun) -> dict[str, Array]:
    """Readings on the scale of the comparison, by arm, shape (persons, visits)."""
    import pyarrow.parquet as pq

    trial = run.trial
    key = trial.analysis.scale
    names = [arm.name for arm in trial.arms if key in arm.scales]
    visits = {day: index for index, day in enumerate(trial.visit_days)}
    out = {name: np.full((trial.persons_count, len(visits)), np.nan) for name in names}
    columns = ["person", "arm", "day", "scale", "read_score"]
    with pq.ParquetFile(run.table("readings")) as file:
        for group in range(file.num_row_groups):
            told = file.read_row_group(group, columns=columns)
            person, day, read = (
                told.column(name).to_numpy(zero_copy_only=False) for name in ("person", "day", "read_score")
            )
            arm, used = (np.asarray(told.column(name).to_pylist()) for name in ("arm", "scale"))
            at = np.searchsorted(np.array(trial.visit_days), day)
            for name in names:
                here = (arm == name) & (used == key)
                out[name][person[here], at[here]] = read[here]
    return out


def _over_time(trial: Trial, scores: Array) -> ArmOverTime:
    wanted, used = trial.analysis, scale(trial.analysis.scale)
    sign = 1.0 if used.higher_is_worse else -1.0
    held = carried(scores) if wanted.missing == LAST else scores
    change = sign * (held[:, :1] - held)
    counts: list[int] = []
    rows: list[list[float]] = []
    for values in change.T:
        there = values[~np.isnan(values)]
        counts.append(there.shape[0])
        band = np.percentile(there, _BAND) if there.size else np.full(3, np.nan)
        rows.append([there.mean() if there.size else np.nan, *band])
    day = trial.visit_days.index(wanted.day)
    both = ~np.isnan(held[:, 0]) & ~np.isnan(held[:, day])
    start, end = held[both, 0], held[both, day]
    improved = sign * (start - end) >= wanted.responder_fraction * np.abs(start - used.low)
    share = float((improved & (start > end if used.higher_is_worse else end > start)).mean()) if both.any() else np.nan
    error = share_error(share, max(int(both.sum()), 1)) if both.any() else np.nan
    mean, low, median, high = np.array(rows).T.tolist()
    return ArmOverTime(
        trial.visit_days, tuple(counts), tuple(mean), tuple(low), tuple(median), tuple(high), share, error
    )


def _counts(run: TrialRun) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    import pyarrow.parquet as pq

    events: dict[tuple[str, str], int] = {}
    people: dict[str, int] = {}
    for table, columns in (("events", ["arm", "event"]), ("arms", ["arm"])):
        with pq.ParquetFile(run.table(table)) as file:
            for group in range(file.num_row_groups):
                told = file.read_row_group(group, columns=columns)
                for row in told.group_by(columns).aggregate([([], "count_all")]).to_pylist():
                    if table == "arms":
                        people[row["arm"]] = people.get(row["arm"], 0) + row["count_all"]
                    else:
                        key = (row["arm"], row["event"])
                        events[key] = events.get(key, 0) + row["count_all"]
    return dict(sorted(events.items())), people
