"""Virtual people with a follow-up each: what is learned is as sure as it says, and what is stored is not stale."""

from __future__ import annotations

from pathlib import Path

import pytest
from calibration.followup.virtual import ranks, uniformity

from puncta.followup.checked import probe_hash, probe_scores, stored_checks

_LEVEL = 0.05


def test_the_stored_checks_were_made_with_this_model() -> None:
    """Run ``python -m calibration.followup.virtual`` where this fails."""
    assert stored_checks()["probe_hash"] == probe_hash(), "stale: run python -m calibration.followup.virtual"
    assert probe_scores() == pytest.approx(stored_checks()["probes"], abs=0.02)


def test_ranks_of_a_thousand_stored_people_are_even() -> None:
    stored = stored_checks()["calibration"]
    chances = stored["chance"]
    assert stored["people"] == 1000 and len(chances) >= 8
    assert min(chances.values()) > _LEVEL / len(chances)
    assert all(0.75 < share < 0.85 for share in stored["inside80"].values())


@pytest.mark.parametrize("kind", ["blinded", "open"])
def test_bands_hold_where_people_come_from_the_second_calculation(kind: str) -> None:
    held = stored_checks()["second"][kind]
    assert all(0.7 <= held[name] <= 0.9 for name in ("inside_today", "inside_later"))


@pytest.mark.long
def test_ranks_of_three_hundred_people_are_even() -> None:
    found, effective = ranks(300, seed=2)
    chances = uniformity(found)
    assert min(chances.values()) > _LEVEL / len(chances), chances
    assert (effective >= 100.0).mean() > 0.95


def test_the_page_of_follow_up_tells_the_stored_figures() -> None:
    page = Path("docs/follow_up.md").read_text(encoding="utf-8")
    stored = stored_checks()
    for kind in ("blinded", "open"):
        for name in ("inside_today", "inside_later"):
            assert f"{100 * stored['second'][kind][name]:.1f} %" in page, (kind, name)
    assert f"{stored['calibration']['effective_median']}" in page
