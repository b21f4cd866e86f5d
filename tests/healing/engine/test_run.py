"""Running: reference values, equal bits of every width and backend, and lanes that leave their neighbours alone."""

import dataclasses
from typing import Any

import numpy as np
import pytest
from tests.healing.engine import fixed, follows

from puncta import compiler
from puncta.healing.engine import Course, Model, Piece, SlowEngineWarning, control, run
from puncta.healing.engine import run as _run

pytestmark = pytest.mark.skipif(not compiler.available(), reason="llvmlite is not here")

USUAL = 1e-3
C1, T = fixed.SPECIES.index("C1"), fixed.SPECIES.index("T")
#: Day, then the states of the nominal person, from two solvers that agree to 1.1e-8; P to G of day 28 are below 1e-9.
REFERENCE = {
    1: (0.183392, 1.29825, 0.30557, 0.424075, 0.20474, 0.197737, 0.440924, 0.876688, 0.136554, 0.19618, 0.96106,
        0.963613),
    7: (4.09631e-5, 0.00215316, 0.0181267, 1.31923, 0.263592, 0.330125, 0.0604921, 0.722776, 0.32002, 0.271355,
        0.997791, 0.978662),
    29: (0.183562, 1.29849, 0.303111, 0.522453, 0.221312, 0.222432, 0.43743, 0.834469, 0.180251, 0.366866, 1.06,
         0.964654),
    112: (0, 0, 0, 0.111824, 0.0650048, 0.0279839, 0.0799319, 0.937493, 0.1101, 0.65863, 1.51338, 1.00263),
    365: (0, 0, 0, 0, 0.0471694, 0, 0.0880384, 1, 0.0438641, 0.215999, 1.45532, 1.00432),
}  # fmt: skip


def errors(found: Piece, close: Piece) -> tuple[np.ndarray, np.ndarray]:
    """Largest error of collagen I against its largest change, and of the signal against its largest value, by lane."""
    a, b = found.rows, close.rows
    collagen = np.abs(a[C1] - b[C1]).max(axis=1) / np.abs(b[C1] - b[C1][:, :1]).max(axis=1)
    return collagen, np.abs(a[T] - b[T])[:, 1:].max(axis=1) / np.abs(b[T])[:, 1:].max(axis=1)


def test_the_nominal_person_has_the_reference_values() -> None:
    close = run(fixed.MODEL, fixed.course(fixed.nominal()), tolerance=1e-7)
    for day, values in REFERENCE.items():
        assert close.rows[:, 0, day] == pytest.approx(values, rel=6e-6, abs=1e-8)
    first = run(fixed.MODEL, fixed.course(fixed.people(1, 1)), tolerance=1e-7)
    assert first.rows[C1, 0, 365] == pytest.approx(1.38188041, abs=2e-8)


@pytest.mark.parametrize("precision", ["single", "double"])
def test_the_reference_people_are_within_a_thousandth(precision: str) -> None:
    course = fixed.course(fixed.people(16, 1))
    found = run(fixed.MODEL, course, tolerance=USUAL, precision=precision)  # type: ignore[arg-type]
    for error in errors(found, run(fixed.MODEL, course, tolerance=1e-6)):
        assert error.max() < 1e-3


def test_a_tighter_tolerance_is_closer_in_proportion() -> None:
    course = fixed.course(fixed.people(8, 1))
    close = run(fixed.MODEL, course, tolerance=1e-7)
    met = [errors(run(fixed.MODEL, course, tolerance=t), close)[0].max() for t in (1e-3, 1e-4, 1e-5)]
    assert met[0] > 5 * met[1] > 25 * met[2]


@pytest.mark.parametrize(("sigma", "allowed"), [(0.25, 2e-3), (1.0, 5e-3)])
@pytest.mark.parametrize("precision", ["single", "double"])
def test_three_hundred_people_have_an_answer_or_a_named_failure(sigma: float, allowed: float, precision: str) -> None:
    course = fixed.course(fixed.people(300, 3, sigma))
    found = run(fixed.MODEL, course, tolerance=USUAL, precision=precision)  # type: ignore[arg-type]
    close = run(fixed.MODEL, course, tolerance=1e-5)
    sound = found.status == control.SOUND
    assert sound.all() or sigma > 0.5
    assert sound.mean() > 0.99
    assert np.isfinite(found.rows[:, sound]).all()
    for error in errors(found, close):
        assert error[sound].max() < allowed


@pytest.mark.parametrize("layers", [1, 2, 5, 12])
def test_both_backends_agree_to_the_last_bit(layers: int) -> None:
    course = follows.course(6, layers)
    fast = run(follows.MODEL, course, tolerance=USUAL, states=True)
    with pytest.warns(SlowEngineWarning, match="slowly"):
        slow = run(follows.MODEL, course, tolerance=USUAL, states=True, backend="numpy")
    assert fast.states is not None
    assert fast.states.shape == (7, layers, 3, 6)
    for field in dataclasses.fields(Piece):
        assert np.array_equal(getattr(fast, field.name), getattr(slow, field.name)), field.name


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::puncta.healing.engine.SlowEngineWarning")
def test_both_backends_agree_on_the_fixed_problem() -> None:
    course = dataclasses.replace(fixed.course(fixed.people(6, 1)), end=30.0, days=np.arange(31.0), sessions=(0.0, 28.0))
    course = dataclasses.replace(course, strikes=course.strikes[:2])
    fast, slow = (run(fixed.MODEL, course, tolerance=USUAL, backend=backend) for backend in ("native", "numpy"))
    assert np.array_equal(fast.rows, slow.rows)


