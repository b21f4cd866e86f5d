"""Attribution: what may be another figure's change is refused; what is its own stays."""

import pytest
from calibration.imaging.people import pair, person

from puncta.imaging import Change
from puncta.imaging.attribution import own_changes


def _change(metric: str, change: float, sdc: float, zone: str = "a") -> Change:
    return Change(zone, metric, 1.0, 1.0 + change, change, sdc / 2.77, sdc, 1e-6, abs(change) > sdc, False, "")


def _refused(rows: list[Change], even: list[Change] | None = None, ita: float = 30.0) -> list[str]:
    known = {(one.zone, one.metric): one for one in even or []}
    return [one.metric for one in own_changes(rows, known, ita, False) if one.refused]


@pytest.mark.parametrize(("melanin", "blood"), [("melanin", "blood"), ("contrast_melanin", "contrast_blood")])
def test_melanin_that_comes_with_blood_is_refused_and_its_own_is_told(melanin: str, blood: str) -> None:
    assert _refused([_change(melanin, 0.02, 0.008), _change(blood, 0.5, 0.2)]) == [melanin]
    assert _refused([_change(melanin, -0.05, 0.008), _change(blood, -0.1, 0.2)]) == []
    # more blood brings more melanin along, never so much less
    assert _refused([_change(melanin, -0.02, 0.008), _change(blood, 0.5, 0.2)]) == []
    # blood of another place brings nothing along
    assert _refused([_change(melanin, 0.02, 0.008), _change(blood, 0.5, 0.2, "b")]) == []


def test_blood_that_comes_with_melanin_is_refused() -> None:
    assert _refused([_change("melanin", 0.1, 0.008), _change("blood", 0.25, 0.2)]) == ["blood"]
    assert _refused([_change("melanin", 0.1, 0.008), _change("blood", -0.25, 0.2)]) == []


def test_relief_must_stand_on_even_skin() -> None:
    whole = [_change("texture", -0.1, 0.03)]
    assert _refused(whole, [_change("texture", -0.09, 0.035)]) == []
    assert _refused(whole, [_change("texture", -0.02, 0.035)]) == ["texture"]
    assert _refused(whole, [_change("texture", 0.09, 0.035)]) == ["texture"]
    assert _refused(whole, [_change("texture", -0.04, 0.035)]) == ["texture"]  # less than its share
    assert _refused(whole, [_change("line_strength", -0.09, 0.035)]) == ["texture"]  # nothing even was left


def test_pores_that_go_with_spots_are_refused() -> None:
    assert _refused([_change("pores", -0.6, 0.4), _change("spots", -0.2, 0.05)]) == ["pores"]
    assert _refused([_change("pores", -0.6, 0.4), _change("spots", 0.2, 0.05)]) == []
    assert _refused([_change("pores", -0.6, 0.4), _change("spots", -0.02, 0.05)]) == []


def test_what_is_within_its_error_is_left_alone() -> None:
    assert _refused([_change("melanin", 0.002, 0.008), _change("blood", 0.5, 0.2)]) == []


@pytest.mark.slow
def test_fading_spots_are_no_smoother_skin() -> None:
    found = pair(person(30.0, 410), person(30.0, 410, spots=0.5), 410, 411)
    told = {one.metric: one for one in found.changes if one.zone == "zone_1"}
    assert told["spots"].beyond_error
    for name in ("texture", "line_strength"):
        assert not told[name].beyond_error
        assert "edges" in told[name].refused


@pytest.mark.slow
def test_more_blood_is_no_more_melanin() -> None:
    found = pair(person(45.0, 412), person(45.0, 412, blood_ln=0.5), 412, 413)
    told = [one for one in found.changes if one.metric in ("blood", "melanin") and one.zone != "zone_4"]
    assert all(one.beyond_error for one in told if one.metric == "blood")
    assert all(one.refused for one in told if one.metric == "melanin")
