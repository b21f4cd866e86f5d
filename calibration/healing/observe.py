"""What the targets read: the model run at the protocols of the rows, one lane per set of parameters and protocol."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import nominal
from puncta.healing import STATES, Healing, HealingParameters, Injury, grid, heal, injury
from puncta.needling import Channels, NeedlingParameters

Array = NDArray[np.float64]

#: Depth reached in mm, punctures per cm2, radius of the mouth in mm: the needles that the rows are mapped to.
ARRAY, P05, P10 = (0.3, 60.0, 0.037), (0.5, 1000.0, 0.045), (1.0, 1000.0, 0.055)
ROLLER, WEAKER, P15, P25 = (0.9, 250.0, 0.06), (0.9, 62.5, 0.06), (1.5, 1000.0, 0.06), (2.5, 1000.0, 0.06)
SINGLE = (ROLLER, WEAKER, ARRAY, P05, P10, P15, P25)
HOURS = np.array([*np.arange(0, 96, 3), *np.arange(96, 169, 12)]) / 24.0
DAYS = np.unique([*HOURS, *np.arange(0.0, 28.5, 0.5)])
WOUND_DAYS = np.unique([*np.arange(0.0, 10.0, 0.25), *np.arange(10.0, 29.0), 180.0])
COURSE, READ = (0.0, 30.0, 60.0, 90.0, 120.0), 176.0
SEEN = 2.0
# an excision takes all cells and fibres but for a trace that cells grow in from
LEFT_IN_EXCISION = 0.02


def observe(p: HealingParameters) -> dict[str, Array]:
    """Read everything that a target asks for.

    Parameters
    ----------
    p : HealingParameters
        Sets of parameters, shape (k,).

    Returns
    -------
    dict of str to ndarray, shape (k, ...)
        By name; nan where a set has no answer.
    """
    one, wound, course = _single(p), _wound(p), _course(p)
    return one | wound | course


def _many(p: HealingParameters, count: int) -> HealingParameters:
    k = p.mun.shape[0]
    return HealingParameters(
        **{f.name: np.tile(np.broadcast_to(getattr(p, f.name), k), count) for f in fields(HealingParameters)}
    )


def _channels(rows: tuple[tuple[float, float, float], ...], k: int) -> Channels:
    shape = nominal(NeedlingParameters)
    depth, density, radius = (np.repeat(column, k) for column in zip(*rows, strict=True))
    return Channels(
        depth,
        density,
        radius,
        np.full(depth.shape, float(shape.depth_scatter_fraction[0])),
        np.full(depth.shape, float(shape.taper[0])),
    )


def _heal(wound: Injury, days: tuple[float, ...], p: HealingParameters, outputs: Array, **options: object) -> Healing:
    given: dict = {"age_years": 30.0, "horizon_days": float(outputs[-1]), "output_days": outputs, **options}
    return heal(wound, days, p, **given)


def _single(p: HealingParameters) -> dict[str, Array]:
    """One session of every protocol, the first four weeks."""
    k = p.mun.shape[0]
    lanes = _many(p, len(SINGLE))
    done = _heal(injury(grid(), _channels(SINGLE, k), lanes), (0.0,), lanes, DAYS, record="all")
    assert done.states is not None
    upper = done.papillary
    cells, active, signal, marker, collagen, red = (
        values.reshape(len(SINGLE), k, -1)
        for values in (
            upper.fibroblasts_fold,
            upper.activation_fraction,
            upper.signal,
            upper.inflammation,
            upper.collagen_fold,
            done.redness_delta_a,
        )
    )
    near = (grid().centres_mm > 0.1) & (grid().centres_mm < 0.4)
    white = done.states[:, STATES.index("N")][:, near].mean(axis=1).T.reshape(len(SINGLE), k, -1)[0]
    gained = collagen[0] - 1.0
    last = np.where(np.abs(gained[:, -1:]) > 1e-6, gained[:, -1:], np.nan)
    hours = np.isin(DAYS, HOURS)
    return {
        "needle_neutrophils": _share(white)[:, _at(DAYS, 1, 7)],
        "needle_marker": _share(marker[0])[:, _at(DAYS, 7)],
        "signal_peak_day": DAYS[signal[0].argmax(axis=1)][:, None],
        "signal_day_14": _share(signal[0])[:, _at(DAYS, 14)],
        "fibroblast_peak_day": DAYS[cells[0].argmax(axis=1)][:, None],
        "message_hsp47": _message(p.gH, cells[0], active[0]).max(axis=1)[:, None],
        "message_i": _message(p.g1, cells[0], active[0]).max(axis=1)[:, None],
        "message_iii": _message(p.g3, cells[0], active[0]).max(axis=1)[:, None],
        "message_i_day_28": _message(p.g1, cells[0], active[0])[:, -1:],
        "message_i_weaker": _message(p.g1, cells[1], active[1]).max(axis=1)[:, None],
        "collagen_clock": gained[:, _at(DAYS, 7, 10, 14, 18)] / last,
        "red_hours": np.stack([_hours_above(red[lane][:, hours]) for lane in (2, 3, 4, 0, 5, 6)], axis=1),
        "red_at_once": red[[3, 5, 6], :, 0].T,
    }


def _message(gain: Array, cells: Array, active: Array) -> Array:
    """Fold of a message; the product of the means over depth stands for the mean product within a few percent."""
    return cells * (1.0 + np.atleast_1d(gain)[:, None] * active)


def _at(days: Array, *wanted: float) -> list[int]:
    return [int(np.searchsorted(days, day)) for day in wanted]


def _wound(p: HealingParameters) -> dict[str, Array]:
    """An excision: every layer destroyed."""
    k = p.mun.shape[0]
    whole = np.ones((grid().layers, k))
    cut = replace(_many(p, 1), lam=np.full(k, 1.0 - LEFT_IN_EXCISION))
    done = _heal(Injury(grid(), whole, whole), (0.0,), cut, WOUND_DAYS, record="all")
    assert done.states is not None
    middle = done.states[:, :, grid().layers // 2]
    white = middle[:, STATES.index("N")].T
    eaters = (middle[:, STATES.index("M1")] + middle[:, STATES.index("M2")]).T
    dermis = done.dermis
    of_rest = p.C3s / (1.0 - p.C3s)
    return {
        "wound_neutrophils": _share(white)[:, _at(WOUND_DAYS, 0.5, 1, 2, 3, 4, 5, 7)],
        "wound_macrophages": _share(eaters)[:, _at(WOUND_DAYS, 0.5, 1, 2, 3, 4, 5, 7, 10, 14, 21)],
        "wound_iii_per_i": (dermis.iii_per_i_fold[:, -1] / of_rest)[:, None],
        "wound_extractable": (1.0 - dermis.mature_share_fraction[:, -1])[:, None],
        "rest_extractable": np.broadcast_to(p.dm / (p.km + p.dm), (k,))[:, None],
    }


def _course(p: HealingParameters) -> dict[str, Array]:
    """Five monthly sessions with the roller, as in the biopsies."""
    k = p.mun.shape[0]
    lanes = _many(p, 1)
    done = _heal(injury(grid(), _channels((ROLLER,), k), lanes), COURSE, lanes, np.array([READ]))
    upper = done.papillary
    third = upper.collagen_iii_fraction[:, 0] / np.broadcast_to(p.C3s, (k,))
    return {
        "course_collagen": upper.collagen_fold - 1.0,
        "course_collagen_iii": third[:, None] - 1.0,
        "course_epidermis": done.thickness_fold - 1.0,
    }


def _share(values: Array) -> Array:
    peak = values.max(axis=1, keepdims=True)
    return values / np.where(peak > 0, peak, np.nan)


def _hours_above(red: Array) -> Array:
    over = red - SEEN
    left, right = over[:, :-1], over[:, 1:]
    rise = np.where(left == right, 1.0, np.abs(right - left))
    share = np.where((left > 0) != (right > 0), np.maximum(left, right) / rise, (left > 0).astype(float))
    return (share * np.diff(HOURS)[None, :] * 24.0).sum(axis=1)
