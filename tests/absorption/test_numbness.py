"""Depth of numbness: deeper with time, shallower on thicker barriers, and the same on a finer mesh."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.absorption import creams, numbness
from puncta.absorption.cell import Counts, Pace, Resolution
from puncta.errors import InputError

CREAMS = sorted(creams())
N = 60


@pytest.mark.parametrize("key", CREAMS)
def test_it_deepens_while_the_cream_lies_there_and_less_on_the_body(key: str) -> None:
    minutes = np.arange(10.0, 61.0, 10.0)
    face, body = (numbness(key, 60, N, 0, minutes=minutes, site=site) for site in ("face", "body"))
    assert np.all(np.diff(face.numb_mm, axis=1) >= -1e-6)
    assert np.all(body.numb_mm <= face.numb_mm + 1e-6)
    assert np.all(face.level_ug_per_g >= -1e-2 * face.threshold_ug_per_g[:, None, None])
    assert set(face.rests_on) >= {"numbness.threshold_ug_per_g", f"numbing.{key}.actives.lidocaine.absorbed_fraction"}


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(CREAMS), st.floats(5, 120), st.floats(0.1, 3))
def test_a_deeper_needle_has_to_wait_no_less(key: str, off: float, needle_mm: float) -> None:
    found = numbness(key, off, 20, 1, minutes=np.array([off, off + 30]))
    assert np.all(found.onset_minutes(needle_mm) <= found.onset_minutes(1.5 * needle_mm))


def test_numbness_goes_on_deepening_after_the_cream_is_off_and_ends() -> None:
    found = numbness("lidocaine_prilocaine", 60, N, 0, minutes=np.array([60.0, 90.0, 120.0, 1440.0]))
    depth = np.median(found.numb_mm, axis=0)
    assert depth[0] < depth[1] < depth[2]
    assert np.median(found.lasts_minutes(0.5)) > 0
    assert np.mean(found.numb_mm[:, -1] > 0.5) < 0.3


def test_a_depth_that_never_is_numb_has_no_onset() -> None:
    found = numbness("lidocaine_4", 10, N, 0)
    assert np.all(np.isinf(found.onset_minutes(7.0)))
    assert np.all(found.lasts_minutes(7.0) == 0)


def test_a_finer_mesh_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = np.array([30.0, 60.0, 120.0])
    usual = numbness("lidocaine_prilocaine", 60, 20, 0, minutes=minutes).numb_mm
    finest = Resolution(Counts(1, 1, (8, 8, 48, 36)), Pace(2.0, 6))
    # the function bears the name of its file
    monkeypatch.setattr(sys.modules["puncta.absorption.numbness"], "_CUT", finest)
    finer = numbness("lidocaine_prilocaine", 60, 20, 0, minutes=minutes).numb_mm
    assert np.allclose(usual, finer, atol=0.02)


def test_what_cannot_be_is_refused() -> None:
    for off, site in ((0.0, "face"), (60.0, "foot")):
        with pytest.raises(InputError):
            numbness("lidocaine_4", off, 5, 0, site=site)
