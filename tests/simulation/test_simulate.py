"""A course from needles to what the eye sees: rest stays rest, more is never less, chance is shared."""

from dataclasses import replace

import numpy as np
import pytest

from puncta.case import Case, Course, Role, ZoneSetting, ZoneUse, read_case
from puncta.evidence import draw, parameters
from puncta.messages import has_text
from puncta.person import People
from puncta.simulation import Outcome, simulate
from puncta.skin import MatrixParameters, collagen_of_young_fraction, skin_before
from puncta.units import suffix_of

DRAWS = 60
CHEEK = "cheek_left"


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case("examples/acne_scars.toml")


def _course(dial_mm: float, passes: int, count: int = 3, weeks: int = 4) -> Course:
    return Course.regular("gentle", (ZoneSetting(CHEEK, dial_mm, passes),), count, 7 * weeks)


@pytest.fixture(scope="module")
def usual(case: Case) -> Outcome:
    return simulate(case, _course(1.0, 4), draws=DRAWS, seed=3)


def test_the_same_seed_gives_the_same_bytes(case: Case, usual: Outcome) -> None:
    again = simulate(case, _course(1.0, 4), draws=DRAWS, seed=3)
    assert usual.quantities.keys() == again.quantities.keys()
    for key, quantity in usual.quantities.items():
        assert quantity.values.tobytes() == again[key].values.tobytes(), key


def test_another_seed_gives_other_people(case: Case, usual: Outcome) -> None:
    other = simulate(case, _course(1.0, 4), draws=DRAWS, seed=4)
    assert not np.array_equal(usual[f"depth_mm@{CHEEK}"].values, other[f"depth_mm@{CHEEK}"].values)


def test_more_draws_keep_the_people_drawn_before(case: Case, usual: Outcome) -> None:
    more = simulate(case, _course(1.0, 4), draws=DRAWS + 15, seed=3)
    for key in (f"depth_mm@{CHEEK}", f"pain_score@{CHEEK}", "pih_probability"):
        assert np.allclose(more[key].values[:DRAWS], usual[key].values)
    late = more[f"collagen_fold@{CHEEK}"].values[:DRAWS, -1]
    assert late == pytest.approx(usual[f"collagen_fold@{CHEEK}"].values[:, -1], abs=2e-3)


def test_an_untreated_person_has_no_needles_no_pain_and_no_marks(case: Case) -> None:
    outcome = simulate(case, Course("untreated", ()), draws=DRAWS, seed=3)
    before = skin_before(CHEEK, People.like(case.person, DRAWS, 3), 3).figures()
    assert {q.name for q in outcome.quantities.values()} == {
        "improvement_fraction",
        "severity_score",
        "grade_gain_probability",
        "collagen_of_today_fold",
        *before,
    }
    for figure, values in before.items():
        assert np.array_equal(outcome[f"{figure}@{CHEEK}"].values[:, 0], values), figure


def test_five_years_untreated_follow_the_age_curve_exactly(case: Case) -> None:
    five_years = 5 * 365.25
    outcome = simulate(case, Course("untreated", ()), draws=DRAWS, seed=3, horizon=five_years)
    law = draw(MatrixParameters, DRAWS, 3)
    age = People.like(case.person, DRAWS, 3).age_years
    aged = collagen_of_young_fraction(age + 5, law) / collagen_of_young_fraction(age, law)
    found = outcome[f"collagen_of_today_fold@{CHEEK}"]
    assert found.at(five_years) == pytest.approx(aged, rel=1e-12)
    assert np.all(found.at(0.0) == 1)


def test_treated_skin_ages_as_well_as_it_heals(usual: Outcome) -> None:
    healed, aged = usual[f"collagen_fold@{CHEEK}"], usual[f"collagen_of_today_fold@{CHEEK}"]
    assert np.all(aged.values[:, 1:] < healed.values[:, 1:])
    assert aged.values[:, -1] == pytest.approx(healed.values[:, -1], rel=0.03)


def test_old_skin_and_a_slow_site_answer_later_at_the_surface(case: Case) -> None:
    """After one session the epidermis has come less far by the third day in slower skin, whatever it comes to."""
    course = Course.regular("one", (ZoneSetting("forehead", 1.0, 6), ZoneSetting("dorsal_hand_left", 1.0, 6)), 1, 28)

    def share_by_day_three(age: float, zone: str) -> float:
        person = replace(case.person, age_years=age, age_range_years=None)
        outcome = simulate(replace(case, person=person), course, draws=DRAWS, seed=3)
        gain = np.median(outcome[f"epidermis_fold@{zone}"].values - 1.0, axis=0)
        day = int(np.searchsorted(outcome[f"epidermis_fold@{zone}"].days, 3.0))
        return float(gain[day] / gain.max())

    assert share_by_day_three(35, "forehead") > share_by_day_three(75, "forehead")
    assert share_by_day_three(35, "forehead") > share_by_day_three(35, "dorsal_hand_left")


