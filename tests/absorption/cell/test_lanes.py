"""Lanes: machine code, NumPy and LAPACK say the same, to the last bit where the operations are the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta import compiler
from puncta.absorption.cell import lanes
from puncta.absorption.cell.banded import Banded


def problem(layers: int, rings: int, n: int, seed: int) -> tuple[Banded, np.ndarray]:
    rng = np.random.default_rng(seed)
    size = layers * rings
    near, far = -rng.random((size - 1, n)), -rng.random((size - rings, n))
    near[rings - 1 :: rings] = 0.0
    return Banded(np.full((size, n), 4.0) + rng.random((size, n)), near, far), rng.random((size, n))


@given(st.integers(2, 12), st.integers(1, 7), st.integers(1, 20), st.integers(0, 99))
def test_a_solution_solves(layers: int, rings: int, n: int, seed: int) -> None:
    matrix, right = problem(layers, rings, n, seed)
    u = matrix.factored(np.zeros_like(right), 1.0)(right)
    assert matrix.times(u) == pytest.approx(right, rel=1e-11)


@pytest.mark.skipif(not compiler.available(), reason="no compiler here")
@given(st.integers(2, 9), st.integers(1, 6), st.integers(5, 20), st.integers(0, 99))
def test_machine_code_and_numpy_agree_to_the_last_bit(layers: int, rings: int, n: int, seed: int) -> None:
    matrix, right = problem(layers, rings, n, seed)
    compiled = lanes.factored(matrix.diagonal, matrix.near, matrix.far)(right)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiler, "binding", lambda: None)
        plain = lanes.factored(matrix.diagonal, matrix.near, matrix.far)(right)
    assert (compiled == plain).all()
