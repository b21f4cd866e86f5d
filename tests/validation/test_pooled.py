"""Pooling: people of like studies are put together; of unlike ones only their scatter counts."""

from dataclasses import replace

import pytest

from puncta.evidence.mechanism import mechanism_row
from puncta.validation.pooled import pooled_people, spread_over_people
from puncta.validation.sampling import SD_TO_BAND

ALONE = replace(mechanism_row("T016"), key="a", value=20.0, sd=3.0, n=10.0)


def test_a_row_alone_is_set_beside_its_own_people() -> None:
    found = pooled_people(ALONE, [])
    assert found is not None
    assert found.rows == ("a",)
    assert found.width == pytest.approx(3.0 * SD_TO_BAND)


def test_like_rows_add_what_they_differ_to_what_their_people_scatter() -> None:
    other = replace(ALONE, key="b", value=28.0)
    found = pooled_people(ALONE, [ALONE, other])
    assert found is not None
    assert found.rows == ("a", "b")
    assert found.width == pytest.approx((3.0**2 + 4.0**2) ** 0.5 * SD_TO_BAND)


def test_more_people_count_more() -> None:
    other = replace(ALONE, key="b", value=20.0, sd=6.0, n=30.0)
    found = pooled_people(ALONE, [other])
    assert found is not None
    assert found.width == pytest.approx(((9 + 3 * 36) / 4) ** 0.5 * SD_TO_BAND)


def test_rows_of_another_protocol_lend_their_scatter_but_not_what_their_means_differ() -> None:
    other = replace(ALONE, key="b", occluded=False, value=200.0, sd=60.0)
    found = pooled_people(ALONE, [other])
    assert found is not None
    relative = ((0.15**2 + 0.3**2) / 2) ** 0.5
    assert found.width == pytest.approx(20.0 * relative * SD_TO_BAND)


def test_without_any_printed_spread_nothing_can_be_judged() -> None:
    bare = replace(ALONE, sd=None)
    assert pooled_people(bare, [replace(bare, key="b")]) is None
    assert pooled_people(replace(bare, se=1.0), []) is None
    lent = pooled_people(bare, [replace(ALONE, key="b")])
    assert lent is not None
    assert lent.rows == ("b",)


def test_a_printed_range_is_even_and_a_row_without_people_counts_as_the_smallest_study() -> None:
    assert spread_over_people(mechanism_row("T043")) == pytest.approx(3 / 12**0.5)
    pain = pooled_people(mechanism_row("T052"))
    assert pain is not None
    assert pain.rows == ("T052", "T054", "T058", "T059")
