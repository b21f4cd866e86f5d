"""The strip of a change: one drawing for page and app, hollow where the change cannot be told from error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from puncta.report import change_strip
from puncta.report.change_strip import empty_strip


@pytest.mark.parametrize(("sure", "kind"), [(True, "fulldot"), (False, "hollowdot")])
def test_the_point_is_full_only_where_the_change_is_sure(sure: bool, kind: str) -> None:
    assert f'class="{kind}"' in change_strip(-0.13, 0.03, 0.083, sure, "words")


@pytest.mark.parametrize("change", [-5.0, -0.02, 0.0, 0.4])
def test_point_and_whisker_stay_within_the_strip(change: float) -> None:
    drawn = change_strip(change, 0.03, 0.083, True, "words")
    at = float(re.findall(r'cx="([-0-9.]+)"', drawn)[0])
    low, high = (float(end) for end in re.findall(r"M([-0-9.]+) 19H([-0-9.]+)", drawn)[0])
    assert 0.0 <= low <= at <= high <= 150.0


def test_words_are_escaped() -> None:
    assert "<b>" not in change_strip(0.1, 0.1, 0.2, True, '"<b>') + empty_strip("<b>")


def test_page_and_app_know_every_class_of_it() -> None:
    drawn = change_strip(0.1, 0.1, 0.2, True, "w") + change_strip(0.1, 0.1, 0.2, False, "w")
    classes = set(re.findall(r'class="([a-z-]+)"', drawn)) - {"strip-svg"}
    root = Path("src/puncta")
    for sheet in ("report/templates/photographs.css", "clinic/templates/clinic/clinic.css"):
        rules = (root / sheet).read_text()
        assert not [name for name in classes if f".{name}{{" not in rules], sheet
