"""What is asked of healing: all that does not fit is said together, with its field."""

import numpy as np
import pytest
from tests.healing.protocols import NOMINAL, PROTOCOLS, wound_of

from puncta.errors import InputError
from puncta.healing import heal

PEN = wound_of(PROTOCOLS["P15"])


def _fields(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.field for problem in error.value.problems]


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(InputError) as error:
        heal(
            (PEN, PEN),
            (28, 0, 56),
            NOMINAL,
            age_years=np.ones(3),
            horizon_days=100,
            output_days=(0, 500),
            layers=40,
            turnover_fold=np.ones(2),
            tolerance=1.0,
        )
    assert _fields(error) == ["days", "output_days", "injuries", "layers", "turnover_fold", "tolerance"]
    for problem in error.value.problems:
        assert problem.allowed
        assert problem.why
        assert problem.do


@pytest.mark.parametrize(
    ("days", "outputs", "wrong"),
    [
        ((0, 0), (1,), "days"),
        ((-1,), (1,), "days"),
        ((200,), (1,), "days"),
        ((0,), (5, 4), "output_days"),
        ((0,), (float("nan"),), "output_days"),
    ],
)
def test_days_run_forward_inside_the_horizon(days: tuple[float, ...], outputs: tuple[float, ...], wrong: str) -> None:
    with pytest.raises(InputError) as error:
        heal(PEN, days, NOMINAL, age_years=30, horizon_days=100, output_days=outputs)
    assert _fields(error) == [wrong]


def test_a_kind_of_record_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError) as error:
        heal(PEN, (0,), NOMINAL, age_years=30, horizon_days=1, output_days=(1,), record="none")  # type: ignore[arg-type]
    assert _fields(error) == ["record"]
