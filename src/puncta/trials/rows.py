"""Rows: some entries of records whose fields are arrays over persons."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

R = TypeVar("R")
Index = NDArray[np.intp]


def rows(record: R, index: Index) -> R:
    """Some persons of a record, in the order asked for.

    Parameters
    ----------
    record : dataclass
        Fields that are arrays have one entry per person, or a single one for all; records inside are taken likewise.
    index : ndarray of int
        Persons.

    Examples
    --------
    >>> from puncta.appearance import Tissue
    >>> rows(Tissue(*np.arange(12.0).reshape(4, 3)), np.array([2, 0])).signal
    array([2., 0.])
    """
    return _each(record, lambda values: values if values.shape[0] == 1 else values[index])


def repeated(record: R, count: int) -> R:
    """The single entry of a record as often as asked for."""
    return _each(record, lambda values: np.broadcast_to(values, (count, *values.shape[1:])))


def chosen(records: Sequence[R], which: Index) -> R:
    """Person by person from one of several records of equal persons.

    Parameters
    ----------
    records : sequence of dataclass
        Records of n persons each.
    which : ndarray of int, shape (n,)
        Which record each person is taken from.

    Examples
    --------
    >>> from puncta.appearance import Tissue
    >>> chosen([Tissue(*np.zeros((4, 2))), Tissue(*np.ones((4, 2)))], np.array([1, 0])).signal
    array([1., 0.])
    """
    if len(records) == 1:
        return records[0]
    if isinstance(records[0], np.ndarray):
        return cast(R, np.stack([np.asarray(one) for one in records])[which, np.arange(which.shape[0])])
    return dataclasses.replace(
        cast(Any, records[0]),
        **{
            field.name: chosen([getattr(one, field.name) for one in records], which)
            for field in dataclasses.fields(cast(Any, records[0]))
            if _holds_arrays(getattr(records[0], field.name))
        },
    )


def _holds_arrays(value: object) -> bool:
    return isinstance(value, np.ndarray) or dataclasses.is_dataclass(value)


def _each(record: R, take: Any) -> R:
    changed = {}
    for field in dataclasses.fields(cast(Any, record)):
        value = getattr(record, field.name)
        if isinstance(value, np.ndarray):
            changed[field.name] = take(value)
        elif dataclasses.is_dataclass(value):
            changed[field.name] = _each(value, take)
    return dataclasses.replace(cast(Any, record), **changed)
