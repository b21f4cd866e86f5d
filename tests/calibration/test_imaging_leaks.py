"""Stored leaks belong to the optics as they are."""

import tomllib

import pytest
from calibration.imaging.leaks import PERSONS, TONES, leaks

from puncta.evidence.fitted import FOLDER
from puncta.imaging.leaks import LIGHTS, PLACES

STORED = tomllib.loads(FOLDER.joinpath("imaging_leaks.toml").read_text(encoding="utf-8"))


def test_leaks_are_stored_for_every_light_place_and_tone() -> None:
    for light in LIGHTS:
        for place in PLACES:
            for pigment in ("melanin", "blood"):
                assert set(STORED[light][place][pigment]) == {str(tone) for tone in TONES}


@pytest.mark.parametrize(("light", "tone"), [("plain", 45.0), ("plain", 0.0), ("crossed", 15.0)])
def test_leaks_were_reckoned_with_the_optics_as_they_are(light: str, tone: float) -> None:
    """Where this fails they are stale: run calibration.imaging.leaks, then the checks."""
    for (place, pigment), ends in leaks(light, tone).items():
        assert ends == pytest.approx(
            STORED[light][place][pigment][str(tone)], abs=6e-5 if pigment == "melanin" else 1e-3
        )
    assert STORED["persons"] == PERSONS
