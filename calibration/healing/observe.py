"""What the targets read: the model run at the protocols of the rows, one lane per set of parameters and protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import nominal, parameter
from puncta.healing import STATES, Healing, HealingParameters, Injury, grid, heal, injury
from puncta.needling import Channels, NeedlingParameters, device, reached_depth_mm, wound

Array = NDArray[np.float64]

# needles that reach 0.3 mm at 60 per cm², and pens that reach 0.5, 1.0, 1.5 and 2.5 mm
ARRAY, PENS = (0.3, 60.0), ((0.5, 1000.0), (1.0, 1000.0), (1.5, 1000.0), (2.5, 1000.0))
ROLLER_MM = 1.5
RED_DAYS = np.array([*np.arange(0, 48, 2), *np.arange(48, 97, 4), 120, 144, 168]) / 24.0
DAYS = np.unique([*np.arange(0.0, 15.0, 0.5), *np.arange(15.0, 29.0)])
WOUND_DAYS = np.unique([*np.arange(0.0, 8.0, 0.25), *np.arange(8.0, 29.0), 180.0])
NEUTROPHIL_DAYS = (0.5, 1, 2, 3, 4, 5, 7)
MACROPHAGE_DAYS = (0.5, 1, 2, 3, 4, 5, 7, 10, 14, 21)
CLOCK_DAYS = (3, 5, 7, 10, 14, 18, 21)
COURSE, READ = (0.0, 30.0, 60.0, 90.0, 120.0), 176.0
SEEN = 2.0


def observe(p: HealingParameters, unprinted: Mapping[str, Array]) -> dict[str, Array]:
    """Read everything that a target asks for.

    Parameters
    ----------
    p : HealingParameters
        Sets of parameters, shape (k,).
    unprinted : mapping of str to ndarray, shape (k,)
        What the papers do not print, by the names of ``priors.toml``.

    Returns
    -------
    dict of str to ndarray, shape (k, ...)
        By name; nan where a set has no answer.
    """
    return _single(p, unprinted) | _red(p) | _excision(p, unprinted) | _course(p, unprinted)


def _many(p: HealingParameters, count: int) -> HealingParameters:
    k = p.mun.shape[0]
    return HealingParameters(
        **{f.name: np.tile(np.broadcast_to(getattr(p, f.name), k), count) for f in fields(HealingParameters)}
    )


def _channels(depth_mm: Array, density_per_cm2: Array) -> Channels:
    """Channels of a depth, with the usual mouth, taper and scatter."""
    return wound(depth_mm, density_per_cm2, np.full(depth_mm.shape, 0.1), nominal(NeedlingParameters)).channels


def _roller_depth_mm(unprinted: Mapping[str, Array]) -> Array:
    usual, k = nominal(NeedlingParameters), unprinted["roller_half_length_mm"].shape[0]
    law = {f.name: np.broadcast_to(getattr(usual, f.name), (k,)) for f in fields(NeedlingParameters)}
    given = {name: unprinted[name] for name in ("roller_half_length_mm", "roller_steepness")}
    return reached_depth_mm("roller", ROLLER_MM, 0.0, np.ones(k), NeedlingParameters(**{**law, **given}))


def _per_pass() -> float:
    per_pass = device("dermaroller_mf8").punctures_per_cm2_per_pass
    assert per_pass is not None
    return per_pass


def _heal(wounds: Injury, days: tuple[float, ...], p: HealingParameters, outputs: Array, **options: object) -> Healing:
    given: dict = {
        "age_years": parameter("validation.age_unreported_years").value,
        "horizon_days": float(outputs[-1]),
        "output_days": outputs,
        **options,
    }
    return heal(wounds, days, p, **given)


def _single(p: HealingParameters, unprinted: Mapping[str, Array]) -> dict[str, Array]:
    """One session of the usual roller, and of what stands for the coarse and the weaker grit; the first four weeks."""
    k = p.mun.shape[0]
    usual = np.full(k, parameter("needling.passes_unreported_roller").value)
    passes = np.concatenate([usual, unprinted["grit_passes"], unprinted["grit_passes"] * unprinted["weaker_share"]])
    depth = np.tile(_roller_depth_mm(unprinted), 3)
    lanes = _many(p, 3)
    done = _heal(injury(grid(), _channels(depth, _per_pass() * passes), lanes), (0.0,), lanes, DAYS, record="all")
    assert done.states is not None
    upper = done.papillary
    figures = (upper.fibroblasts_fold, upper.activation_fraction, upper.signal, upper.inflammation)
    cells, active, signal, marker = (values.reshape(3, k, -1) for values in figures)
    near = (grid().centres_mm > 0.1) & (grid().centres_mm < 0.4)
    white = done.states[:, STATES.index("N")][:, near].mean(axis=1).T.reshape(3, k, -1)[0]
    one = _message(p.g1, cells[1], active[1])
    return {
        "needle_neutrophils": _share(white)[:, _at(DAYS, 1, 7)],
        "needle_marker": _share(marker[0])[:, _at(DAYS, 7)],
        "signal_peak_day": _peak_day(signal[0]),
        "signal_day_14": _share(signal[0])[:, _at(DAYS, 14)],
        "fibroblast_peak_day": _peak_day(cells[0]),
        "message_hsp47": _message(p.gH, cells[1], active[1]).max(axis=1)[:, None],
        "message_i": one.max(axis=1)[:, None],
        "message_iii": _message(p.g3, cells[1], active[1]).max(axis=1)[:, None],
        "message_i_day_28": one[:, -1:],
        "message_i_weaker": _message(p.g1, cells[2], active[2]).max(axis=1)[:, None],
    }


def _message(gain: Array, cells: Array, active: Array) -> Array:
    """Fold of a message; the product of the means over depth stands for the mean product within a few percent."""
    return cells * (1.0 + np.atleast_1d(gain)[:, None] * active)


def _at(days: Array, *wanted: float) -> list[int]:
    return [int(np.searchsorted(days, day)) for day in wanted]


def _peak_day(curves: Array) -> Array:
    """Day of the peak, on a parabola through the highest point and its neighbours, shape (k, 1)."""
    top = np.clip(curves.argmax(axis=1), 1, DAYS.size - 2)
    rows = np.arange(curves.shape[0])
    before, here, after = (curves[rows, top + step] for step in (-1, 0, 1))
    bend = np.where(before - 2 * here + after < 0, before - 2 * here + after, -np.inf)
    shift = np.clip(0.5 * (before - after) / bend, -1.0, 1.0)
    return (DAYS[top] + shift * (DAYS[top + 1] - DAYS[top]))[:, None]


def _red(p: HealingParameters) -> dict[str, Array]:
    """Redness of the array and the pens, and of the usual roller."""
    k = p.mun.shape[0]
    usual = parameter("needling.passes_unreported_roller").value
    roller_mm = float(reached_depth_mm("roller", ROLLER_MM, 0.0, np.ones(1), nominal(NeedlingParameters))[0])
    rows = (ARRAY, PENS[0], PENS[1], (roller_mm, _per_pass() * usual), PENS[2], PENS[3])
    depth, density = (np.repeat(column, k) for column in zip(*rows, strict=True))
    lanes = _many(p, len(rows))
    done = _heal(injury(grid(), _channels(depth, density), lanes), (0.0,), lanes, RED_DAYS)
    red = done.redness_delta_a.reshape(len(rows), k, -1)
    return {
        "red_hours": np.stack([_hours_above(lane) for lane in red], axis=1),
        "red_at_once": red[[1, 4, 5], :, 0].T,
    }


def _excision(p: HealingParameters, unprinted: Mapping[str, Array]) -> dict[str, Array]:
    """An excision: every layer destroyed, its tissue gone but for what cells grow in from."""
    k = p.mun.shape[0]
    whole = np.ones((grid().layers, k))
    cut = replace(_many(p, 1), lam=1.0 - unprinted["left_in_excision"])
    done = _heal(Injury(grid(), whole, whole), (0.0,), cut, WOUND_DAYS, record="all")
    assert done.states is not None
    middle = done.states[:, :, grid().layers // 2]
    white = middle[:, STATES.index("N")].T
    eaters = (middle[:, STATES.index("M1")] + middle[:, STATES.index("M2")]).T
    upper, month = done.papillary, _at(WOUND_DAYS, 28)
    made = upper.collagen_fold - upper.collagen_fold[:, :1]
    of_rest = p.C3s / (1.0 - p.C3s)
    young, mature = upper.young_collagen_fraction[:, -1], upper.mature_collagen_fraction[:, -1]
    return {
        "wound_neutrophils": _share(white)[:, _at(WOUND_DAYS, *NEUTROPHIL_DAYS)],
        "wound_macrophages": _share(eaters)[:, _at(WOUND_DAYS, *MACROPHAGE_DAYS)],
        "wound_collagen": made[:, _at(WOUND_DAYS, *CLOCK_DAYS)] / made[:, month],
        "wound_iii_per_i": (upper.iii_per_i_fold[:, -1] / of_rest)[:, None],
        "wound_extractable": (young / (young + mature))[:, None],
        "rest_extractable": np.broadcast_to(p.dm / (p.km + p.dm), (k,))[:, None],
    }


def _course(p: HealingParameters, unprinted: Mapping[str, Array]) -> dict[str, Array]:
    """Five monthly sessions with the roller, as in the biopsies."""
    k = p.mun.shape[0]
    lanes = _many(p, 1)
    channels = _channels(_roller_depth_mm(unprinted), _per_pass() * unprinted["course_passes"])
    done = _heal(injury(grid(), channels, lanes), COURSE, lanes, np.array([READ]))
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
    return (share * np.diff(RED_DAYS)[None, :] * 24.0).sum(axis=1)
