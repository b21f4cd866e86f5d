"""Stored errors of photographs belong to the model as it is; what was checked belongs to these errors."""

import tomllib
from typing import Any

import pytest
from calibration.imaging.checked import errors_hash
from calibration.imaging.cover import cover_hash
from calibration.imaging.people import TONES
from calibration.imaging.probes import probes

from puncta.evidence.fitted import FOLDER
from puncta.imaging import contrasts, metrics
from puncta.imaging.errors import retakes

UNCHANGED, CROSSED, FOUND, SLOPES, APART, COVER = (
    tomllib.loads(FOLDER.joinpath(f"imaging_checks_{what}.toml").read_text(encoding="utf-8"))
    for what in ("unchanged", "unchanged_crossed", "found", "slopes", "apart", "cover")
)


def test_every_figure_has_an_error_on_every_tone() -> None:
    assert retakes()["tones"] == list(TONES)
    assert set(retakes()["chart"]) == {*metrics(), *contrasts()}
    assert set(retakes()["crossed"]) == {*metrics(), *contrasts()}
    assert set(retakes()["bare"]) == {name for name, metric in metrics().items() if metric.absolute}
    for light in ("chart", "bare", "crossed"):
        for entry in retakes()[light].values():
            assert len(entry["by_tone"]) == len(TONES)
            assert min(entry["by_tone"]) > 0


def test_the_errors_were_made_with_the_model_as_it_is() -> None:
    """Where this fails the errors are stale: run calibration.imaging.retakes, then calibration.imaging.check."""
    assert probes() == pytest.approx(retakes()["probes"], rel=0.01, abs=0.002)


def test_what_was_checked_are_these_errors() -> None:
    """Where this fails the check is stale: run calibration.imaging.check on people that no run has seen."""
    assert UNCHANGED["errors_hash"] == errors_hash()
    assert CROSSED["errors_hash"] == errors_hash()
    assert FOUND["errors_hash"] == errors_hash()
    assert APART["errors_hash"] == errors_hash()


@pytest.mark.parametrize("check", [UNCHANGED, CROSSED], ids=["plain", "crossed"])
def test_unchanged_pairs_are_not_called_changed(check: dict[str, Any]) -> None:
    assert check["pairs"] >= 200
    assert check["called_changed"] <= 0.05 * (check["pairs"] - check["refused"])
    assert min(check["not_significant_percent"].values()) >= 93.0


def test_what_was_drawn_onto_a_face_was_judged_by_these_limits() -> None:
    """Where this fails the miss rates are stale: run calibration.imaging.cover with seeds that no run has seen."""
    assert COVER["cover_hash"] == cover_hash()


def test_bare_pairs_are_not_called_covered_and_plain_cover_is_seen() -> None:
    assert COVER["nothing"]["missed"] >= 0.9 * COVER["nothing"]["pairs"]
    for kind in ("make_up_20", "make_up_40", "make_up_cheeks_20", "make_up_cheeks_40", "stubble_020", "spectacles"):
        assert COVER[kind]["missed"] <= 0.1 * COVER[kind]["pairs"]


def test_true_changes_of_twice_the_sdc_are_found() -> None:
    counts = {
        name: [sum(each[k] for each in row.values()) for k in (0, 1)]
        for name, row in FOUND.items()
        if isinstance(row, dict)
    }
    assert min(told for _, told in counts.values()) > 0
    assert {name for name, (hits, told) in counts.items() if hits < 0.9 * told} == set()
