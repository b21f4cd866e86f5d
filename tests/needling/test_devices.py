"""Devices: what makers, labels and studies say, each kept apart; own devices through the same checks."""

from pathlib import Path

import numpy as np
import pytest

from puncta.errors import InputError
from puncta.evidence import draw_one, parameter
from puncta.needling.devices import Device, device, devices, read_devices

OWN = """
format = 1
name = "House pen"
kind = "pen"
cleared = [{ number = "K000000", uses = ["lines"], phototypes = [1, 2], age_low_years = 22, source = "own_record" }]
"""
FIGURES = {
    "needles": (12, ""),
    "needle_length_mm": (1.0, "mm"),
    "needle_diameter_mm": (0.25, "mm"),
    "dial_low_mm": (0.0, "mm"),
    "dial_step_mm": (0.3, "mm"),
    "reach_mm": (1.0, "mm"),
    "tolerance_mm": (0.1, "mm"),
    "strokes_low_per_s": (50, "per s"),
    "strokes_high_per_s": (100, "per s"),
    "usual_strokes_per_s": (80, "per s"),
    "usual_speed_cm_per_s": (2.0, "cm/s"),
    "swath_cm": (0.5, "cm"),
}


def _own(folder: Path, head: str = OWN, **changed: tuple[float, str] | None) -> Path:
    lines = [
        f'{name} = {{ value = {figure[0]}, unit = "{figure[1]}", spread = {{ fixed = true }}, means = "x", '
        f'kind = "measured", source = "own_record" }}'
        for name, figure in {**FIGURES, **changed}.items()
        if figure is not None
    ]
    (folder / "house_pen.toml").write_text(head + "\n".join(lines) + "\n")
    return folder


def _problems(folder: Path) -> dict[str, str]:
    with pytest.raises(InputError) as caught:
        read_devices(folder)
    return {problem.field: str(problem) for problem in caught.value.problems}


def test_the_exceed_is_as_its_clearances_describe_it() -> None:
    pen = device("exceed")
    assert (pen.needles, pen.needle_length_mm, pen.tolerance_mm) == (6, 1.5, 0.15)
    assert pen.strokes_range_per_s == (100, 150)
    assert pen.steps_mm[0] == 0.1
    assert pen.steps_mm[-1] == pen.reach_mm == 1.5
    assert len(pen.steps_mm) == 15
    assert {entry.number for entry in pen.cleared} == {"K180778", "K182407"}


def test_the_later_exceed_turns_further_than_its_needles_are_long() -> None:
    pen = device("exceed_k233709")
    assert pen.reach_mm == 1.9
    assert pen.needle_length_mm == 1.5
    assert pen.evaluated_limit_mm == 1.5


def test_the_skinpen_keeps_reach_label_evaluated_and_study_limit_apart() -> None:
    pen = device("skinpen_precision")
    assert (pen.reach_mm, pen.label_limit_mm, pen.evaluated_limit_mm, pen.study_limit_mm) == (2.5, 1.5, 1.5, 2.5)
    assert pen.steps_mm == tuple(np.arange(1, 11) * 0.25)
    assert pen.usual_strokes_per_s == pytest.approx(7000 / 60, abs=0.05)


def test_both_needle_counts_of_the_skinpen_stay_in_the_spread() -> None:
    drawn = device("skinpen_precision").draw("needles", 2000, seed=0)
    assert drawn.min() < 12.2
    assert drawn.max() == 14


def test_a_roller_has_one_length_and_the_density_of_its_geometry() -> None:
    roller = device("dermaroller_mf8")
    assert roller.steps_mm == (1.5,)
    assert (roller.needles, roller.rows, roller.usual_strokes_per_s) == (192, 8, None)
    assert roller.punctures_per_cm2_per_pass == pytest.approx(192 / (2 * np.pi * 2), rel=0.01)
    assert roller.draw("punctures_per_cm2_per_pass", 500, 0).max() <= 16


