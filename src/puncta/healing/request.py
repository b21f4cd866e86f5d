"""What `heal` is asked for, checked: all that does not fit is said together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.errors import InputError, Problem
from puncta.healing.grid import grid
from puncta.healing.injury import Injury
from puncta.healing.lanes import fields
from puncta.healing.parameters import HealingParameters
from puncta.messages import text

Array = NDArray[np.float64]

# numerics: the coarsest tolerance accepted
_COARSEST = 0.01


class Request:
    """Gathers what does not fit."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def _wrong(self, field: str, given: object, key: str, **values: object) -> None:
        words = [text(f"healing.{key}.{part}", **values) for part in ("allowed", "why", "do")]
        self._problems.append(Problem(field, str(given), *words))

    def ascending(self, field: str, days: Array, horizon: float) -> None:
        """Days must ascend from 0 to the horizon."""
        fits = days.ndim == 1 and bool(np.all((days >= 0.0) & (days <= horizon)) and np.all(np.diff(days) > 0.0))
        if not fits:
            self._wrong(field, days.tolist(), "days")

    def injuries(self, injuries: Sequence[Injury], sessions: int, layers: int) -> None:
        """Each session needs an injury on this grid."""
        if len(injuries) != sessions:
            self._wrong("injuries", len(injuries), "injuries", count=sessions)
        for wound in injuries:
            if not np.array_equal(wound.grid.edges_mm, grid(layers).edges_mm):
                self._wrong("layers", wound.grid.layers, "layers", layers=layers)
                break

    def lanes(self, parameters: HealingParameters, person: Mapping[str, Array], injuries: Sequence[Injury]) -> int:
        """Count the lanes; everything has as many, or one for all."""
        counts = {f"parameters.{name}": values.shape[0] for name, values in fields(parameters).items()}
        counts |= {name: values.shape[0] for name, values in person.items()}
        counts |= {f"injuries[{number}]": wound.cut_fraction.shape[1] for number, wound in enumerate(injuries)}
        lanes = max(counts.values())
        for field, count in counts.items():
            if count not in (1, lanes):
                self._wrong(field, count, "lanes", lanes=lanes)
        return lanes

    def options(self, record: str, tolerance: float | None) -> None:
        """What is recorded, and how closely."""
        if record not in ("means", "all"):
            self._wrong("record", record, "record")
        if tolerance is not None and not 0.0 < tolerance <= _COARSEST:
            self._wrong("tolerance", tolerance, "tolerance")

    def settle(self) -> None:
        """Raise where anything does not fit.

        Raises
        ------
        InputError
            With all problems together.
        """
        if self._problems:
            raise InputError("heal", self._problems)
