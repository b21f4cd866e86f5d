"""Person i is the same in any chunk; two names are independent."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from puncta.evidence import uniforms


@given(st.integers(0, 2**63 - 1), st.integers(1, 60), st.integers(0, 60))
def test_a_person_is_the_same_in_any_chunk(seed: int, n: int, start: int) -> None:
    whole = uniforms(seed, "stream", start + n)
    assert np.array_equal(whole[start:], uniforms(seed, "stream", n, start))


@given(st.integers(0, 10**6))
def test_numbers_lie_strictly_between_0_and_1(seed: int) -> None:
    drawn = uniforms(seed, "stream", 500)
    assert drawn.min() > 0
    assert drawn.max() < 1


def test_numbers_are_uniform_and_streams_are_independent() -> None:
    a, b = uniforms(7, "a", 20_000), uniforms(7, "b", 20_000)
    assert stats.kstest(a, "uniform").pvalue > 1e-3
    assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(20_000)
    assert not np.array_equal(a, uniforms(8, "a", 20_000))