@pytest.mark.parametrize("one", devices().values(), ids=lambda one: one.key)
def test_every_device_can_be_planned_with(one: Device) -> None:
    assert one.steps_mm == tuple(sorted(set(one.steps_mm)))
    assert one.steps_mm[0] > 0
    assert one.steps_mm[-1] <= one.reach_mm + 1e-9
    assert one.tolerance_mm > 0
    assert one.swath_cm > 0
    assert (one.strokes_range_per_s is None) == (one.kind != "pen")
    for limit in (one.label_limit_mm, one.evaluated_limit_mm, one.study_limit_mm):
        assert limit is None or 0 < limit <= one.reach_mm


@pytest.mark.parametrize("one", devices().values(), ids=lambda one: one.key)
def test_every_figure_of_a_device_is_in_the_evidence_with_the_same_draws(one: Device) -> None:
    for figure in one.record.figures:
        assert parameter(one.key_of(figure)).value == one.record.value(figure)
    assert (one.draw("swath_cm", 5, 7) == draw_one(one.key_of("swath_cm"), 5, 7)).all()


def test_needles_that_heat_are_refused_with_reason_and_source() -> None:
    assert "rf_needling" not in devices()
    with pytest.raises(InputError, match=r"burns.*FDA.*2025"):
        device("rf_needling")


def test_a_misspelt_device_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean skinpen_precision"):
        device("skinpen_precison")


def test_an_own_device_is_read_and_only_whole_steps_within_reach_can_be_set(tmp_path: Path) -> None:
    own = read_devices(_own(tmp_path))
    pen = device("house_pen", own)
    assert pen.steps_mm == (0.3, 0.6, 0.9)
    assert pen.draw("swath_cm", 3, 0).tolist() == [0.5, 0.5, 0.5]
    assert pen.cleared[0].phototypes == (1, 2)


def test_own_devices_stand_beside_the_built_in_ones_and_before_one_of_the_same_name(tmp_path: Path) -> None:
    _own(tmp_path)
    (tmp_path / "exceed.toml").write_text((tmp_path / "house_pen.toml").read_text())
    known = devices(tmp_path)
    assert set(known) == {*devices(), "house_pen"}
    assert (known["exceed"].needles, devices()["exceed"].needles) == (12, 6)
    assert (known["house_pen"].draw("needles", 3, 0) == 12).all()


def test_a_pen_may_say_how_wide_its_ring_is_and_nothing_is_narrower_than_nothing(tmp_path: Path) -> None:
    assert read_devices(_own(tmp_path, ring_cm=(0.45, "cm")))["house_pen"].record.value("ring_cm") == 0.45
    assert "devices.house_pen.ring_cm" in _problems(_own(tmp_path, ring_cm=(-0.45, "cm")))


def test_an_own_device_with_many_mistakes_gets_them_all_at_once(tmp_path: Path) -> None:
    head = OWN.replace('name = "House pen"', 'nmae = "House pen"').replace('"own_record" }]', '"nobody" }]')
    folder = _own(
        tmp_path,
        head,
        reach_mm=(100, "um"),
        swath_cm=None,
        tolerance_mm=(-0.1, "mm"),
        usual_strokes_per_s=(120, "per s"),
        wavelength_nm=(755, ""),
    )
    found = _problems(folder)
    assert {
        "house_pen.nmae",
        "house_pen.name",
        "house_pen.reach_mm.unit",
        "house_pen.swath_cm",
        "devices.house_pen.tolerance_mm",
        "house_pen.usual_strokes_per_s",
        "house_pen.wavelength_nm",
        "house_pen.cleared[0].source",
    } <= set(found)


def test_an_own_device_that_heats_is_refused_too(tmp_path: Path) -> None:
    found = _problems(_own(tmp_path, OWN.replace('"pen"', '"rf"')))
    assert "burns" in found["house_pen.kind"]


@pytest.mark.parametrize(
    ("written", "said"),
    [("format = 1\nname = ]", "line 2"), ('format = 2\nname = "x"', "format"), ('name = "x"', "format")],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "broken.toml").write_text(written)
    found = _problems(tmp_path)
    assert any(said in problem for problem in found.values())


def test_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        read_devices(tmp_path / "nowhere")
