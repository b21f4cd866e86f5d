"""A resolved channel: the reference, closed forms, two other ways of solving it, and conservation whatever happens."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.absorption.cell import QUICK, RESOLVED, Counts, Film, Pace, Permeation, Resolution, UnitCell, permeate
from puncta.absorption.cell.mesh import Mesh
from puncta.absorption.cell.permeate import _Ledger, _tell

from . import finite_elements, lanczos, unit_cell

HOUR, DAY = 3600.0, 86400.0
HOURS = np.array([1.0, 4.0, 12.0, 24.0])
#: Amounts past the epidermis in the feasibility study, um of donor concentration.
REFERENCE = np.array([129.624, 525.27, 1567.72, 3130.66])
BALANCE = np.array([10.0, 60.0, 15 * 60.0, DAY])


def raw(cell: UnitCell, counts: Counts, seconds: np.ndarray, pace: Pace = RESOLVED.pace) -> Permeation:
    """What one mesh says, without extrapolation."""
    from puncta.absorption.cell.system import System

    drawn = cell.drawn()
    ledger = _Ledger(System.of(drawn, Mesh.of(drawn, counts), True), drawn, False)
    return _tell(ledger, [Film()], seconds, None, pace)


def test_the_default_answer_is_the_reference() -> None:
    told = permeate(UnitCell(), Film(), HOURS * HOUR, receptor=True).past_epidermis[0]
    assert told == pytest.approx(REFERENCE, rel=4e-4)


def test_quadratic_elements_say_the_same() -> None:
    fine = Resolution(Counts(9, 18, (16, 22, 16, 12)), Pace(2.0, 6))
    told = permeate(UnitCell(), Film(), np.array([DAY]), receptor=True, resolution=fine).past_epidermis[0, 0]
    assert told == pytest.approx(finite_elements.past_epidermis_um(DAY, finer=2), rel=5e-5)


def test_vectors_exact_in_time_say_the_same_of_the_same_mesh() -> None:
    counts = RESOLVED.counts.twice()
    told = raw(UnitCell(), counts, HOURS * HOUR).past_epidermis[0]
    exact = lanczos.past_epidermis_um(UnitCell(), counts, HOURS * HOUR, shift_s=600.0, vectors=30)
    assert told == pytest.approx(exact, rel=5e-5)


def test_the_march_is_of_second_order_in_time() -> None:
    counts, at = RESOLVED.counts, np.array([HOUR])
    exact = lanczos.past_epidermis_um(UnitCell(), counts, at, shift_s=600.0, vectors=30)[0]
    errors = [abs(raw(UnitCell(), counts, at, Pace(8.0 / k, 2 * k)).past_epidermis[0, 0] - exact) for k in (1, 2, 4)]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(2.0, abs=0.3)
    assert np.log2(errors[1] / errors[2]) == pytest.approx(2.0, abs=0.3)


def test_the_meshes_are_of_second_order_in_space() -> None:
    counts, told = Counts(3, 6, (6, 8, 6, 4)), []
    for _ in range(3):
        told.append(raw(UnitCell(), counts, np.array([DAY])).past_epidermis[0, 0])
        counts = counts.twice()
    first, second = np.diff(told)
    assert np.log2(first / second) == pytest.approx(2.0, abs=0.15)


@pytest.mark.parametrize("hours", [0.5, 2.0])
def test_without_a_channel_it_is_the_slab_of_the_textbook(hours: float) -> None:
    thick, diffusion, partition = 100.0, 0.5, 2.0
    slab = UnitCell(
        radius_um=0.0, corneum_um=10.0, epidermis_um=40.0, dermis_um=50.0, clearance_per_s=0.0,
        corneum_partition=partition, epidermis_partition=partition, dermis_partition=partition,
        corneum_um2_per_s=diffusion, epidermis_um2_per_s=diffusion, dermis_um2_per_s=diffusion,
    )  # fmt: skip
    fine = Resolution(Counts(1, 1, (60, 60, 60, 60)), Pace(1.0, 120))
    told = permeate(slab, Film(), np.array([hours * HOUR]), receptor=True, resolution=fine)
    t, n = diffusion * hours * HOUR / thick**2, np.arange(1, 200)
    terms = ((-1.0) ** n / n**2 * np.exp(-((n * np.pi) ** 2) * t)).sum()
    passed = partition * thick * (t - 1 / 6 - 2 / np.pi**2 * terms)
    assert told.receptor[0, 0] == pytest.approx(passed, rel=1e-6)


@pytest.mark.parametrize("film_um", [20.0, 200.0])
def test_a_film_runs_out_as_in_a_mesh_of_another_hand(film_um: float) -> None:
    hours = np.array([0.25, 1.0, 4.0, 24.0])
    told = permeate(UnitCell(), Film(thickness_um=film_um), hours * HOUR, receptor=True).past_epidermis[0] / film_um
    assert told == pytest.approx(unit_cell.past_epidermis(unit_cell.Cell(), film_um, hours), abs=5e-3)


@pytest.mark.parametrize(
    ("film_um", "channel", "published"),
    [
        (20.0, True, (0.51, 0.78, 0.97, 1.00)),
        (50.0, True, (0.35, 0.71, 0.95, 1.00)),
        (200.0, True, (0.13, 0.42, 0.84, 1.00)),
        (5000.0, True, (0.006, 0.025, 0.098, 0.46)),
        (20.0, False, (0.0, 0.05, 0.50, 0.99)),
        (200.0, False, (0.0, 0.01, 0.13, 0.68)),
    ],
)
def test_the_tables_of_the_feasibility_study(film_um: float, channel: bool, published: tuple[float, ...]) -> None:
    cell = UnitCell() if channel else UnitCell().without_channel()
    told = permeate(cell, Film(thickness_um=film_um), np.array([0.25, 1, 4, 24]) * HOUR, receptor=True)
    assert told.past_epidermis[0] / film_um == pytest.approx(np.array(published), abs=0.008)


cells = st.builds(
    UnitCell,
    radius_um=st.one_of(st.just(0.0), st.floats(5.0, 100.0)),
    pitch_um=st.floats(120.0, 1000.0),
    depth_um=st.floats(5.0, 2500.0),
    corneum_um=st.floats(8.0, 20.0),
    epidermis_um=st.floats(40.0, 120.0),
    dermis_um=st.floats(700.0, 2000.0),
    corneum_partition=st.floats(0.3, 50.0),
    epidermis_partition=st.floats(0.5, 3.0),
    dermis_partition=st.floats(0.5, 3.0),
    corneum_um2_per_s=st.one_of(st.just(0.0), st.floats(1e-5, 0.1)),
    epidermis_um2_per_s=st.floats(1.0, 100.0),
    dermis_um2_per_s=st.floats(1.0, 100.0),
    channel_um2_per_s=st.floats(20.0, 800.0),
    clearance_per_s=st.floats(0.0, 1e-3),
    clearance_fold=st.floats(1.0, 4.0),
    taper=st.sampled_from([0.0, 0.5, 1.0]),
    filled_fraction=st.floats(0.0, 1.0),
    bound_capacity=st.sampled_from([0.0, 0.5]),
    bound_half_activity=st.floats(0.05, 2.0),
)
films = st.builds(
    Film,
    thickness_um=st.floats(5.0, 300.0),
    concentration=st.floats(0.1, 2.0),
    partition=st.floats(1.0, 20.0),
    solubility_activity=st.one_of(st.just(np.inf), st.floats(0.05, 1.0)),
    evaporation_um_per_s=st.floats(0.0, 0.02),
    drying_per_s=st.floats(0.0, 2e-3),
    dry_fraction=st.floats(0.05, 1.0),
    wiped_s=st.one_of(st.none(), st.floats(300.0, 7200.0)),
)


@settings(deadline=None, max_examples=40)
@given(cells, films, st.booleans(), st.booleans(), st.booleans())
def test_whatever_happens_every_part_of_the_dose_is_somewhere(
    cell: UnitCell, film: Film, closes: bool, again: bool, receptor: bool
) -> None:
    applied = [film, replace(film, start_s=4 * HOUR, wiped_s=None)] if again else film
    share = (lambda s: np.array([np.exp(-s / HOUR)])) if closes else None
    told = permeate(cell, applied, BALANCE, open_share=share, receptor=receptor, resolution=QUICK)
    off = np.abs(told.told / told.applied - 1.0)[0]
    assert off[:2].max() < 1e-6
    assert off[2:].max() < 1e-10


def test_what_is_wiped_off_no_longer_enters() -> None:
    at = np.array([0.25, 0.5, 6.0]) * HOUR
    film = Film(thickness_um=50.0)
    stays = permeate(UnitCell(), film, at)
    wiped = permeate(UnitCell(), replace(film, wiped_s=0.25 * HOUR), at)
    assert wiped.film[0] == pytest.approx(0.0, abs=1e-12)
    assert wiped.removed[0, 0] == pytest.approx(stays.film[0, 0], rel=1e-3)
    assert wiped.delivered[0, -1] < stays.delivered[0, -1]


def test_several_films_add_up_where_nothing_saturates() -> None:
    at = np.array([2.0, 3.0, 24.0]) * HOUR
    first = Film(thickness_um=50.0, wiped_s=HOUR)
    second = Film(thickness_um=50.0, concentration=0.5, start_s=2 * HOUR)
    both = permeate(UnitCell(), [first, second], at)
    later = permeate(UnitCell(), [replace(first, concentration=0.0), second], at)
    alone = permeate(UnitCell(), [first, replace(second, concentration=0.0)], at)
    for place in ("delivered", "cleared", "dermis", "film"):
        expected = getattr(alone, place) + getattr(later, place)
        assert getattr(both, place) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_saturated_film_pushes_no_harder_than_its_solubility() -> None:
    at = np.array([HOUR])
    thick = Film(thickness_um=500.0, concentration=1.0, solubility_activity=0.1)
    saturated = permeate(UnitCell(), thick, at).delivered[0, 0]
    endless = permeate(UnitCell(), Film(concentration=0.1), at).delivered[0, 0]
    assert saturated == pytest.approx(endless, rel=1e-6)


def test_what_binds_holds_back() -> None:
    at = np.array([HOUR])
    free = permeate(UnitCell(), Film(thickness_um=50.0), at)
    bound = permeate(UnitCell(bound_capacity=2.0, bound_half_activity=0.1), Film(thickness_um=50.0), at)
    assert bound.cleared[0, 0] < free.cleared[0, 0]
    assert bound.epidermis[0, 0] > free.epidermis[0, 0]


def test_a_drying_film_pushes_harder_and_an_evaporating_one_is_lost_to_the_air() -> None:
    at = np.array([HOUR])
    wet = Film(thickness_um=50.0)
    skin = UnitCell().without_channel()
    dries = permeate(skin, replace(wet, drying_per_s=1e-3, dry_fraction=0.2), at).delivered[0, 0]
    stays = permeate(skin, wet, at).delivered[0, 0]
    airs = permeate(skin, replace(wet, evaporation_um_per_s=0.01), at)
    assert dries > 1.3 * stays
    assert airs.delivered[0, 0] < stays
    assert airs.evaporated[0, 0] > 0


def test_channels_that_close_bring_less_and_a_cone_less_than_a_cylinder() -> None:
    at = np.array([HOUR, DAY])
    film = Film(thickness_um=200.0)
    stays = permeate(UnitCell(), film, at).delivered[0]
    closes = permeate(UnitCell(), film, at, open_share=lambda s: np.array([np.exp(-s / HOUR)])).delivered[0]
    cone = permeate(UnitCell(taper=1.0), film, at).delivered[0]
    assert (closes < stays).all()
    assert cone[0] < stays[0]


def test_closing_at_once_leaves_what_whole_skin_takes_up() -> None:
    at = np.array([DAY])
    shut = permeate(UnitCell(), Film(thickness_um=50.0), at, open_share=lambda s: np.zeros(1)).delivered[0, 0]
    whole = permeate(UnitCell().without_channel(), Film(thickness_um=50.0), at).delivered[0, 0]
    assert shut == pytest.approx(whole, rel=2e-3)


def test_a_needle_that_stays_in_the_stratum_corneum_opens_nothing() -> None:
    at = np.array([HOUR])
    shallow = permeate(UnitCell(depth_um=14.0), Film(), at)
    whole = permeate(UnitCell().without_channel(), Film(), at)
    assert shallow.through_channels[0, 0] == 0
    assert shallow.delivered[0, 0] == pytest.approx(whole.delivered[0, 0], rel=1e-3)


def test_a_full_channel_has_what_fills_it_from_the_film() -> None:
    told = permeate(UnitCell(filled_fraction=1.0), Film(thickness_um=50.0), np.array([0.0, HOUR]))
    assert told.channel[0, 0] == pytest.approx(0.01 * 500.0, rel=1e-9)
    assert told.film[0, 0] == pytest.approx(50.0 - 5.0, rel=1e-9)
    thin = permeate(UnitCell(filled_fraction=1.0), Film(thickness_um=2.0), np.array([0.0]))
    assert thin.film[0, 0] == pytest.approx(0.0, abs=1e-12)


def test_a_draw_does_not_depend_on_the_draws_beside_it() -> None:
    radius = np.linspace(10.0, 60.0, 12)
    film, at = Film(thickness_um=50.0), np.array([HOUR])
    many = permeate(UnitCell(radius_um=radius), film, at, resolution=QUICK).delivered[:, 0]
    single = [permeate(UnitCell(radius_um=r), film, at, resolution=QUICK).delivered[0, 0] for r in radius]
    assert many == pytest.approx(np.array(single), rel=1e-10)


def test_the_profile_falls_from_the_surface_down() -> None:
    told = permeate(UnitCell().without_channel(), Film(), np.array([4 * HOUR]), profile=True)
    assert (np.diff(told.activity[0, 0]) < 0).all()
    assert told.layer_edges_um.shape[1] == told.activity.shape[2] + 1


@pytest.mark.parametrize(
    ("films", "at"),
    [
        ([], [1.0]),
        ([Film(start_s=5.0)], [1.0]),
        ([Film(wiped_s=0.0)], [1.0]),
        ([Film(wiped_s=10.0), Film(start_s=5.0)], [1.0]),
        ([Film()], [1.0, 1.0]),
        ([Film()], [-1.0]),
    ],
)
def test_what_is_out_of_order_is_refused(films: list[Film], at: list[float]) -> None:
    with pytest.raises(ValueError, match=r"ascend|film"):
        permeate(UnitCell(), films, np.array(at))
