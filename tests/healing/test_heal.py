"""Healing as a whole: rest stays rest, more injury does more, and all of it comes back."""

import dataclasses
import itertools

import numpy as np
import pytest
from tests.healing.protocols import COURSE, NOMINAL, PROTOCOLS, follow, wound_of

from puncta.evidence import draw, parameter
from puncta.healing import STATES, HealingParameters, heal

NOTHING = (0.0, 0.0, 0.0)
DAY = np.array([0.0, 0.5, 1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 21, 28])


def _all_figures(course) -> np.ndarray:
    means = [getattr(part, f.name) for part in (course.papillary, course.dermis) for f in dataclasses.fields(part)]
    surface = [course.redness_delta_a, course.epidermis_fold, course.horny_layer_fold, course.melanin_fold]
    return np.stack([*means, *surface])


def test_five_years_untreated_change_nothing() -> None:
    for parameters in (NOMINAL, draw(HealingParameters, 20, seed=5)):
        years = follow(wound_of(NOTHING), (), (0, 365, 1825), parameters)
        figures = _all_figures(years)
        assert np.abs(figures - figures[..., :1]).max() < 1e-13


def test_sessions_without_injury_change_nothing() -> None:
    course = follow(wound_of(NOTHING), (0, 28), (0, 28, 365))
    untreated = follow(wound_of(NOTHING), (), (0, 28, 365))
    assert np.abs(_all_figures(course) - _all_figures(untreated)).max() < 1e-13


def test_below_the_threshold_nothing_is_gained() -> None:
    shares = np.array([1e-2, 1e-3, 1e-4])
    rows = [(0.9, 250.0 * share, 0.06) for share in shares]
    one = follow(wound_of(*rows), (0,), (0, 90), record="all")
    assert one.states is not None
    debris = one.states[0, STATES.index("D"), 2] / shares
    assert debris == pytest.approx(np.full(3, debris[-1]), rel=0.01)
    assert np.all(np.abs(one.papillary.collagen_fold[:, 1] - 1) < 1e-4)
    elastin = one.papillary.new_elastin_fraction[:, 1] / shares
    assert np.all(elastin[1:] < 1e-2 * elastin[:-1])


@pytest.mark.parametrize("reading_day", [180.0, 365.0])
def test_a_deeper_or_denser_course_makes_more_collagen(reading_day: float) -> None:
    depths, densities = (0.25, 0.5, 1.0, 1.5, 2.0, 2.5), (60.0, 250.0, 500.0, 1000.0, 2000.0)
    rows = [(depth, density, 0.06) for depth, density in itertools.product(depths, densities)]
    course = follow(wound_of(*rows), COURSE, (reading_day,))
    for region in (course.papillary, course.dermis):
        gained = region.collagen_fold[:, 0].reshape(len(depths), len(densities))
        assert np.all(np.diff(gained, axis=0) > -1e-5)
        assert np.all(np.diff(gained, axis=1) > -1e-5)


def test_a_deeper_or_denser_session_inflames_and_reddens_more() -> None:
    depths, densities = (0.25, 0.5, 1.0, 1.5, 2.5), (60.0, 250.0, 1000.0, 2000.0)
    rows = [(depth, density, 0.06) for depth, density in itertools.product(depths, densities)]
    one = follow(wound_of(*rows), (0,), tuple(DAY))
    for peak in (
        one.dermis.inflammation.max(axis=1),
        one.dermis.signal.max(axis=1),
        one.redness_delta_a[:, 0],
    ):
        table = peak.reshape(len(depths), len(densities))
        assert np.all(np.diff(table, axis=0) > 0)
        assert np.all(np.diff(table, axis=1) > 0)


def test_what_a_session_leaves_for_the_next_falls_with_the_interval() -> None:
    days = [7.0, 14.0, 28.0, 42.0]
    one = follow(wound_of(PROTOCOLS["R15"]), (0,), tuple(days))
    for figure in (one.papillary.inflammation, one.papillary.signal, one.redness_delta_a):
        assert np.all(np.diff(figure[0]) < 0)
        assert figure[0, -1] < 0.02 * figure[0, 0]