def test_a_setting_that_does_not_enter_the_skin_changes_no_tissue(case: Case) -> None:
    shallow = simulate(case, _course(0.1, 4), draws=DRAWS, seed=3)
    depth = shallow[f"depth_mm@{CHEEK}"].values[:, 0]
    out = depth == 0
    assert out.sum() > 5
    for name, rest in (("collagen_fold", 1.0), ("elastin_total_fold", 1.0), ("inflammation_fraction", 0.0)):
        assert shallow[f"{name}@{CHEEK}"].values[out] == pytest.approx(rest, abs=1e-6)
    assert np.all(shallow[f"injury_mm3_per_cm2@{CHEEK}"].values[out] == 0)


def test_deeper_is_more_injury_pain_redness_and_collagen(case: Case, usual: Outcome) -> None:
    deeper = simulate(case, _course(1.5, 4), draws=DRAWS, seed=3)
    for name in ("depth_mm", "injury_mm3_per_cm2", "pain_score", "redness_visible_hours", "bleeding_fraction"):
        key = f"{name}@{CHEEK}"
        assert np.all(deeper[key].values >= usual[key].values - 1e-6), name
    key = f"collagen_fold@{CHEEK}"
    assert np.median(deeper[key].values.max(axis=1)) > np.median(usual[key].values.max(axis=1))


def test_new_elastin_rises_while_all_elastin_falls(usual: Outcome) -> None:
    """Photoaged and scarred skin lost elastin in biopsies while its new fibres rose (rows H01, H02)."""
    assert np.all(usual[f"elastin_new_fraction@{CHEEK}"].at(90) > 0)
    assert np.median(usual[f"elastin_total_fold@{CHEEK}"].at(90)) < 1


@pytest.mark.parametrize("angles", [(48.0, -40.0), (None, None)])
def test_equal_inflammation_looks_less_red_on_dark_skin_and_both_are_kept(
    case: Case, angles: tuple[float | None, float | None]
) -> None:
    course = _course(1.0, 4, count=1)
    people = (replace(case.person, phototype=t, ita_degrees=a) for t, a in zip((2, 6), angles, strict=True))
    light, dark = (simulate(replace(case, person=p), course, draws=DRAWS, seed=3) for p in people)
    latent, visible = f"redness_latent_delta_a@{CHEEK}", f"redness_visible_delta_a@{CHEEK}"
    assert np.array_equal(light[latent].values, dark[latent].values)
    assert np.all(dark[visible].at(0.5) < light[visible].at(0.5))
    assert np.array_equal(light[f"inflammation_hours@{CHEEK}"].values, dark[f"inflammation_hours@{CHEEK}"].values)


def test_the_closing_of_channels_is_over_within_a_week(usual: Outcome) -> None:
    share = usual[f"open_channel_fraction@{CHEEK}"]
    assert np.all(share.at(0) > share.at(1))
    assert np.all(share.at(7) < 0.01)


def test_the_band_of_a_concern_lies_between_its_zones(case: Case) -> None:
    zones = tuple(ZoneSetting(z, d, 4) for z, d in (("cheek_left", 1.5), ("jaw_left", 0.5)))
    outcome = simulate(case, Course.regular("gentle", zones, 3, 28), draws=DRAWS, seed=3)
    whole = outcome["improvement_fraction@atrophic_acne_scars"].at(200)
    parts = [q.at(200) for q in outcome.named("improvement_fraction") if q.zone]
    assert np.all(whole <= np.max(parts, axis=0) + 1e-12)
    assert np.all(whole >= np.min(parts, axis=0) - 1e-12)


def test_every_quantity_has_unit_limits_and_a_trace(usual: Outcome) -> None:
    for quantity in usual.quantities.values():
        assert suffix_of(quantity.name) is not None, quantity.name
        assert has_text(quantity.limits)
        assert quantity.rests_on
        assert all(key in parameters() for key in quantity.rests_on), quantity.key
        assert len(set(quantity.rests_on)) == len(quantity.rests_on), quantity.key
        assert not quantity.thin or has_text(quantity.thin)
        assert np.all(np.isfinite(quantity.values)), quantity.key


def test_a_published_case_reproduces_its_series_within_the_band_of_a_person() -> None:
    """Row A03: 44.6 % gone 30 days after the last of five sessions; a calibration row, so a reproduction."""
    published = read_case("examples/published_A03.toml")
    assert published.protocol is not None
    outcome = simulate(published, published.protocol, draws=200, seed=1)
    low, high = np.percentile(outcome["improvement_fraction@atrophic_acne_scars"].at(150), [10, 90])
    assert low < 0.446 < high


def test_a_zone_may_be_measured_larger_than_usual(case: Case) -> None:
    wide = replace(case, zones=(*case.zones, ZoneUse("nose", Role.TREAT, 40.0)))
    course = Course.regular("gentle", (ZoneSetting("nose", 0.5, 4),), 1, 28)
    usual_time = simulate(case, course, draws=DRAWS)["time_minutes@nose"].values
    assert simulate(wide, course, draws=DRAWS)["time_minutes@nose"].values == pytest.approx(2 * usual_time)
