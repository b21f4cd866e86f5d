"""Quick looks agree with the full forecast on the same draws."""

from __future__ import annotations

import random

import numpy as np
import pytest

from puncta.case import Case, Course, Role, ZoneSetting, read_case
from puncta.planning import Preview, preview
from puncta.safety import zone_limits
from puncta.simulation import simulate

DRAWS, DAY = 100, 270.0
SHOWN = ("improvement_fraction", "grade_gain_probability", "pih_probability")


def _move(case: Case, chance: random.Random) -> Course:
    settings = [
        ZoneSetting(use.zone, chance.choice(steps), chance.randint(4, 8))
        for use in case.zones_with(Role.TREAT)
        if (steps := zone_limits(case, use.zone).steps_mm)
    ]
    return Course.regular("moved", tuple(settings), chance.randint(1, 6), 7 * chance.randint(3, 6))


def _off(case: Case, ready: Preview, course: Course) -> float:
    """Largest difference of a median, in widths of the band."""
    quick, full = ready.look(course, DAY), simulate(case, course, draws=DRAWS, seed=1, horizon=DAY)
    worst = 0.0
    for key, quantity in quick.quantities.items():
        if quantity.name in SHOWN and quantity.zone is None:
            whole = full[key]
            values = whole.values[:, 0] if whole.is_scalar else whole.at(DAY)
            low, middle, high = np.percentile(values, [10, 50, 90])
            worst = max(worst, abs(float(np.median(quantity.values[:, -1])) - middle) / max(high - low, 1e-9))
    return worst


@pytest.mark.long
def test_two_hundred_moved_sliders_stay_within_a_twentieth_of_the_band() -> None:
    chance, off = random.Random(7), []
    for name in ("acne_scars", "face_lines", "melasma", "stretch_marks"):
        case = read_case(f"examples/{name}.toml")
        ready = preview(case, draws=DRAWS, seed=1)
        off += [_off(case, ready, _move(case, chance)) for _ in range(50)]
    assert len(off) == 200
    assert max(off) < 0.05, sorted(off)[-5:]


def test_a_quick_look_heals_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    case = read_case("examples/stretch_marks.toml")
    ready = preview(case, draws=10, seed=1)
    monkeypatch.setattr("puncta.simulation.signal.heal", None)
    monkeypatch.setattr("puncta.simulation.biology.heal", None)
    looked = ready.look(_move(case, random.Random(1)), DAY)
    assert "inflammation_hours@abdomen" not in looked.quantities


def test_looking_twice_gives_the_same() -> None:
    case = read_case("examples/stretch_marks.toml")
    ready, course = preview(case, draws=10, seed=1), _move(case, random.Random(2))
    first, second = ready.look(course, DAY), ready.look(course, DAY)
    for key in first.quantities:
        np.testing.assert_array_equal(first[key].values, second[key].values)
