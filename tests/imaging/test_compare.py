"""Comparing: unchanged skin is not called changed, changes are found, nothing personal is kept."""

import json

import numpy as np
import pytest
from calibration.imaging import people as retakes
from tests.imaging.people import patch, square

from puncta.errors import PunctaError
from puncta.imaging import (
    Photograph,
    Retake,
    Scale,
    compare_photographs,
    comparison_record,
    measure_photograph,
    measurement_record,
    retake,
)
from puncta.imaging.backend import opencv

cv2 = opencv()

RULER = Scale(0.1, "ruler", 0.01)


def test_the_same_photograph_shows_no_change() -> None:
    photo = patch()
    found = compare_photographs(photo, photo, polygons={"a": square(60, 340)}, scale=RULER, chart=False)
    assert found.verdict == "comparable"
    assert not any(one.beyond_error for one in found.changes)


@pytest.mark.slow
@pytest.mark.parametrize("tone", [45.0, 0.0, -35.0])
def test_unchanged_pairs_are_not_called_changed(tone: float) -> None:
    """A sample; the 200 pairs of calibration/imaging/check.py stand in docs/imaging.md."""
    called = 0
    for number in range(4):
        person = retakes.person(tone, 300 + number)
        called += retakes.pair(person, person, 300 + number, 700 + number).changed
    assert called <= 1


@pytest.mark.slow
def test_large_changes_are_found() -> None:
    before = retakes.person(40.0, 400)
    for what, metric in (({"relief": 1.5}, "texture"), ({"redness": 2.5}, "redness"), ({"spots": 2.0}, "spots")):
        found = retakes.pair(before, retakes.person(40.0, 400, **what), 400, 900)
        assert any(one.beyond_error for one in found.changes if one.metric == metric), metric


def test_a_darker_patch_is_darker_by_about_the_truth() -> None:
    from puncta.imaging.render import melanin_density, melanin_of_tone

    before, after = retakes.person(40.0, 401), retakes.person(40.0, 401, melanin_ln=0.2)
    found = retakes.pair(before, after, 401, 901)
    melanin = melanin_of_tone(40.0)
    truth = float(melanin_density(np.array([melanin * np.exp(0.2)]))[0] - melanin_density(np.array([melanin]))[0])
    told = [one.change for one in found.changes if one.metric == "melanin"]
    assert np.mean(told) == pytest.approx(truth, rel=0.25)


def test_polygons_need_a_scale_and_three_corners() -> None:
    with pytest.raises(PunctaError, match="ruler"):
        measure_photograph(patch(), polygons={"a": square(10, 90)}, chart=False)
    for wrong in ({}, {"a": [(1, 2), (3, 4)]}, {"a": "square"}, {"a": [(1, float("nan")), (2, 3), (4, 5)]}):
        with pytest.raises(PunctaError):
            measure_photograph(patch(), polygons=wrong, scale=RULER, chart=False)  # type: ignore[arg-type]


def test_records_are_plain_and_hold_no_landmarks() -> None:
    photo = patch()
    found = compare_photographs(photo, photo, polygons={"a": square(60, 340)}, scale=RULER, chart=False)
    for record in (
        comparison_record(found),
        measurement_record(*measure_photograph(photo, polygons={"a": square(60, 340)}, scale=RULER, chart=False)),
    ):
        words = json.dumps(record, allow_nan=False)
        assert "landmark" not in words
        assert "points" not in words
        assert record["not_a_device"].startswith("Research and planning support")


def test_a_figure_does_not_depend_on_the_size_of_the_pixels() -> None:
    from puncta.imaging import SkinPatch, render
    from puncta.imaging.curve import levels

    fine = Photograph("fine", levels(render(SkinPatch(30.0, size_mm=(30, 30), px_per_mm=16.0), 4)))
    half = Photograph("half", cv2.resize(np.asarray(fine.rgb), None, fx=0.625, fy=0.625, interpolation=cv2.INTER_AREA))
    values = []
    for photo, per_mm in ((fine, 16.0), (half, 10.0)):
        zone = {"a": square(4 * per_mm, 26 * per_mm)}
        _, found, _ = measure_photograph(photo, polygons=zone, scale=Scale(1 / per_mm, "ruler", 0.01), chart=False)
        values.append(found.zones[0].values)
    for name in ("texture", "line_strength"):
        assert values[1][name] == pytest.approx(values[0][name], rel=0.08), name
    for name in ("ita", "lightness", "a_star"):
        assert values[1][name] == pytest.approx(values[0][name], abs=0.2), name


def test_a_coarse_photograph_has_no_relief() -> None:
    photo = patch()
    coarse = Scale(0.3, "ruler", 0.01)
    ready, found, checks = measure_photograph(photo, polygons={"a": square(60, 340)}, scale=coarse, chart=False)
    record = measurement_record(ready, found, checks)
    assert "texture" not in record["zones"]["a"]["values"]
    assert "ita" in record["zones"]["a"]["values"]


def test_a_retake_is_the_same_for_the_same_seed() -> None:
    rgb = np.asarray(patch(side_mm=20.0).rgb, np.uint8)
    one, two = (retake(rgb, 3, Retake(), 200.0)[0] for _ in range(2))
    assert np.array_equal(one, two)


@pytest.mark.parametrize(
    ("metric", "one", "many"), [("line_length", 4.0, 40.0), ("spots", 0.1, 2.0), ("pores", 0.4, 0.4)]
)
def test_one_place_at_the_edge_of_being_counted_is_no_change(metric: str, one: float, many: float) -> None:
    from puncta.imaging import ZoneFigures, simulated_errors
    from puncta.imaging.changes import _change

    def changed(after: float) -> str:
        none, some = (ZoneFigures("a", 4.0, 1.0, {metric: x, "ita": 30.0}) for x in (0.0, after))
        return _change(none, some, metric, "", simulated_errors(True)).refused

    assert bool(changed(one)) == (metric != "pores")
    assert not changed(many)
