"""Tone: what a person's tone takes from the figures stands where they are shown."""

import numpy as np
import pytest
from calibration.imaging import people
from tests.imaging.people import patch, square

from puncta.imaging import (
    Declared,
    Photograph,
    Scale,
    SkinPatch,
    compare_photographs,
    comparison_record,
    measure_photograph,
    measurement_record,
    render,
    simulated_errors,
)
from puncta.imaging.chromophores import OwnSkin
from puncta.imaging.curve import levels
from puncta.imaging.errors import Errors
from puncta.imaging.metrics import metrics
from puncta.imaging.tone import hidden, tone_limits
from puncta.report.photographs import comparison_page

RULER, ZONE = Scale(0.1, "ruler", 0.01), {"a": square(60, 340)}


def _compared(tone: float, crossed: bool = False):  # type: ignore[no-untyped-def]
    skin = SkinPatch(tone, size_mm=(40.0, 40.0), polarised=crossed)
    photo = Photograph("patch", levels(render(skin, 4)), declared=Declared(polarised=crossed))
    return compare_photographs(photo, photo, polygons=ZONE, scale=RULER, chart=False)


@pytest.mark.parametrize(
    ("tone", "crossed", "gone"),
    [
        (40.0, False, set()), (10.0, False, set()), (-35.0, False, {"blood", "redness", "melanin"}),
        (40.0, True, set()), (-8.0, True, set()), (-45.0, True, {"blood", "redness", "melanin", "spots"}),
    ],
)  # fmt: skip
def test_what_colour_cannot_tell_is_refused_with_a_reason(tone: float, crossed: bool, gone: set[str]) -> None:
    found = _compared(tone, crossed)
    refused = {one.metric: one.refused for one in found.changes if one.refused and one.metric in metrics()}
    assert {name for name, why in refused.items() if "tone" in why} == gone
    assert hidden(found.before.maps.own) == gone


def test_the_limit_stands_in_record_and_page_of_such_a_person() -> None:
    found = _compared(-40.0)
    record = comparison_record(found)
    assert any("Blood, red places and the melanin" in words for words in record["tone"])
    assert "Blood, red places and the melanin" in comparison_page(found)
    photo = patch(-40.0, 4)
    single = measurement_record(*measure_photograph(photo, polygons=ZONE, scale=RULER, chart=False))
    assert any("Blood, red places and the melanin" in words for words in single["tone"])
    assert "blood" not in single["zones"]["a"]["values"]


def test_an_error_beyond_one_and_a_half_times_the_best_tone_is_said() -> None:
    errors = simulated_errors(True)
    assert errors.by_tone is not None
    own = OwnSkin(-3.0, -4.0, polarised=False, ambiguous=False)
    for tone in (60.0, 30.0, 0.0, -40.0):
        said = " ".join(tone_limits(own, tone, errors))
        for name, folds in errors.by_tone.items():
            if name in metrics():
                beyond = errors.fold(name, tone) / min(folds) > 1.5
                words = {"texture": "Texture", "spots": "Spots", "melanin": "Melanin"}.get(name)
                assert words is None or (f"{words} " in said) == beyond


def test_a_clinics_own_errors_say_nothing_of_tones() -> None:
    own = OwnSkin(-3.0, -4.0, polarised=False, ambiguous=False)
    assert tone_limits(own, -40.0, Errors({"ita": 1.0}, 20.0, "clinic")) == ()


def test_a_grey_card_whose_error_is_not_simulated_is_said() -> None:
    own = OwnSkin(-3.0, -4.0, polarised=False, ambiguous=False)
    assert any("grey card" in words for words in tone_limits(own, 45.0, simulated_errors(False), grey=True))
    assert tone_limits(own, 45.0, Errors({"ita": 1.0}, 20.0, "clinic"), grey=True) == ()


def test_errors_through_polarisers_are_their_own() -> None:
    crossed, plain = simulated_errors(True, polarised=True), simulated_errors(True)
    assert crossed.sem.keys() == plain.sem.keys()
    assert crossed.sem["texture"] != plain.sem["texture"]
    assert simulated_errors(False, polarised=True).sem["ita"] > crossed.sem["ita"]


def test_polarisers_on_one_of_the_two_are_refused() -> None:
    rgb = patch(30.0, 2).rgb
    photos = [
        Photograph(name, rgb, declared=Declared(polarised=crossed)) for name, crossed in (("a", True), ("b", False))
    ]
    found = compare_photographs(*photos, polygons=ZONE, scale=RULER, chart=False)
    assert found.verdict == "refused"
    assert "polarised" in {check.name for check in found.checks if not check.passed}


def test_errors_follow_the_tone_between_and_beyond_the_nodes() -> None:
    errors = simulated_errors(True)
    assert errors.fold("texture", 45.0) == pytest.approx(1.0)
    assert errors.fold("spots", 90.0) == errors.fold("spots", 60.0)
    ends = sorted((errors.fold("spots", 0.0), errors.fold("spots", -20.0)))
    assert ends[0] <= errors.fold("spots", -10.0) <= ends[1]
    assert people.TONES[0] == 60.0
    assert np.isfinite(errors.fold("melanin", -90.0))
