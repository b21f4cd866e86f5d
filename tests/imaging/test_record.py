"""Records: what is shown agrees with the verdict; every figure has its error, every verdict its basis."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.imaging.people import patch, square

from puncta.imaging import Scale, compare_photographs, comparison_record, measure_photograph, measurement_record
from puncta.imaging.change import Change
from puncta.imaging.errors import sdc95
from puncta.imaging.metrics import metrics
from puncta.imaging.record import shown_change, shown_sdc
from puncta.report import comparison_page

RULER = Scale(0.1, "ruler", 0.01)
DRAWN = {"scar": square(60, 340)}


@pytest.mark.parametrize("metric", ["texture", "spots", "redness", "pores", "ita"])
@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_a_change_beyond_its_error_is_shown_beyond_its_sdc(metric: str, sign: float) -> None:
    """At the level of the first photograph a fall has another smallest size than a rise."""
    measure, before, sem = metrics()[metric], 2.0, 0.05
    for times, beyond in ((1.1, True), (0.9, False)):
        moved = measure.scaled(before) + sign * times * sdc95(sem)
        after = {"ln": np.exp(moved), "root": moved**2, "plain": moved}[measure.scale]
        change = sign * times * sdc95(sem)
        one = Change("chin", metric, before, float(after), change, sem, sdc95(sem), 0.0, True, True, "")
        sizes = [float(words.split()[0].rstrip("%°").strip("+−\N{NO-BREAK SPACE}°%")) for words in (
            shown_change(one).replace("\N{NO-BREAK SPACE}", " "), shown_sdc(one))]  # fmt: skip
        assert (sizes[0] > sizes[1]) == beyond


def test_every_figure_has_its_error_and_every_verdict_its_basis() -> None:
    photo = patch()
    single = measurement_record(*measure_photograph(photo, polygons=DRAWN, scale=RULER, chart=False))
    zone = single["zones"]["scar"]
    assert set(zone["errors"]) == set(zone["values"])
    assert all(one["sdc"] == pytest.approx(2.77 * one["sem"], rel=0.01) for one in zone["errors"].values())
    pair = comparison_record(compare_photographs(photo, photo, polygons=DRAWN, scale=RULER, chart=False))
    assert {one["basis"] for one in pair["changes"]} == {"provisional, simulated error"}
    assert "provisional, simulated error" in pair["headline"]
    json.dumps([single, pair], allow_nan=False)


def test_the_page_ticks_nothing_that_nobody_said_and_tells_a_refusal_first() -> None:
    import dataclasses

    photo = patch()
    page = comparison_page(compare_photographs(photo, photo, polygons=DRAWN, scale=RULER, chart=False))
    cell = page.split("<span>polarisers</span>")[1].split("</div>")[0]
    assert "not said" in cell
    assert "✓" not in cell
    dark = dataclasses.replace(photo, rgb=(photo.rgb // 8).astype(np.uint8), subject=str(Path("/private/dark.png")))
    dark = dataclasses.replace(dark, notes=("/private/dark.png: the recorded date cannot be true.",))
    page = comparison_page(compare_photographs(photo, dark, polygons=DRAWN, scale=RULER, chart=False))
    assert page.index("Why, and what to do") < page.index('id="photographs"')
    assert "0 of 0" not in page
    assert "dark.png: the recorded date" in page
    assert "/private" not in page
