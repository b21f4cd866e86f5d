"""Intervals of shares: they hold the share, stay between nought and one, and narrow with more people."""

import pytest

from puncta.evidence import wilson


@pytest.mark.parametrize(("count", "of"), [(0, 10), (5, 10), (10, 10), (80, 100), (2.5, 4)])
def test_the_interval_holds_the_share_and_stays_between_nought_and_one(count: float, of: float) -> None:
    low, high = wilson(count, of)
    assert 0 <= low <= count / of + 1e-9 <= high + 2e-9 <= 1 + 2e-9


def test_it_agrees_with_a_library() -> None:
    from scipy.stats import binomtest

    for count, of in ((3, 6), (6, 6), (17, 20)):
        theirs = binomtest(count, of).proportion_ci(0.8, method="wilson")
        assert wilson(count, of) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_more_people_say_more_and_none_say_nothing() -> None:
    lows = [wilson(0.9 * of, of)[0] for of in (1, 3, 10, 100)]
    assert lows == sorted(lows)
    assert wilson(0, 0) == (0.0, 1.0)