def test_strong_courses_are_bounded_and_come_back() -> None:
    course = follow(wound_of(PROTOCOLS["STRONG"]), tuple(range(0, 168, 28)), (365, 730, 1825, 3650))
    collagen = course.papillary.collagen_fold[0]
    assert np.all(np.diff(collagen) < 0)
    assert collagen[0] < 1.6
    assert collagen[-1] == pytest.approx(1.0, abs=0.006)
    assert course.papillary.fibroblasts_fold[0, -1] == pytest.approx(1.0, abs=1e-6)


def test_states_keep_their_bounds_through_weekly_strong_sessions() -> None:
    days = tuple(range(0, 84, 7))
    course = follow(wound_of(PROTOCOLS["STRONG"]), days, tuple(np.arange(0.0, 120.0, 0.5)), record="all")
    assert course.states is not None
    states = dict(zip(STATES, np.moveaxis(course.states, 1, 0), strict=True))
    assert min(float(values.min()) for values in states.values()) > -1e-3
    ceiling = (NOMINAL.pc + NOMINAL.rho) / (NOMINAL.pc / NOMINAL.Fmax + NOMINAL.rho)
    assert states["F"].max() <= ceiling + 1e-3
    assert (states["M1"] + states["M2"]).max() <= NOMINAL.smr / NOMINAL.mum2
    assert states["W"].max() <= 1 + 1e-3


def test_total_elastin_is_not_above_rest_at_three_months_while_new_elastin_is_there() -> None:
    """El-Domyati 2015: six sessions every 14 days, biopsies on day 90."""
    course = follow(wound_of(PROTOCOLS["R15"]), tuple(range(0, 84, 14)), (90.0,))
    photoaged = parameter("skin.elastotic_fraction").value
    total = course.papillary.total_elastin_fold(photoaged)[0, 0]
    assert total < 1
    assert course.papillary.new_elastin_fraction[0, 0] > 0.01
    assert course.papillary.old_elastin_fraction[0, 0] < 1
    assert course.papillary.total_elastin_fold(0.0)[0, 0] > 1


def test_collagens_i_and_iii_rise_as_in_the_biopsies() -> None:
    course = follow(wound_of(PROTOCOLS["R15"]), tuple(range(0, 84, 14)), (90.0,)).papillary
    type_i = course.young_collagen_fraction + course.mature_collagen_fraction
    assert type_i[0, 0] > 0.8
    assert course.collagen_iii_fraction[0, 0] > 0.2


def test_the_fitted_course_gives_the_collagen_and_epidermis_it_was_fitted_to() -> None:
    """Lotfi 2013, day 176: calibration, not validation."""
    course = follow(wound_of(PROTOCOLS["R15"]), (0, 30, 60, 90, 120), (176.0,))
    assert course.papillary.collagen_fold[0, 0] == pytest.approx(1.532, abs=0.01)
    assert course.thickness_fold[0, 0] == pytest.approx(1.50, abs=0.04)


def test_mature_collagen_rises_on_after_total_collagen_falls() -> None:
    course = follow(wound_of(PROTOCOLS["P15"]), COURSE, (112.0, 200.0, 300.0)).papillary
    assert np.all(np.diff(course.collagen_fold[0]) < 0)
    assert np.all(np.diff(course.mature_collagen_fraction[0]) > 0)


def test_a_person_with_more_gain_makes_more_and_an_older_one_less() -> None:
    gains = dataclasses.replace(NOMINAL, G=np.array([0.5, 1.0, 2.0]))
    made = follow(wound_of(PROTOCOLS["R15"]), (0, 30, 60, 90, 120), (176.0,), gains).papillary.collagen_fold[:, 0]
    assert made == pytest.approx([1.31, 1.54, 2.07], abs=0.02)
    ages = heal(
        wound_of(PROTOCOLS["R15"]), COURSE, NOMINAL, age_years=np.array([20.0, 30, 50, 80]), horizon_days=112,
        output_days=(112,),
    )  # fmt: skip
    assert np.all(np.diff(ages.papillary.collagen_fold[:, 0]) < 0)


def test_the_same_gain_by_age_and_by_person_is_the_same_course() -> None:
    half = dataclasses.replace(NOMINAL, G=np.array([0.5]))
    young = follow(wound_of(PROTOCOLS["P15"]), (0,), (28,), half)
    old = heal(wound_of(PROTOCOLS["P15"]), (0,), NOMINAL, age_years=80, horizon_days=28, output_days=(28,))
    assert young.papillary.collagen_fold == pytest.approx(old.papillary.collagen_fold)


