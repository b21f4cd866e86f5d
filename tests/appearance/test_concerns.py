"""Concerns: each has a law and a mark where the evidence is thin; the less is known, the wider the band."""

from dataclasses import replace

import numpy as np
import pytest

from puncta.appearance import CONCERNS, AppearanceParameters, Tissue, coverage, forecast
from puncta.appearance.concerns import Law, manner
from puncta.appearance.forecast import Forecast
from puncta.case import ConcernKind
from puncta.errors import PunctaError
from puncta.evidence import draw
from puncta.messages import has_text

N = 2000
LAW = draw(AppearanceParameters, N, 3)
SAME = Tissue(*np.ones((4, N)))
DAYS = np.array([0.0, 60.0, 180.0, 270.0])
MONTHLY = (0, 28, 56, 84)


def _of(concern: str, sessions: tuple[int, ...] = MONTHLY, protected: bool = True) -> Forecast:
    return forecast(concern, "", sessions, DAYS, SAME, "", (), 4, 3, LAW, protected=protected)


def test_every_concern_of_a_case_has_a_forecast() -> None:
    assert set(CONCERNS) == {kind.value for kind in ConcernKind}


def test_a_misspelt_concern_names_the_nearest() -> None:
    with pytest.raises(PunctaError, match="melasma"):
        manner("melasms")


@pytest.mark.parametrize("concern", CONCERNS)
def test_nothing_has_changed_on_day_0_and_nothing_is_more_than_gone(concern: str) -> None:
    found = _of(concern).improvement_fraction
    assert np.all(found[:, 0] == 0)
    assert np.all(found <= 1)


@pytest.mark.parametrize("concern", CONCERNS)
def test_thin_evidence_is_marked_in_words_and_its_band_is_no_narrower_than_that_of_acne_scars(concern: str) -> None:
    found = _of(concern)
    if concern == "atrophic_acne_scars":
        assert not found.thin
        return
    assert has_text(found.thin), found.thin
    best = {Law.REMODELLING: "atrophic_acne_scars", Law.PIGMENT: "melasma"}[manner(concern).law]

    def width(kind: str, what: str) -> float:
        return float(np.ptp(np.percentile(getattr(_of(kind), what)[:, -1], (10, 90))))

    # of what is known, and of what is printed; a tenth for draws
    for what in ("typical_fraction", "improvement_fraction"):
        assert width(concern, what) > 0.9 * width(best, what), what


def test_dark_marks_fade_by_themselves_and_age_spots_do_not() -> None:
    assert np.median(_of("dark_marks", ()).improvement_fraction[:, -1]) > 0.3
    assert np.median(_of("age_spots", ()).improvement_fraction[:, -1]) == pytest.approx(0.0, abs=0.03)


def test_deep_pigment_hardly_answers() -> None:
    deep, above = (np.median(_of(name).improvement_fraction[:, -1]) for name in ("dermal_pigment", "age_spots"))
    assert deep < 0.4 * above


def test_melasma_returns_after_the_last_session_and_more_often_without_sunscreen() -> None:
    kept, bare = (_of("melasma", protected=protected).typical_fraction for protected in (True, False))
    none = replace(LAW, relapse_probability=np.zeros(N))
    never = forecast("melasma", "", MONTHLY, DAYS, SAME, "", (), 4, 3, none).typical_fraction
    assert np.mean(bare[:, -1]) < np.mean(kept[:, -1]) < np.mean(never[:, -1])


@pytest.mark.parametrize("concern", CONCERNS)
def test_people_behind_a_forecast_are_counted_by_skin_type(concern: str) -> None:
    for phototype in range(1, 7):
        counted = coverage(concern, phototype)
        assert counted.same_type_count + counted.type_unknown_count <= counted.people_count
        assert (counted.people_count > 0) == (counted.studies_count > 0)
