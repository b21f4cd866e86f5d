"""Scales of severity: their ends, what they grade, and how much change matters."""

import pytest

from puncta.appearance.scales import scale, scales, scales_for
from puncta.case import ConcernKind
from puncta.errors import PunctaError
from puncta.evidence import parameter


def test_the_published_ends_hold() -> None:
    ends = {key: (entry.low, entry.high) for key, entry in scales().items()}
    assert ends["goodman_baron_grade"] == (1, 4)
    assert ends["goodman_baron_score"] == (0, 84)
    assert ends["lemperle_grade"] == (0, 5)
    assert ends["masi_score"] == (0, 48)
    # area 0 to 6 times darkness 0 to 4, the four regions weighing 1 together; with homogeneity it is MASI
    assert ends["mmasi_score"] == (0, 6 * 4)
    assert ends["acne_scar_assessment_score"] == (0, None)


def test_every_concern_has_a_scale_and_every_scale_a_concern() -> None:
    assert all(scales_for(kind) for kind in ConcernKind)
    assert all(set(entry.concerns) <= set(ConcernKind) for entry in scales().values())


def test_the_change_that_matters_is_assumed_and_lies_within_the_scale() -> None:
    for entry in scales().values():
        assert parameter(entry.worthwhile_key).kind == "assumed"
        assert entry.worthwhile_score > 0
        assert entry.high is None or entry.worthwhile_score < entry.high - entry.low
        assert entry.step_means and entry.name and entry.licence == "free"


def test_a_scale_without_a_known_end_holds_any_score_from_its_start() -> None:
    assert scale("acne_scar_assessment_score").holds(1e4)
    assert not scale("acne_scar_assessment_score").holds(-0.1)


def test_a_misspelt_scale_names_the_nearest() -> None:
    with pytest.raises(PunctaError, match="lemperle_grade"):
        scale("lemperle")
