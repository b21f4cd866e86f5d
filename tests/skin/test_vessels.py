"""Vessels: the plexus lies below the epidermis and above the lower border of the dermis."""

import numpy as np

from puncta.skin import SkinLayers, plexus_mm


def test_on_a_face_the_plexus_lies_near_the_depth_that_textbooks_give() -> None:
    depth = plexus_mm(SkinLayers(np.full(801, 0.1), np.full(801, 1.2), ()), 0)
    assert 0.3 < np.median(depth) < 0.4
    assert np.all((depth > 0.1) & (depth < 1.3))


def test_it_lies_deeper_in_thicker_skin() -> None:
    thin, thick = (plexus_mm(SkinLayers(np.full(50, 0.1), np.full(50, x), ()), 0) for x in (0.9, 2.1))
    assert np.all(thick > thin)
