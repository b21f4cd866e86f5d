"""Doses: how close the surface is to following every person, and that it gives way where it is not close."""

import numpy as np
import pytest
from tests.trials.small import split_trial, with_product

from puncta.evidence import persons_from
from puncta.trials import Trial, doses
from puncta.trials.doses import dose_surfaces, dose_ug_per_cm2
from puncta.trials.needled import block_skin, session_done
from puncta.trials.population import trial_people

PEOPLE = 1024


def _with(product: str) -> Trial:
    return with_product(split_trial(people_count=5000), product)


def _both(trial: Trial, first: int) -> tuple[np.ndarray, np.ndarray]:
    people = trial_people(trial, first, PEOPLE)
    with persons_from(first):
        skin = block_skin(trial, people)
        done = session_done(trial, trial.arms[0], people, skin)
        read = dose_ug_per_cm2(trial, trial.arms[0].name, done, people, skin)
        laid = doses.product(trial.arms[0].product)
        exact = doses._followed(trial, laid, done, people, skin, map)
    return read, np.sum(list(exact.values()), axis=0)


@pytest.mark.parametrize("product", ["tranexamic_acid_4_mg_per_ml", "vitamin_c_serum", "niacinamide_serum"])
def test_people_whom_the_surface_has_not_seen_are_close_to_what_the_solver_gives(product: str) -> None:
    trial = _with(product)
    assert all(one is not None and one.error_fraction < 0.03 for one in dose_surfaces(trial, "needled").values())
    read, exact = _both(trial, 3 * PEOPLE)
    off = np.abs(read / exact - 1.0)
    assert np.percentile(off, 50) < 0.005 and np.percentile(off, 95) < 0.015 and off.max() < 0.1


def test_where_no_surface_is_close_everybody_is_followed() -> None:
    trial = _with("retinol_cream")
    assert None in dose_surfaces(trial, "needled").values()
    read, exact = _both(trial, PEOPLE)
    assert np.array_equal(read, exact)


def test_a_product_without_an_active_gives_nothing() -> None:
    trial = _with("sterile_saline")
    people = trial_people(trial, 0, PEOPLE)
    with persons_from(0):
        skin = block_skin(trial, people)
        done = session_done(trial, trial.arms[0], people, skin)
        assert not dose_ug_per_cm2(trial, "needled", done, people, skin).any()
