"""Observables: every usable row has one, in the row's own unit and range."""

from dataclasses import replace

import numpy as np
import pytest

from puncta.errors import EvidenceError
from puncta.evidence.mechanism import mechanism_row, mechanism_rows
from puncta.validation.bench import Bench
from puncta.validation.observe import BUILT_IN, observables, observe

ROWS = [row for row in mechanism_rows().values() if row.is_usable]
FEW = Bench(40, seed=0)


def test_every_usable_row_names_an_observable_and_every_observable_of_directions_exists() -> None:
    assert {row.quantity for row in ROWS} <= set(observables())
    assert set(observables()) >= BUILT_IN


def test_an_unknown_observable_is_refused_with_its_neighbours() -> None:
    with pytest.raises(EvidenceError, match="closing_hours"):
        observe(replace(mechanism_row("T015"), quantity="closing_hour"), FEW)


@pytest.mark.parametrize("key", ["T001", "T016", "T021", "T026", "T027", "T029", "T049", "T054", "T164", "T168"])
def test_an_observable_of_the_surface_is_one_finite_figure_a_draw(key: str) -> None:
    figures = observe(mechanism_row(key), FEW)
    assert figures.shape == (40,)
    assert np.all(np.isfinite(figures))


def test_half_closes_before_all_and_open_air_before_a_cover() -> None:
    whole = mechanism_row("T015")
    half = observe(replace(whole, quantity="closing_half_hours"), FEW)
    covered = observe(whole, FEW)
    assert np.all(half < covered)
    assert np.median(observe(replace(whole, occluded=False), FEW)) < np.median(covered)


def test_cream_lowers_pain_and_an_unknown_one_lies_between() -> None:
    row = mechanism_row("T058")
    bare, creamed, unknown = (
        observe(replace(row, cream=cream), FEW).mean() for cream in ("none", "lidocaine_tetracaine_7_7", "unknown")
    )
    assert creamed < unknown < bare


def test_a_large_wound_is_read_from_one_run_and_its_shares_peak_at_one() -> None:
    shares = np.stack([observe(mechanism_row(f"T{n}"), FEW) for n in range(116, 124)])
    assert np.all((shares >= -1e-9) & (shares <= 1))
    assert FEW.wound() is FEW.wound()


def test_a_course_is_followed_once_for_all_rows_that_read_it_and_both_days_agree() -> None:
    rows = [mechanism_row(key) for key in ("H05a", "H05b")]
    together, alone = Bench(20, 0, rows), Bench(20, 0)
    for row in rows:
        assert observe(row, together) == pytest.approx(observe(row, alone), abs=0.02)
    first, second = (together.course(row, together.read_days(row))[0] for row in rows)
    assert first is second


def test_a_course_of_unknown_number_of_sessions_has_between_the_fewest_and_the_most() -> None:
    row = replace(mechanism_row("H05a"), length_mm=(1.5, 1.5), passes=20.0, interval_days=30.0, quantity="collagen")
    fewest, spread, most = (
        observe(replace(row, sessions=ends), FEW).mean() for ends in ((1.0, 1.0), (1.0, 4.0), (4.0, 4.0))
    )
    assert fewest < spread < most


def test_a_mean_over_more_people_keeps_less_of_a_person() -> None:
    powers = [FEW.person_power(mechanism_row(key))[0] for key in ("T016", "H03b", "H06a")]
    assert powers == pytest.approx([0.0, 30**-0.5, 6**-0.5])


def test_the_site_and_not_the_lesion_decides_whether_all_elastin_falls() -> None:
    face = mechanism_row("H01e")
    photoaged = observe(replace(face, lesion="photoaged"), FEW)
    on_face, on_abdomen = observe(face, FEW), observe(replace(face, site=("abdomen",)), FEW)
    assert np.all(on_face >= photoaged - 1e-12)
    assert np.median(on_face) < 0
    assert np.median(on_abdomen) > np.median(on_face)
    assert observe(replace(face, lesion="striae"), FEW) == pytest.approx(on_face)


@pytest.mark.parametrize("key", [f"T{n}" for n in (*range(164, 168), *range(169, 172))])
def test_transit_through_the_horny_layer_is_that_of_the_row_s_site_and_age(key: str) -> None:
    """Calibration, not validation: within two standard errors, or a fifth where none is printed."""
    row = mechanism_row(key)
    assert row.value is not None
    found = np.median(observe(row, Bench(1000, seed=1)))
    assert found == pytest.approx(row.value, abs=2 * row.se if row.se else row.value / 5)


def test_pigment_takes_longer_to_the_surface_than_a_cell_through_either_layer() -> None:
    viable, horny = FEW.transit_days(mechanism_row("T168"))
    assert observe(mechanism_row("T168"), FEW) == pytest.approx(viable + horny)
    assert np.all(viable > 0) and np.all(horny > 0)


def test_a_mean_over_people_keeps_less_of_each_one_s_own_pace() -> None:
    one, printed = mechanism_row("H03b"), mechanism_row("T164")
    alone = np.std(np.log(FEW.transit_days(replace(one, n=1.0, site=("back",)))[1]))
    assert np.std(np.log(FEW.transit_days(replace(one, n=400.0, site=("back",)))[1])) < alone
    assert FEW.person_power(printed) == pytest.approx(0.0)


def test_the_same_redness_is_seen_for_fewer_hours_on_dark_skin() -> None:
    row = replace(mechanism_row("T044"), length_mm=(2.0, 2.0))
    light, dark = (observe(replace(row, phototypes=(kind, kind)), FEW) for kind in (1.0, 6.0))
    assert np.all(dark <= light)
    assert dark.mean() < light.mean()