@pytest.mark.parametrize("precision", ["single", "double"])
@pytest.mark.parametrize("width", [1, 2, 16])
def test_every_width_gives_the_same_bits(precision: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen times the same lane: groups of any width step alike."""
    course = follows.course(1)
    course = dataclasses.replace(course, weights={k: w * np.ones(16) for k, w in course.weights.items()})
    usual = run(follows.MODEL, course, tolerance=USUAL, precision=precision)  # type: ignore[arg-type]
    monkeypatch.setitem(_run.__globals__["WIDTH"], precision, width)
    other = run(follows.MODEL, course, tolerance=USUAL, precision=precision)  # type: ignore[arg-type]
    assert np.array_equal(usual.rows, other.rows)
    assert np.array_equal(usual.rows[:, :1] * np.ones((16, 1)), usual.rows)


def test_one_lane_alone_is_a_group_of_its_copies() -> None:
    alone = run(fixed.MODEL, fixed.course(fixed.nominal()), tolerance=USUAL)
    four = run(fixed.MODEL, fixed.course({k: v * np.ones(4) for k, v in fixed.nominal().items()}), tolerance=USUAL)
    assert np.array_equal(alone.rows[:, 0], four.rows[:, 2])


def test_threads_and_pieces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    course = fixed.course(fixed.people(90, 3), days=(0.0, 100.0, 365.0))
    seen: list[float] = []
    usual = run(fixed.MODEL, course, tolerance=USUAL, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    monkeypatch.setitem(_run.__globals__, "_GROUPS", 3)
    assert np.array_equal(run(fixed.MODEL, course, tolerance=USUAL).rows, usual.rows)
    assert np.array_equal(run(fixed.MODEL, course, tolerance=USUAL, map=map).rows, usual.rows)


def test_a_lane_in_other_company_is_the_same_within_the_tolerance() -> None:
    people, order = fixed.people(40, 3), np.random.default_rng(0).permutation(40)
    one = run(fixed.MODEL, fixed.course(people), tolerance=USUAL)
    other = run(fixed.MODEL, fixed.course({k: v[order] for k, v in people.items()}), tolerance=USUAL)
    regrouped = dataclasses.replace(one, rows=one.rows[:, order])
    for error in errors(other, regrouped):
        assert error.max() < 1e-3


@pytest.mark.parametrize("precision", ["single", "double"])
@pytest.mark.parametrize("poison", [np.nan, np.inf, 1e30])
def test_a_poisoned_lane_is_named_and_does_not_touch_its_neighbours(poison: float, precision: str) -> None:
    people = fixed.people(24, 3)
    course = fixed.course(people, days=(0.0, 30.0, 365.0))
    clean = run(fixed.MODEL, course, tolerance=USUAL, precision=precision)  # type: ignore[arg-type]
    people["rF"] = np.where(np.arange(24) == 9, poison, people["rF"])
    course = dataclasses.replace(course, parameters=people)
    poisoned = run(fixed.MODEL, course, tolerance=USUAL, precision=precision)  # type: ignore[arg-type]
    assert (poisoned.status != control.SOUND).nonzero()[0].tolist() == [9]
    assert 0 <= poisoned.failed_day[9] <= 365
    group = np.arange(24) // (8 if precision == "single" else 4) == 9 // (8 if precision == "single" else 4)
    assert np.array_equal(poisoned.rows[:, ~group], clean.rows[:, ~group])
    neighbours = group & (np.arange(24) != 9)
    assert np.abs(poisoned.rows - clean.rows)[:, neighbours].max() < 2e-3


def _grow(u: Any, p: Any) -> tuple:
    return (p.k * u[0] * u[0],)


def _one(u: Any, p: Any) -> list:
    return [("one", u[0])]


GROW = Model("grow", ("A",), _grow, read=_one)


def _growing(rates: np.ndarray, start: float) -> Course:
    given, one = {"k": rates}, np.ones((1, 1))
    return Course(given, start * np.ones((1, 1, 1)), np.zeros((2, 1)), {"one": one}, (), (), 5.0, np.array([0.5, 5.0]))


def test_a_lane_without_an_end_is_given_up_and_the_rest_is_read() -> None:
    found = run(GROW, _growing(np.array([1.0, 0, 0, 0]), 1.0), tolerance=1e-4)
    assert found.status[0] != control.SOUND
    assert found.status[1:].tolist() == [0, 0, 0]
    assert found.rows[0, 1:].tolist() == [[1.0, 1.0]] * 3


def test_a_lane_beyond_single_precision_is_followed_in_double() -> None:
    """A rate of 1e40 on a state of nearly nothing."""
    model = Model("slow", ("A",), _relax, read=_one)
    course = dataclasses.replace(_growing(np.array([1e39] + 8 * [1.0]), 1.0))
    found = run(model, course, tolerance=USUAL, precision="single")
    assert found.again.nonzero()[0].tolist() == [0]
    assert (found.status == control.SOUND).all()
    assert found.rows[0, :, 1] == pytest.approx(np.ones(9), abs=1e-3)


def _relax(u: Any, p: Any) -> tuple:
    return (p.k * 1e-39 * (1 - u[0]),)
