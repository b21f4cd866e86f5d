"""Blinded grading: pairs in random order, sides hidden, some shown twice, and how far graders agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from puncta.errors import PunctaError
from puncta.frozen import frozen
from puncta.messages import text

CHOICES = ("left", "right", "same")
_AGAIN = 0.25  # numerics: a quarter is shown twice


@frozen
class Showing:
    """One pair as it is shown.

    Parameters
    ----------
    number : int
        Place in the order, from 1.
    pair : int
        Which pair, from 0; the grader does not see it.
    later_is_left : bool
        Whether the later photograph stands left; the grader does not see it.
    """

    number: int
    pair: int
    later_is_left: bool


@frozen
class Agreement:
    """What a grading tells.

    Parameters
    ----------
    later_better, earlier_better, same : int
        Showings in which the later, the earlier or neither was judged better.
    repeats : int
        Pairs that were judged twice.
    repeat_agreement : float or None
        Share of those judged alike both times.
    kappa : float or None
        The same, with chance taken off (Cohen).
    chance : float
        How often a coin gives as lopsided a count.
    """

    later_better: int
    earlier_better: int
    same: int
    repeats: int
    repeat_agreement: float | None
    kappa: float | None
    chance: float


def showings(pairs: int, seed: int, repeats_fraction: float = _AGAIN) -> tuple[Showing, ...]:
    """Order in which pairs are shown.

    Parameters
    ----------
    pairs : int
        How many pairs there are.
    seed : int
        Equal seeds give equal orders; it is kept with the answers, out of sight.
    repeats_fraction : float
        Share of pairs that come again, sides swapped at random.

    Returns
    -------
    tuple of Showing
        In order; a pair never follows itself where that can be avoided.

    Raises
    ------
    PunctaError
        Where there is no pair.

    Examples
    --------
    >>> len(showings(8, 0))
    10
    """
    if pairs < 1 or not 0 <= repeats_fraction <= 1:
        raise PunctaError(text("imaging.error.no_pairs"))
    rng = np.random.default_rng(seed)
    again = rng.permutation(pairs)[: int(np.ceil(repeats_fraction * pairs))]
    order = np.concatenate([rng.permutation(pairs), rng.permutation(again)])
    late = rng.random(len(order)) < 0.5
    if pairs > 1 and len(again) and order[pairs - 1] == order[pairs]:
        order[[0, pairs - 1]] = order[[pairs - 1, 0]]
    return tuple(
        Showing(number, int(pair), bool(left)) for number, (pair, left) in enumerate(zip(order, late, strict=True), 1)
    )


def agreement(shown: Sequence[Showing], answers: Mapping[int, str]) -> Agreement:
    """Unblind a grading.

    Parameters
    ----------
    shown : sequence of Showing
        As it was shown.
    answers : mapping of int to str
        By number: which side looks better, ``left``, ``right`` or ``same``.

    Returns
    -------
    Agreement
        Counts, agreement of repeats, and how often a coin does as well.

    Raises
    ------
    PunctaError
        Where an answer is missing or is none of the three.

    Examples
    --------
    >>> order = showings(4, 1)
    >>> found = agreement(order, {s.number: "left" if s.later_is_left else "right" for s in order})
    >>> found.later_better, found.repeat_agreement
    (5, 1.0)
    """
    from scipy.stats import binomtest

    wrong = [
        text("imaging.error.answer", number=one.number, given=answers.get(one.number, "–"))
        for one in shown
        if answers.get(one.number) not in CHOICES
    ]
    known = {one.number for one in shown}
    wrong += [text("imaging.error.no_showing", number=number) for number in answers if number not in known]
    if wrong:
        raise PunctaError("\n".join(wrong))
    judged: dict[int, list[int]] = {}
    for one in shown:
        answer = answers[one.number]
        side = 0 if answer == "same" else 1 if (answer == "left") == one.later_is_left else -1
        judged.setdefault(one.pair, []).append(side)
    flat = [side for sides in judged.values() for side in sides]
    # a pair that was shown twice counts once where chance is asked
    firsts = [sides[0] for sides in judged.values() if sides[0]]
    twice = np.array([sides[:2] for sides in judged.values() if len(sides) > 1])
    alike = float(np.mean(twice[:, 0] == twice[:, 1])) if len(twice) else None
    kappa = None
    if alike is not None:
        by_chance = sum(np.mean(twice[:, 0] == side) * np.mean(twice[:, 1] == side) for side in (-1, 0, 1))
        kappa = 1.0 if by_chance == 1 else float((alike - by_chance) / (1 - by_chance))
    chance = float(binomtest(sum(side > 0 for side in firsts), len(firsts)).pvalue) if firsts else 1.0
    return Agreement(flat.count(1), flat.count(-1), flat.count(0), len(twice), alike, kappa, chance)
