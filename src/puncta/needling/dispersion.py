"""Dispersion: how much more counts of punctures vary from place to place than if each had fallen by itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.needling.one_pass import OnePass

Array = NDArray[np.float64]
_MM2_PER_CM2 = 100.0

# numerics: turns of a cartridge over a quarter circle; the other three mirror it
_TURNS = 32
# numerics: digits by which two distances within a layout are told apart
_DIGITS = 9


def dispersion_fold(one: OnePass, window_mm2: float = 1.0) -> Array:
    """Variance over mean of the count in a round window, for passes that are laid independently.

    Parameters
    ----------
    one : OnePass
        The pattern of one pass, n draws.
    window_mm2 : float
        Area of the window, above 0.

    Returns
    -------
    ndarray, shape (n,)
        1 where every puncture falls by itself (Poisson), below 1 for patterns that are more even, above 1 for clumped
        ones. Passes add mean and variance alike, so it does not depend on their number.

    Notes
    -----
    Exact sum over pairs of punctures of the area from which one window sees both, over that of a window, less the mean
    count (a stamp that falls anywhere has none taken off). Strokes of neighbouring tracks are taken to be in step.
    Limits: ``limits.needling``; see `one_pass` for how the hand differs.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> from puncta.needling import PatternParameters, device, one_pass
    >>> pen = one_pass(device("exceed"), *(np.array([x]) for x in (3.0, 120.0, 0.5)), nominal(PatternParameters))
    >>> dispersion_fold(pen).round(2)
    array([1.45])
    """
    reach = 2.0 * np.sqrt(window_mm2 / np.pi)
    steps, weights = _steps(one)
    along, across = (axis[:, None] * one.unit_mm[None, :] for axis in steps.T)
    if one.scattered:
        return weights @ _seen_by_both(np.hypot(along, across), reach)
    # the nearest repetition, then as many to either side as a window can span
    along, across = (
        x - length * np.round(x / length) for x, length in ((along, one.along_mm), (across, one.across_mm))
    )
    far_along, far_across = (int(np.ceil(reach / np.min(length))) for length in (one.along_mm, one.across_mm))
    pairs = np.zeros_like(one.along_mm)
    for row in range(-far_across, far_across + 1):
        for stroke in range(-far_along, far_along + 1):
            apart = np.hypot(along + stroke * one.along_mm, across + row * one.across_mm)
            pairs = pairs + weights @ _seen_by_both(apart, reach)
    return pairs - one.density_per_cm2 / _MM2_PER_CM2 * window_mm2


def _steps(one: OnePass) -> tuple[Array, Array]:
    """Steps from a needle to each other and itself, in units, and how many of them a needle has on average."""
    needles = one.layout.shape[0]
    steps = (one.layout[:, None, :] - one.layout[None, :, :]).reshape(-1, 2)
    if not one.turned:
        return _counted(steps, needles)
    lengths, weights = _counted(np.hypot(*steps.T)[:, None], needles)
    turns = 0.5 * np.pi * (np.arange(_TURNS) + 0.5) / _TURNS
    turned = lengths[:, :, None] * np.stack([np.cos(turns), np.sin(turns)], axis=-1)[None, :, :]
    return turned.reshape(-1, 2), np.repeat(weights / _TURNS, _TURNS)


def _counted(steps: Array, needles: int) -> tuple[Array, Array]:
    unique, counts = np.unique(np.round(steps, _DIGITS), axis=0, return_counts=True)
    return unique, counts / needles


def _seen_by_both(apart_mm: Array, reach_mm: float) -> Array:
    """Overlap of two discs of diameter ``reach_mm``, over the area of one."""
    share = np.minimum(apart_mm / reach_mm, 1.0)
    return 2.0 / np.pi * (np.arccos(share) - share * np.sqrt(1.0 - share * share))
