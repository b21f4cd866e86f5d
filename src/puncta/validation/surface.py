"""The surface: depth of channels, how they close, what leaks, and how it hurts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, draw_one, records, uniforms
from puncta.evidence.mechanism import MechanismRow
from puncta.needling.channels import (
    ChannelParameters,
    MeterParameters,
    age_factor,
    open_area,
    tewl_fold,
    tone_factor,
)
from puncta.safety import PainParameters, pain_score
from puncta.validation.bench import Bench
from puncta.validation.protocol import Protocol

Array = NDArray[np.float64]
_HALF = 0.5
_FOLDS = (1.0, 10.0)

# numerics: clock on which closing is looked for; longer than any published closing time
_CLOCK_H = np.arange(0.0, 400.0, 0.25)


def depth_mm(row: MechanismRow, bench: Bench) -> Array:
    """Depth that channels reach, mm, shape (n,)."""
    return bench.protocol(row).wound.depth_mm


def _open_share(
    row: MechanismRow, bench: Bench, done: Protocol, hours: Array, age_years: Array, opened: Array
) -> Array:
    law, study = draw(ChannelParameters, bench.n, bench.seed), draw(MeterParameters, bench.n, bench.seed)
    law = replace(law, person_fold=study.study_fold * law.person_fold ** bench.person_power(row))
    return open_area(
        hours,
        opened,
        done.wound.surface_radius_mm,
        law,
        occluded=bool(row.occluded),
        age_factor=age_factor(age_years, law),
        tone_factor=tone_factor(done.unprinted.lightness_unreported, law),
    )


def _hours_until(row: MechanismRow, bench: Bench, share: Array, age_years: Array) -> Array:
    left = _open_share(row, bench, bench.protocol(row), _CLOCK_H, age_years, np.ones(bench.n))
    return _CLOCK_H[(left <= share[:, None]).argmax(axis=1)]


def closing_half_hours(row: MechanismRow, bench: Bench) -> Array:
    """Hours until half of the opened area has closed, shape (n,)."""
    return _hours_until(row, bench, np.full(bench.n, _HALF), bench.protocol(row).age_years)


def closing_hours(row: MechanismRow, bench: Bench) -> Array:
    """Hours until a meter no longer tells the site from untouched skin, shape (n,)."""
    return _hours_until(row, bench, _unseen_share(bench), bench.protocol(row).age_years)


def _unseen_share(bench: Bench) -> Array:
    return draw(MeterParameters, bench.n, bench.seed).closed_share_fraction


def closing_age_fold(row: MechanismRow, bench: Bench) -> Array:
    """Closing time at the older printed age over that at the younger, less 1, shape (n,)."""
    young, old = (
        _hours_until(row, bench, _unseen_share(bench), np.full(bench.n, age)) for age in row.age_years or (0.0, 0.0)
    )
    return old / young - 1.0


def water_loss_fold(row: MechanismRow, bench: Bench) -> Array:
    """Water loss over its baseline at the printed hour, less 1, shape (n,)."""
    return _water_loss(row, bench, bench.protocol(row))


def water_loss_deeper_fold(row: MechanismRow, bench: Bench) -> Array:
    """Water loss after the longer printed needle less that after the shorter, shape (n,)."""
    low, high = row.length_mm or (0.0, 0.0)
    done = bench.protocol(row)
    return _water_loss(row, bench, done.with_length(high)) - _water_loss(row, bench, done.with_length(low))


def _water_loss(row: MechanismRow, bench: Bench, done: Protocol) -> Array:
    hours = np.array([(row.hours or (0.0, 0.0))[0]])
    share = _open_share(row, bench, done, hours, done.age_years, done.wound.opened_area_fraction)
    return tewl_fold(share, draw(ChannelParameters, bench.n, bench.seed))[:, 0] - 1.0


def pain(row: MechanismRow, bench: Bench) -> Array:
    """Mean pain of the row's people, 0 to 10, shape (n,)."""
    done = bench.protocol(row)
    residual = _residual(row.cream, f"validation.{row.study}.cream", bench)
    return _pain(row, bench, done.length_mm, done.at_once, residual)


def pain_length_fold(row: MechanismRow, bench: Bench) -> Array:
    """Pain of the longest printed needle over that of the shortest, at the row's own number of needles."""
    done = bench.protocol(row)
    ends = (np.full(bench.n, length) for length in row.length_mm or (0.0, 0.0))
    short, long = (_pain(row, bench, length, done.at_once, np.ones(bench.n)) for length in ends)
    return long / short


def pain_number_fold(row: MechanismRow, bench: Bench) -> Array:
    """Pain of ten times as many needles over that with the row's own number, shape (n,)."""
    done = bench.protocol(row)
    few, many = (_pain(row, bench, done.length_mm, fold * done.at_once, np.ones(bench.n)) for fold in _FOLDS)
    return many / few


def _pain(row: MechanismRow, bench: Bench, length: Array, at_once: Array, residual: Array) -> Array:
    law = draw(PainParameters, bench.n, bench.seed)
    law = replace(law, person_fold=law.person_fold ** bench.person_power(row))
    usual = np.where(np.isnan(at_once), law.reference_needles, at_once)
    return pain_score(length, usual, bench.protocol(row).by_site("pain_factor"), residual, law)


def _residual(cream: str, stream: str, bench: Bench) -> Array:
    """Share of the pain that is left: of the cream named, of any where it is not, of any or none where unknown."""
    if cream in ("", "none"):
        return np.ones(bench.n)
    known = sorted(records("numbing"))
    if cream in known:
        return draw_one(f"numbing.{cream}.residual_pain_fraction", bench.n, bench.seed)
    each = [draw_one(f"numbing.{name}.residual_pain_fraction", bench.n, bench.seed) for name in known]
    if cream == "unknown":
        each.append(np.ones(bench.n))
    which = np.floor(uniforms(bench.seed, stream, bench.n) * len(each)).astype(np.int64)
    return np.stack(each)[which, np.arange(bench.n)]
