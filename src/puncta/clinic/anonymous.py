"""k-anonymity: coarsen what could tell who somebody is, leave out who stays alone, refuse where few are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from puncta.frozen import frozen

Row = dict[str, Any]
#: From fine to coarse; the last step says nothing.
_UNSAID = "any"


def _age(years: int, band: int) -> str:
    low = band * (years // band)
    return f"{low}-{low + band - 1}"


def _types(phototype: Any) -> str:
    return {1: "I-II", 2: "I-II", 3: "III-IV", 4: "III-IV", 5: "V-VI", 6: "V-VI"}.get(phototype, "unknown")


#: How each column may be coarsened, step by step.
STEPS: dict[str, tuple[Callable[[Any], str], ...]] = {
    "age": (lambda v: _age(v, 10), lambda v: _age(v, 20), lambda _v: _UNSAID),
    "phototype": (lambda v: str(v or "unknown"), _types, lambda _v: _UNSAID),
    "concern": (str, lambda _v: _UNSAID),
    "sex": (str, lambda _v: _UNSAID),
}


@frozen
class Anonymous:
    """People who may leave the clinic without being told apart.

    Parameters
    ----------
    rows : tuple of dict
        Coarsened, each like at least ``k - 1`` others.
    kept : tuple of int
        Which of the given rows they are.
    dropped_count : int
        People left out because they stayed alone.
    steps : dict
        How far each column was coarsened, 0 not at all.
    smallest : int
        People in the smallest group that is left.
    """

    rows: tuple[Row, ...]
    kept: tuple[int, ...]
    dropped_count: int
    steps: dict[str, int]
    smallest: int


class TooFew(ValueError):  # noqa: N818
    """Fewer people than k are left; nothing leaves the clinic."""


def anonymous(people: Sequence[Row], k: int) -> Anonymous:
    """Coarsen just as far as is needed to leave out the fewest.

    Parameters
    ----------
    people : sequence of dict
        ``age``, ``sex``, ``phototype`` and ``concern`` of each.
    k : int
        Least size of a group that is alike in all of them.

    Raises
    ------
    TooFew
        Where fewer than ``k`` would be left.

    Examples
    --------
    >>> row = {"age": 34, "sex": "female", "phototype": 4, "concern": "melasma"}
    >>> found = anonymous([row, row, {**row, "age": 37}, {**row, "sex": "male"}], 3)
    >>> found.dropped_count, found.rows[0]["age"]
    (1, '30-39')
    """
    best: tuple[tuple[int, int], Anonymous] | None = None
    for steps in product(*(range(len(STEPS[name])) for name in STEPS)):
        chosen = dict(zip(STEPS, steps, strict=True))
        rows = [{name: STEPS[name][chosen[name]](one[name]) for name in STEPS} for one in people]
        sizes = Counter(tuple(row.values()) for row in rows)
        kept = tuple(index for index, row in enumerate(rows) if sizes[tuple(row.values())] >= k)
        if len(kept) < k:
            continue
        found = Anonymous(
            tuple(rows[index] for index in kept), kept, len(people) - len(kept), chosen,
            min(sizes[tuple(rows[index].values())] for index in kept),
        )  # fmt: skip
        # a person left out weighs as much as a step of coarsening
        cost = (found.dropped_count + sum(steps), sum(steps))
        if best is None or cost < best[0]:
            best = cost, found
    if best is None:
        raise TooFew
    return best[1]
