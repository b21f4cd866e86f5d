"""Leaks: what one pigment brings along of the other lies between ends that grow with the change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.imaging.leaks import LIGHTS, PLACES, brought_along


@given(
    st.sampled_from(["melanin", "blood"]), st.sampled_from(LIGHTS), st.sampled_from(PLACES),
    st.floats(-70, 80), st.floats(-1, 1),
)  # fmt: skip
def test_ends_hold_nought_and_turn_with_the_change(
    pigment: str, light: str, place: str, ita: float, change: float
) -> None:
    low, high = brought_along(pigment, change, ita, light=light, place=place)
    assert low <= 0.0 <= high
    assert brought_along(pigment, -change, ita, light=light, place=place) == pytest.approx((-high, -low))
    assert brought_along(pigment, 2 * change, ita, light=light, place=place) == pytest.approx((2 * low, 2 * high))


def test_beyond_the_tones_that_were_tried_the_nearest_counts() -> None:
    assert brought_along("melanin", 0.3, 90.0, light="plain", place="zone") == brought_along(
        "melanin", 0.3, 60.0, light="plain", place="zone"
    )
