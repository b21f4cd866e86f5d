"""Throw: single punctures of a session on a square of skin, stroke by stroke, apart from all closed forms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.needling.one_pass import OnePass

Array = NDArray[np.float64]


def throw_punctures(one: OnePass, passes: int, side_mm: float, seed: int, draw: int = 0) -> Array:
    """Throw the punctures of a session.

    Parameters
    ----------
    one : OnePass
        The pattern of one pass.
    passes : int
        Passes, 0 or more. Each runs in a random direction from a random edge, the cartridge in a random turn; strokes
        of each track begin at a random moment. Presses of a stamp fall anywhere, in any turn, as many as cover the
        skin once a pass on average.
    side_mm : float
        Side of the square, above 0.
    seed : int
        Seed.
    draw : int
        Which draw of the pattern.

    Returns
    -------
    ndarray, shape (punctures, 2)
        Places in mm within the square, pass after pass.

    Notes
    -----
    Limits: ``limits.needling``. Memory grows with ``passes`` times twice the punctures of one pass.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> from puncta.needling import PatternParameters, device, one_pass
    >>> pen = one_pass(device("exceed"), *(np.array([x]) for x in (3.0, 120.0, 0.5)), nominal(PatternParameters))
    >>> bool(7000 < len(throw_punctures(pen, 4, 20.0, seed=0)) < 8400)
    True
    """
    # a stream of its own, so that the same seed may look at the punctures too
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(0,)))
    lay = _presses if one.scattered else _tracks
    fallen = [_within(lay(one, side_mm, rng, draw), side_mm) for _ in range(passes)]
    return np.concatenate([np.empty((0, 2)), *fallen])


def _within(places_mm: Array, side_mm: float) -> Array:
    inside = np.all((places_mm >= 0.0) & (places_mm < side_mm), axis=1)
    return places_mm[inside]


def _turned(places_mm: Array, angle: float | Array) -> Array:
    """Turn places, shape (..., 2), by angles of the shape before."""
    x, y = places_mm[..., 0], places_mm[..., 1]
    return np.stack([x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)], axis=-1)


def _tracks(one: OnePass, side_mm: float, rng: np.random.Generator, draw: int) -> Array:
    along, across, unit = (float(values[draw]) for values in (one.along_mm, one.across_mm, one.unit_mm))
    needles = one.layout * unit
    if one.turned:
        needles = _turned(needles, rng.uniform(0.0, 2.0 * np.pi))
    # far enough that tracks in any direction cross the whole square
    reach = side_mm / np.sqrt(2.0) + float(np.abs(needles).max()) + across
    tracks = np.arange(-np.ceil(reach / across), np.ceil(reach / across) + 1.0) * across + rng.uniform(0.0, across)
    strokes = np.arange(-np.ceil(reach / along), np.ceil(reach / along) + 1.0) * along
    moments = rng.uniform(0.0, along, tracks.size)
    x = strokes[None, :, None] + moments[:, None, None] + needles[None, None, :, 0]
    y = np.broadcast_to(tracks[:, None, None] + needles[None, None, :, 1], x.shape)
    places = np.stack([x.ravel(), y.ravel()], axis=1)
    return _turned(places, rng.uniform(0.0, 2.0 * np.pi)) + 0.5 * side_mm


def _presses(one: OnePass, side_mm: float, rng: np.random.Generator, draw: int) -> Array:
    length, width, unit = (float(values[draw]) for values in (one.along_mm, one.across_mm, one.unit_mm))
    plate = (one.layout - one.layout.mean(axis=0)) * unit
    field = side_mm + 2.0 * float(np.hypot(length, width))
    presses = rng.poisson(field**2 / (length * width))
    centres = rng.uniform(0.0, field, (presses, 1, 2)) - 0.5 * (field - side_mm)
    angles = rng.uniform(0.0, 2.0 * np.pi, (presses, 1))
    return (centres + _turned(plate[None, :, :], angles)).reshape(-1, 2)
