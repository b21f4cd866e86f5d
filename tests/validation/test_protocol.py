"""Protocols: as printed where printed, integrated where not, never a default."""

import numpy as np
import pytest

from puncta.evidence.mechanism import mechanism_row, mechanism_rows
from puncta.validation.protocol import kind_of, protocol, sites_of
from puncta.validation.published import integrated, people_count, published_intervals_days, published_lengths_mm

N = 300
NEEDLED = [row for row in mechanism_rows().values() if row.is_usable and row.device not in ("wound", "none")]


@pytest.mark.parametrize("row", NEEDLED, ids=lambda row: row.key)
def test_every_needled_row_has_a_protocol_within_what_it_prints(row) -> None:
    done = protocol(row, 40, seed=0)
    assert sites_of(row)
    assert np.all(np.isfinite(done.wound.depth_mm) & (done.wound.depth_mm >= 0))
    if row.length_mm is not None:
        assert np.all((done.length_mm >= row.length_mm[0]) & (done.length_mm <= row.length_mm[1]))
    if row.sessions is not None:
        assert set(done.sessions) <= set(range(int(row.sessions[0]), int(row.sessions[1]) + 1))
    if row.interval_days is not None:
        assert np.all(done.interval_days == row.interval_days)


def test_fields_that_are_not_printed_take_many_values_that_others_print() -> None:
    done = protocol(mechanism_row("H05a"), N, seed=0)
    lengths = {end for ends in published_lengths_mm("roller") for end in ends}
    assert set(done.length_mm) == {0.25, 1.5, 3.0}
    assert set(done.length_mm) <= lengths
    assert set(done.interval_days) <= {ends[0] for ends in published_intervals_days("roller")}
    assert set(done.sessions) == {1, 2, 3, 4}
    assert np.unique(done.density_per_cm2).size > N / 2
    assert np.unique(done.site).size > 3


def test_rows_of_one_study_meet_the_same_persons_and_needles() -> None:
    one, other = (protocol(mechanism_row(key), N, seed=1) for key in ("H02a", "H02f"))
    assert np.array_equal(one.wound.depth_mm, other.wound.depth_mm)
    assert not np.array_equal(one.length_mm, protocol(mechanism_row("H12a"), N, seed=1).length_mm)


def test_a_named_device_is_that_device_and_a_kind_all_of_its_kind() -> None:
    assert kind_of(mechanism_row("H13a")) == "pen"
    assert kind_of(mechanism_row("H03b")) == "roller"
    any_pen = protocol(mechanism_row("T058"), N, seed=0).density_per_cm2
    one_pen = protocol(mechanism_row("H13a"), N, seed=0).density_per_cm2
    assert np.std(np.log(any_pen)) > np.std(np.log(one_pen))


def test_the_face_is_neither_neck_nor_eyelid() -> None:
    face = sites_of(mechanism_row("H03b"))
    assert "cheek_left" in face
    assert not {name for name in face if "eyelid" in name or "neck" in name or "right" in name}


def test_unprinted_numbers_of_people_come_from_their_group() -> None:
    drawn = people_count(mechanism_row("T052"), N, seed=0)
    printed = {row.n for row in mechanism_rows().values() if row.group == "pain" and row.is_usable}
    assert set(drawn) <= printed
    assert np.all(people_count(mechanism_row("T054"), N, seed=0) == 9)


def test_what_is_printed_asks_no_other_study() -> None:
    def refuse() -> tuple[tuple[float, float], ...]:
        raise AssertionError("asked")

    drawn = integrated((0.5, 0.75), refuse, "x", N, 0)
    assert 0.5 <= drawn.min() < drawn.max() <= 0.75
