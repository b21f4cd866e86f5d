"""What holds for the draws of a joint fit: the model as it is, calibration rows alone, spreads that are theirs."""

from types import ModuleType

import numpy as np
import pytest
from calibration.channels import fit as channels
from calibration.pain import fit as pain

from puncta.evidence import fitted, parameter
from puncta.evidence.mechanism import mechanism_rows

FITS = pytest.mark.parametrize(("package", "fit"), [("channels", channels), ("pain", pain)])


@FITS
def test_the_draws_belong_to_the_model_as_it_is(package: str, fit: ModuleType) -> None:
    kept = fitted(package)
    assert kept is not None
    assert dict(kept.probes) == pytest.approx(fit.probes(), rel=1e-4)


@FITS
def test_only_calibration_rows_are_fitted_to(package: str, fit: ModuleType) -> None:
    kept = fitted(package)
    assert kept is not None
    assert set(kept.rows) == set(fit.rows())
    assert {mechanism_rows()[row].role for row in fit.rows()} == {"calibration"}


@FITS
def test_the_marginal_spreads_are_those_of_the_draws(package: str, fit: ModuleType) -> None:
    kept = fitted(package)
    assert kept is not None
    u = np.linspace(0.005, 0.995, 199)
    for name, column in kept.columns.items():
        known = parameter(f"{package}.{name}")
        ends = np.percentile(known.spread.at(known.value, u), (10, 50, 90))
        width = np.ptp(np.percentile(column, (10, 90)))
        assert np.abs(np.percentile(column, (10, 50, 90)) - ends).max() < 0.4 * width, name
