"""The scripts in examples/ run, and say what they are there to show."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import numpy as np
import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def device_design() -> ModuleType:
    spec = importlib.util.spec_from_file_location("device_design", EXAMPLES / "device_design.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up by name
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_three_arrays_are_compared_in_a_table_and_a_drawing(
    device_design: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    device_design.main(str(tmp_path / "made" / "here"))
    said = capsys.readouterr().out
    for column in ("6 x 0.35 mm", "12 x 0.25 mm", "36 x 0.18 mm"):
        assert said.count(column) == 2
    for row in ("whole passes", "opened skin, %", "counts per mm2 vary by, %", "bleeding channels", "minutes"):
        assert said.count(row) == 2
    drawn = (tmp_path / "made" / "here" / "device_design.svg").read_text()
    ElementTree.fromstring(drawn)
    assert drawn.count("8 x 8 mm") == 3


def test_each_array_is_asked_for_the_same_volume_and_the_last_pass_makes_it(device_design: ModuleType) -> None:
    for thickness_matters in (False, True):
        found = device_design.designs(thickness_matters)
        asked = np.median(found[0].wound.injury_mm3_per_cm2)
        assert found[0].passes == device_design.REFERENCE_PASSES
        for one in found:
            assert np.median(one.wound.injury_mm3_per_cm2) >= 0.999 * asked
            before = (one.passes - 1) * one.per_pass_per_cm2
            assert np.median(before) < np.median(one.needed_per_cm2)
            # each device has its own spread of strokes, and slower needles let the skin give way more
            assert np.median(one.wound.depth_mm) == pytest.approx(np.median(found[0].wound.depth_mm), rel=0.02)


def test_thin_needles_need_more_punctures_only_where_thickness_is_taken_to_matter(device_design: ModuleType) -> None:
    as_modelled, assumed = (
        [float(np.median(one.needed_per_cm2)) for one in device_design.designs(matters)] for matters in (False, True)
    )
    assert as_modelled == pytest.approx([as_modelled[0]] * 3, rel=0.01)
    assert assumed[0] < assumed[1] < assumed[2]


def test_the_same_run_draws_the_same_bytes(device_design: ModuleType, tmp_path: Path) -> None:
    found = device_design.designs(True)
    one, other = (device_design.draw_designs(found, tmp_path / name).read_bytes() for name in ("one", "other"))
    assert one == other
