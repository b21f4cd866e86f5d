"""Film: what lies on the skin, when it is put on and when it is wiped off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]
Value = float | Array


@frozen
class Film:
    """One application of a product; every value a number or one per draw, shape (n,).

    Parameters
    ----------
    thickness_um : float or ndarray
        Thickness when it is put on; infinite for a donor that never runs out.
    concentration : float or ndarray
        Activity if all were dissolved, with the first film as 1; 0 for a product without this active.
    partition : float or ndarray
        Partition of the film against water; 1 for a watery film.
    solubility_activity : float or ndarray
        Activity of the saturated film; infinite where all dissolves.
    evaporation_um_per_s : float or ndarray
        Speed at which the active itself leaves the film for the air.
    drying_per_s : float or ndarray
        Rate at which the film loses its solvent.
    dry_fraction : float or ndarray
        Share of the film that is left when it is dry, above 0 to 1.
    start_s : float
        When it is put on; what still lies there of a film before is removed first.
    wiped_s : float or None
        When it is wiped off; None leaves it on.

    Examples
    --------
    >>> Film().is_endless, Film(thickness_um=50.0).is_endless
    (True, False)
    """

    thickness_um: Value = np.inf
    concentration: Value = 1.0
    partition: Value = 1.0
    solubility_activity: Value = np.inf
    evaporation_um_per_s: Value = 0.0
    drying_per_s: Value = 0.0
    dry_fraction: Value = 1.0
    start_s: float = 0.0
    wiped_s: float | None = None

    @property
    def is_endless(self) -> bool:
        """Whether it never runs out."""
        return bool(np.all(np.isinf(self.thickness_um)))

    def capacity_um(self, seconds: float, n: int) -> Array:
        """What it holds per unit of activity at a time, shape (n,)."""
        left = self.dry_fraction + (1.0 - np.asarray(self.dry_fraction)) * np.exp(
            -np.asarray(self.drying_per_s) * (seconds - self.start_s)
        )
        return np.broadcast_to(np.asarray(self.thickness_um * self.partition * left, dtype=float), (n,))
