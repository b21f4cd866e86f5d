"""Depth: the rule beside published ratios of reached over set depth, those it holds and those it does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.evidence import draw
from puncta.needling import NeedlingParameters, reached_depth_mm

N = 2000
LAW, ONE = draw(NeedlingParameters, N, 0), np.ones(N)


def _ratio(kind: str, set_mm: float, tolerance_mm: float = 0.0) -> np.ndarray:
    return reached_depth_mm(kind, set_mm, tolerance_mm, ONE, LAW) / set_mm


def test_polymer_needles_in_human_skin_lie_within_the_band_of_a_stamp() -> None:
    """Donnelly 2010: 460 of 600 um."""
    assert np.percentile(_ratio("stamp", 0.6), 50) < 0.77 < _ratio("stamp", 0.6).max()


def test_a_roller_in_rat_and_texts_on_the_face_lie_within_its_band() -> None:
    """Kalluri 2011: 152.5 of 770 um in hairless rat; Lam 2008: less than half under 1 mm; texts: 0.5 to 0.7 at 1.5."""
    rat, short, face = (_ratio("roller", length, 0.05) for length in (0.77, 0.95, 1.5))
    assert np.percentile(rat, 10) < 0.2 < np.percentile(rat, 50)
    assert np.percentile(short, 90) < 0.55
    assert 0.5 < np.percentile(face, 50) < 0.7


@pytest.mark.parametrize("set_mm", [0.5, 1.5])
def test_histology_after_a_pen_lies_within_its_band(set_mm: float) -> None:
    """Sasaki 2019: about 1.0 of the set depth in one person."""
    assert np.percentile(_ratio("pen", set_mm, 0.15), 50) < 1.0 < np.percentile(_ratio("pen", set_mm, 0.15), 95)


@given(st.floats(0.3, 3.0), st.floats(0.2, 2.0), st.floats(0.01, 1.0))
def test_faster_needles_never_reach_less(set_mm: float, speed: float, more: float) -> None:
    slow, fast = (reached_depth_mm("pen", set_mm, 0.0, ONE, LAW, speed_fold=s) for s in (speed, speed + more))
    assert np.all(fast >= slow)


@given(st.sampled_from(["pen", "roller", "stamp"]), st.floats(0, 2.9), st.floats(0, 0.1), st.floats(0.4, 1.6))
def test_a_deeper_dial_and_firmer_skin_never_reach_less(kind: str, dial: float, more: float, give: float) -> None:
    here = reached_depth_mm(kind, dial, 0.15, give * ONE, LAW)
    assert np.all(here >= 0)
    assert np.all(here <= dial + 0.15 + 0.3)
    # rounding may take away the last place
    assert np.all(reached_depth_mm(kind, dial + more, 0.15, give * ONE, LAW) >= here - 1e-12)
    assert np.all(reached_depth_mm(kind, dial, 0.15, 0.9 * give * ONE, LAW) >= here)


def test_of_one_length_a_pen_reaches_deepest_and_a_roller_least() -> None:
    pen, roller, stamp = (np.median(_ratio(kind, 1.5)) for kind in ("pen", "roller", "stamp"))
    assert roller < stamp < pen


@pytest.mark.parametrize("kind", ["pen", "roller", "stamp"])
def test_no_channel_is_deeper_than_the_needle_stands_out(kind: str) -> None:
    law = draw(NeedlingParameters, 2000, seed=5)
    firm = np.full(2000, 0.3)
    assert (reached_depth_mm(kind, 0.2, 0.0, firm, law) <= 0.2).all()