@pytest.mark.parametrize("called", [0.0, 2.0])
def test_melanin_made_is_melanin_kept_shed_or_taken_by_the_session(called: float) -> None:
    days = np.unique(np.r_[np.arange(0, 58, 0.125), np.arange(0, 58, 28.0)])
    before = np.nextafter(28.0, 0)
    outputs = tuple(np.sort(np.r_[days, before]))
    person = dataclasses.replace(NOMINAL, kI=np.array([called]))
    wound = wound_of(PROTOCOLS["P15"])
    course = follow(wound, (0, 28, 56), outputs, person)
    at, melanin = course.days, course.melanin_fold[0]
    assert np.abs(melanin - 1).max() > 1e-2
    first, last = np.searchsorted(at, [0.0, 28.0])
    span = slice(first, last)
    time, held = at[span], melanin[span]
    made = np.trapezoid(1 + called * course.papillary.inflammation[0, span], time) / NOMINAL.tv_e[0]
    shed = np.trapezoid(held, time) / NOMINAL.tv_e[0]
    assert made == pytest.approx(held[-1] - held[0] + shed, abs=1e-4)
    epidermis = wound.grid.overlap_mm(0.0, float(NOMINAL.he[0]))
    taken = epidermis @ wound.cut_fraction[:, 0] / epidermis.sum()
    assert melanin[last] == pytest.approx(melanin[last - 1] * (1 - taken), abs=1e-9)


def test_the_row_on_a_session_day_is_after_the_session_and_the_one_before_can_be_asked_for() -> None:
    before = float(np.nextafter(28.0, 0))
    course = follow(wound_of(PROTOCOLS["P15"]), (0, 28), (before, 28.0, 30.0))
    assert course.redness_delta_a[0, 0] < 0.2
    assert course.redness_delta_a[0, 1] > 10


def test_each_session_has_its_own_injury_and_each_lane_may_sit_one_out() -> None:
    strong, light = wound_of(PROTOCOLS["P15"], NOTHING), wound_of(NOTHING, PROTOCOLS["P15"])
    course = heal((strong, light), (0, 28), NOMINAL, age_years=30, horizon_days=56, output_days=(14.0, 56.0))
    assert course.papillary.collagen_fold[0, 0] > 1.2
    assert course.papillary.collagen_fold[1, 0] == pytest.approx(1.0, abs=1e-12)
    late = follow(wound_of(PROTOCOLS["P15"]), (0,), (28.0,))
    assert course.papillary.collagen_fold[1, 1] == pytest.approx(late.papillary.collagen_fold[0, 0], abs=1e-5)


def test_a_later_start_only_shifts_the_course() -> None:
    late = follow(wound_of(PROTOCOLS["P15"]), (10,), tuple(10 + DAY))
    early = follow(wound_of(PROTOCOLS["P15"]), (0,), tuple(DAY))
    assert late.papillary.collagen_fold == pytest.approx(early.papillary.collagen_fold, abs=1e-6)
    assert late.redness_delta_a == pytest.approx(early.redness_delta_a, abs=1e-3)


def test_turnover_of_site_and_age_slows_or_speeds_the_surface_only() -> None:
    given = {"age_years": 30, "horizon_days": 28, "output_days": (7.0, 28.0)}
    wound = wound_of(PROTOCOLS["P15"])
    slow = heal(wound, (0,), NOMINAL, turnover_fold=np.array([1.0, 2.0]), shedding_fold=0.37, **given)
    assert np.all(slow.epidermis_fold[1] < slow.epidermis_fold[0])
    assert slow.papillary.collagen_fold[1] == pytest.approx(slow.papillary.collagen_fold[0], rel=1e-12)
    usual = heal(wound, (0,), NOMINAL, **given)
    assert np.all(slow.horny_layer_fold[0] > usual.horny_layer_fold[0])


def test_a_thicker_epidermis_leaves_less_dermis_to_redden() -> None:
    thick = dataclasses.replace(NOMINAL, he=np.array([0.06, 0.1, 0.14]))
    redness = follow(wound_of(PROTOCOLS["P05"]), (0,), (0.0,), thick).redness_delta_a[:, 0]
    assert redness[0] != redness[2]
    assert np.all(np.isfinite(redness))


def test_progress_runs_to_one() -> None:
    seen: list[float] = []
    follow(wound_of(PROTOCOLS["P15"]), (0,), (0, 7, 28), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
