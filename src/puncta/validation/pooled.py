"""Pooled: how far the people of all sources that read one quantity lie apart, to judge the width of a band by."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from puncta.evidence.mechanism import MechanismRow, mechanism_rows
from puncta.frozen import frozen
from puncta.validation.published import published_people
from puncta.validation.sampling import SD_TO_BAND

# numerics: the variance of an even spread is its width squared over this
_EVEN = 12.0


@frozen
class Pooled:
    """People of one row, or of several that read the same.

    Parameters
    ----------
    width : float
        Width of 80 of 100 of these people, in the row's unit.
    rows : tuple of str
        Rows whose people they are.
    """

    width: float
    rows: tuple[str, ...]


def spread_over_people(row: MechanismRow) -> float | None:
    """Standard deviation over the people of a row as its source prints it; None where it prints none.

    A printed range is taken as even; a standard error of an unknown number of people says nothing of them.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> spread_over_people(mechanism_row("T016")), spread_over_people(mechanism_row("H03b"))
    (14.96, None)
    """
    if row.printed_range is not None:
        return (row.printed_range[1] - row.printed_range[0]) / _EVEN**0.5
    return row.sd


def pooled_people(row: MechanismRow, rows: Iterable[MechanismRow] | None = None) -> Pooled | None:
    """Pool the people of all rows that read the same quantity.

    Parameters
    ----------
    row : MechanismRow
        A row with a figure.
    rows : iterable of MechanismRow, optional
        Rows to pool from; without it all usable ones.

    Returns
    -------
    Pooled or None
        Where other rows read the quantity under the same protocol, as far as it is printed, their people are put
        together: what they scatter within the studies and what the studies differ. Where only other protocols were
        read, their means differ for reasons that the model knows, and only the scatter within the studies counts, as a
        share of each mean. None where no source prints a spread.

    Notes
    -----
    A row without a number of people counts as the smallest study of its group. Rows over the same people count each.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> found = pooled_people(mechanism_row("T043"))
    >>> found.rows, round(found.width)
    (('T043', 'T044'), 42)
    """
    known = [
        other
        for other in (mechanism_rows().values() if rows is None else rows)
        if other.is_usable and other.quantity == row.quantity and _has_spread(other) and other.key != row.key
    ]
    if _has_spread(row):
        known.append(row)
    alike = [other for other in known if _protocol(other) == _protocol(row)]
    if row in alike and (len(alike) > 1 or len(known) == 1):
        return Pooled(SD_TO_BAND * _together(alike), _keys(alike))
    if not known or row.value is None:
        return None
    return Pooled(SD_TO_BAND * abs(row.value) * _relative(known), _keys(known))


def _has_spread(row: MechanismRow) -> bool:
    return row.says == "figure" and bool(row.value) and spread_over_people(row) is not None


def _protocol(row: MechanismRow) -> tuple[object, ...]:
    """What was done, as far as it is printed; sites are not told apart."""
    return (
        *(
            row.device,
            row.lesion,
            row.length_mm,
            row.needles,
            row.density_per_cm2,
            row.passes,
            row.sessions,
            row.interval_days,
        ),
        *(row.occluded, row.age_years, row.phototypes, row.cream, row.hours),
    )


def _people(row: MechanismRow) -> float:
    return row.n if row.n is not None else published_people(row.group)[0][0]


def _figures(rows: list[MechanismRow]) -> np.ndarray:
    return np.array([(row.value or 0.0, spread_over_people(row) or 0.0, _people(row)) for row in rows]).T


def _together(rows: list[MechanismRow]) -> float:
    means, spreads, people = _figures(rows)
    middle = np.average(means, weights=people)
    return float(np.sqrt(np.average(spreads**2 + (means - middle) ** 2, weights=people)))


def _relative(rows: list[MechanismRow]) -> float:
    means, spreads, people = _figures(rows)
    return float(np.sqrt(np.average((spreads / means) ** 2, weights=people)))


def _keys(rows: list[MechanismRow]) -> tuple[str, ...]:
    return tuple(sorted(row.key for row in rows))
