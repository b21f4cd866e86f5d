"""The fit of the horny layer's transit gives what stands in the evidence."""

import runpy
from pathlib import Path

import pytest

from puncta.evidence import parameter

SCRIPT = Path(__file__).parents[2] / "calibration" / "skin_turnover.py"


def test_the_fit_gives_what_stands_in_the_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(SCRIPT), run_name="__main__")
    found = {}
    for line in capsys.readouterr().out.splitlines():
        name, _, rest = line.partition(": ")
        if " ± " in rest and "against" not in rest:
            found[name] = tuple(float(part) for part in rest.split(";")[0].split(" ± "))
    kept = {
        "forearm": "zones.forearm.horny_transit_days",
        "upper_arm": "zones.upper_arm.horny_transit_days",
        "per year": "skin.horny_transit_per_year",
    }
    for name, key in kept.items():
        assert parameter(key).value == pytest.approx(found[name][0], rel=0.01)
        assert parameter(key).spread.a == pytest.approx(found[name][1], rel=0.02)
