"""The signal table: collagen answer of a single session over depth and density, tabulated once on common draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import Tissue
from puncta.evidence import draw
from puncta.frozen import frozen
from puncta.healing import Map
from puncta.needling import NeedlingParameters, Wound, wound
from puncta.person import People
from puncta.simulation import session_tissue

Array = NDArray[np.float64]

# numerics: nodes dense enough that the factor of 95 of 100 unseen settings lies within 0.05 (test)
_DEPTHS_MM = np.array([0.0, 0.15, 0.3, 0.5, 0.75, 1.05, 1.4, 2.0])
_DENSITIES_PER_CM2 = np.array([60.0, 250.0, 700.0, 1500.0, 3000.0, 6000.0])


@frozen
class SignalTable:
    """Collagen signal of one session per draw.

    Parameters
    ----------
    values : ndarray, shape (n, depths, densities)
        Signal at the nodes.
    reference : ndarray, shape (n,)
        Signal at the setting of the published courses.
    reference_injury_mm3_per_cm2 : ndarray, shape (n,)
        Injured volume there.
    """

    values: Array
    reference: Array
    reference_injury_mm3_per_cm2: Array

    def at(self, made: Wound) -> Tissue:
        """Interpolate, bilinear in depth and in the logarithm of density; outside the nodes their edge counts.

        Parameters
        ----------
        made : Wound
            One wound per draw.
        """
        fold = made.injury_mm3_per_cm2 / self.reference_injury_mm3_per_cm2
        return Tissue(self._signal(made.depth_mm, made.density_per_cm2), self.reference, fold, made.depth_mm)

    def _signal(self, depth_mm: Array, density_per_cm2: Array) -> Array:
        row, across = _place(depth_mm, _DEPTHS_MM)
        logs = np.log(_DENSITIES_PER_CM2)
        column, along = _place(np.log(np.maximum(density_per_cm2, _DENSITIES_PER_CM2[0])), logs)
        who = np.arange(self.values.shape[0])
        near = (1 - along) * self.values[who, row, column] + along * self.values[who, row, column + 1]
        far = (1 - along) * self.values[who, row + 1, column] + along * self.values[who, row + 1, column + 1]
        return (1 - across) * near + across * far


def _place(value: Array, nodes: Array) -> tuple[NDArray[np.intp], Array]:
    held = np.clip(value, nodes[0], nodes[-1])
    index = np.clip(np.searchsorted(nodes, held, side="right") - 1, 0, nodes.shape[0] - 2)
    return index, (held - nodes[index]) / (nodes[index + 1] - nodes[index])


def signal_table(people: People, seed: int, map: Map | None = None) -> SignalTable:  # noqa: A002
    """Heal one session at every node.

    Parameters
    ----------
    people : People
        n persons.
    seed : int
        Seed shared with the simulations of the plan.
    map : callable or None
        Runs pieces of the healing: any ``map`` of threads, processes or a cluster; None takes threads.

    Returns
    -------
    SignalTable
        The table.
    """
    law = draw(NeedlingParameters, people.n, seed)
    ones = np.ones(people.n)
    wounds = [
        wound(depth * ones, density * ones, np.zeros(people.n), law)
        for depth in _DEPTHS_MM[1:]
        for density in _DENSITIES_PER_CM2
    ]
    answers = session_tissue(wounds, people, seed, map)
    signals = np.stack([answer.signal for answer in answers], axis=1)
    grid = signals.reshape(people.n, _DEPTHS_MM.size - 1, _DENSITIES_PER_CM2.size)
    usual = wounds[0].injury_mm3_per_cm2 / answers[0].injury_fold
    return SignalTable(np.concatenate([np.zeros_like(grid[:, :1]), grid], axis=1), answers[0].reference, usual)
