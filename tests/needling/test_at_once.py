"""Needles at once: all of a pen or stamp, of a roller those that lie below the skin at rest."""

import math
from dataclasses import replace

import numpy as np
import pytest

from puncta.evidence import draw
from puncta.needling import PatternParameters, device, needles_at_once
from puncta.needling.devices import read_devices

MF8 = device("dermaroller_mf8")
SUNK = np.array([1.5])


def test_a_pen_counts_its_cartridge_whatever_is_set() -> None:
    assert needles_at_once(device("skinpen_precision"), 0.25, SUNK) == needles_at_once(
        device("skinpen_precision"), 2.5, SUNK
    )
    assert needles_at_once(device("exceed"), 1.0, SUNK) == 6


def test_a_roller_counts_the_needles_whose_tips_lie_below_the_skin() -> None:
    """Counted needle by needle: 24 round the drum, every 15 degrees, in each of 8 rows, over all turns of the drum."""
    turns = np.linspace(0, 15, 301)[:-1]
    angles = np.radians(turns[:, None] + 15 * np.arange(24))
    deep = 11.5 * np.cos(angles) > 11.5 - 1.5
    assert needles_at_once(MF8, 1.5, SUNK)[0] == pytest.approx(8 * deep.sum(axis=1).mean(), rel=0.02)


def test_two_to_four_needles_of_each_row_and_hardly_more_of_a_short_one() -> None:
    sunk = draw(PatternParameters, 500, 0).roller_sunk_mm
    long, short = (needles_at_once(MF8, length, sunk) / 8 for length in (1.5, 0.2))
    assert 1.7 < long.min() < long.max() < 4.0
    assert np.all((long <= short) & (short < 1.1 * long))
    assert needles_at_once(MF8, 1.5, np.zeros(1)) == 8


def test_without_a_drum_its_circle_follows_from_what_one_rolling_leaves() -> None:
    figures = {name: figure for name, figure in MF8.record.figures.items() if name != "drum_cm"}
    bare = replace(MF8, record=replace(MF8.record, figures=figures))
    per_pass = MF8.punctures_per_cm2_per_pass
    assert per_pass is not None
    tips = 10 * 192 / (2 * math.pi * per_pass * 2)
    seen = needles_at_once(bare, 1.5, SUNK)[0]
    assert seen == pytest.approx(192 * math.acos(1 - 1.5 / tips) / math.pi)
    assert seen == pytest.approx(needles_at_once(MF8, 1.5, SUNK)[0], rel=0.1)


def test_own_devices_are_counted_too() -> None:
    assert needles_at_once(read_devices("examples/devices")["array_36"], 0.5, SUNK) == 36
