"""Lesions and scars: told against their own surround, whatever the capture does to the whole picture."""

import numpy as np
import pytest
from calibration.imaging import people
from calibration.imaging.lesions import marked

from puncta.imaging import (
    Dot,
    Photograph,
    Scale,
    SkinPatch,
    comparison_record,
    contrasts,
    measure_photograph,
    measurement_record,
    render,
)
from puncta.imaging.curve import levels, linear
from puncta.imaging.render import melanin_density, melanin_of_tone

RULER = Scale(0.1, "ruler", 0.01)
Ring = list[tuple[float, float]]


def _ring(x: float, y: float, radius: float) -> Ring:
    turns = 2 * np.pi * np.arange(24) / 24
    return [(float(10 * (x + radius * np.cos(t))), float(10 * (y + radius * np.sin(t)))) for t in turns]


def _skin(tone: float, melanin: float, blood: float = 0.0, seed: int = 3) -> np.ndarray:
    dots = [Dot((20.0, 20.0), 4.0, melanin_ln=melanin, blood_ln=blood)]
    return levels(render(SkinPatch(tone, (40.0, 40.0), dots=dots, pores_per_cm2=0.0), seed))


ZONE, SPOT = {"all": [(30.0, 30.0), (370.0, 30.0), (370.0, 370.0), (30.0, 370.0)]}, {"spot": _ring(20, 20, 4)}


def _contrast(rgb: np.ndarray) -> dict[str, float]:
    photo = Photograph("skin", rgb)
    found = measure_photograph(photo, polygons=ZONE, lesions=SPOT, scale=RULER, chart=False)[1]
    return dict(found.lesions[0].values)


@pytest.mark.parametrize("tone", [55.0, 30.0, 5.0, -20.0, -45.0])
def test_a_brown_lesion_comes_back_on_every_tone(tone: float) -> None:
    base = melanin_of_tone(tone)
    steps = np.array([0.1, 0.3, 0.5])
    found = [_contrast(_skin(tone, step))["contrast_melanin"] for step in steps]
    truth = melanin_density(base * np.exp(steps))
    assert 0.88 <= np.polyfit(truth, found, 1)[0] <= 1.15


def test_a_red_lesion_is_blood_on_light_skin_and_is_not_told_on_dark() -> None:
    light = _contrast(_skin(35.0, 0.0, 0.6))
    assert light["contrast_blood"] == pytest.approx(0.6, abs=0.2)
    assert "contrast_blood" not in _contrast(_skin(-35.0, 0.0, 0.6))


def test_a_bad_capture_leaves_the_contrast_standing() -> None:
    rgb = _skin(35.0, 0.4)
    changed = levels(linear(rgb) * np.array([0.87, 0.85, 0.83], np.float32))
    plain, other = _contrast(rgb), _contrast(changed)
    assert other["contrast_melanin"] == pytest.approx(plain["contrast_melanin"], abs=0.02)


def test_a_dark_neutral_lesion_has_no_melanin() -> None:
    light = np.array(linear(_skin(35.0, 0.0)))
    y, x = np.mgrid[:400, :400]
    light[np.hypot(x - 200, y - 200) < 40] *= 0.6
    photo = Photograph("tattoo", levels(light))
    ready, found, checks = measure_photograph(photo, polygons=ZONE, lesions=SPOT, scale=RULER, chart=False)
    assert "contrast_melanin" not in found.lesions[0].values
    record = measurement_record(ready, found, checks)
    assert "two-pigment" in record["lesions"]["spot"]["refused"]["contrast_melanin"]


def test_a_lesion_that_is_not_seen_says_so() -> None:
    tiny = {"dot": [(200.0, 200.0), (203.0, 200.0), (203.0, 203.0)]}
    photo = Photograph("skin", _skin(35.0, 0.0))
    found = measure_photograph(photo, polygons=ZONE, lesions=tiny, scale=RULER, chart=False)[1]
    assert not found.lesions[0].values
    assert "mm²" in found.lesions[0].refused[""]


def test_a_fading_lesion_is_found_and_the_others_are_not_called_changed() -> None:
    before, outlines = marked(40.0, 600)
    dots = list(before.dots)
    faded = dots[1], Dot(dots[1].centre_mm, dots[1].radius_mm, melanin_ln=dots[1].melanin_ln - 0.4)
    after = type(before)(**{**{f: getattr(before, f) for f in before.__dataclass_fields__}, "dots": [
        faded[1] if one is faded[0] else one for one in dots]})  # fmt: skip
    found = people.pair(before, after, 600, 601, lesions=outlines)
    rows = {(one.zone, one.metric): one for one in found.changes if one.metric in contrasts() and not one.refused}
    assert rows["lesion_1", "contrast_melanin"].holds
    assert not any(one.holds for (name, _), one in rows.items() if name != "lesion_1")
    record = comparison_record(found)
    assert any(one["zone"] == "lesion_1" for one in record["changes"])
