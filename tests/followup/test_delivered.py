"""Delivered: density as counted, and what a difference from the plan does."""

from __future__ import annotations

import numpy as np
import pytest
from tests.followup.small import KIND, ZONE, followed, one_cheek

from puncta.followup import DeliveredZone, delivered_against_planned
from puncta.followup.dose import Doses, delivered_density, delivered_doses, planned_doses, remaining_doses
from puncta.simulation import area_cm2


def _done(**changes: object) -> DeliveredZone:
    given = dict.fromkeys(("passes", "density_per_cm2", "strokes_per_s", "needles_count", "minutes", "area_cm2"))
    known = {"zone": ZONE, "dial_mm": 1.0, "device": "exceed", "pain_score": None, **given, **changes}
    return DeliveredZone(**known)  # type: ignore[arg-type]


def test_density_is_needles_times_rate_times_time_over_area() -> None:
    done = _done(strokes_per_s=90.0, needles_count=12, minutes=2.0, area_cm2=45.0)
    assert delivered_density(one_cheek(), done) == pytest.approx(12 * 90 * 120 / 45)


def test_the_device_gives_the_needles_and_the_zone_the_area_where_nobody_wrote_them() -> None:
    case, done = one_cheek(), _done(strokes_per_s=100.0, minutes=1.0)
    needles, area = case.library.device("exceed").needles, area_cm2(case, ZONE)
    assert delivered_density(case, done) == pytest.approx(needles * 100 * 60 / area)


def test_what_was_counted_stands_before_what_was_reckoned_and_passes_alone_say_nothing() -> None:
    case = one_cheek()
    assert delivered_density(case, _done(density_per_cm2=800.0, strokes_per_s=90.0, minutes=2.0)) == 800.0
    assert delivered_density(case, _done(passes=4)) is None


def test_as_planned_changes_nothing_and_half_of_the_punctures_do_less() -> None:
    case = one_cheek()
    done = {"zone": ZONE, "dial_mm": 1.0, "passes": 4}
    whole = followed(sessions=[{"day": day, "zones": [done]} for day in (0, 28, 56, 84)])
    same = delivered_against_planned(case, whole, draws=100)
    assert same.effect_fraction[KIND] == (0.0, 0.0, 0.0)
    assert [one.density_fold for one in same.rows] == [1.0, 1.0, 1.0, 1.0]
    few = {"zone": ZONE, "dial_mm": 0.3, "density_per_cm2": 60.0}
    less = delivered_against_planned(
        case, followed(sessions=[{"day": day, "zones": [few]} for day in (0, 28, 56)]), draws=100
    )
    assert less.effect_fraction[KIND][2] < 0.0


def test_a_visit_that_was_missed_comes_later_and_who_stays_away_has_none() -> None:
    case, late = one_cheek(), followed(today=150)
    assert {dose.day for dose in remaining_doses(case, late)} == {150}
    assert remaining_doses(case, followed(stays_away=True)) == ()


def test_a_counted_density_scatters_about_what_was_counted() -> None:
    case = one_cheek()
    visits = followed(sessions=[{"day": 0, "zones": [{"zone": ZONE, "dial_mm": 1.0, "density_per_cm2": 900.0}]}])
    (dose,) = delivered_doses(case, visits)
    made = Doses(case, (dose, *planned_doses(case, visits.planned)), 400, 0).of(dose).wound.density_per_cm2
    assert np.median(made) == pytest.approx(900.0, rel=0.03) and 0.05 < np.std(np.log(made)) < 0.15
