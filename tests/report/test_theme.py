"""Theme: contrast, grey values and tokens are computed from the file, for light and dark."""

import re
from itertools import pairwise

import pytest

from puncta.report.charts.canvas import CHART_TOKENS
from puncta.report.html import style
from puncta.report.theme import theme

TEXT, MARK = 4.5, 3.0


def _linear(colour: str) -> tuple[float, float, float]:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance after WCAG."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """L* of a colour."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def shade(token: str, dark: bool) -> str:
    """A token's colour in one of the modes."""
    entry = theme().colours[token]
    return entry.dark if dark else entry.light


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "paper", TEXT), ("ink", "ground", TEXT), ("ink2", "paper", TEXT), ("ink2", "ground", TEXT),
        ("ink3", "paper", TEXT), ("ink3", "ground", TEXT), ("ink3", "sunk", TEXT), ("ink", "act-soft", TEXT),
        ("ink2", "act-soft", TEXT), ("act", "paper", TEXT), ("on-act", "act", TEXT), ("med", "paper", TEXT),
        ("untreat", "paper", TEXT), ("stop", "paper", TEXT), ("delay", "paper", TEXT), ("note", "paper", TEXT),
        ("clear", "paper", TEXT), ("ink", "zone-treat", TEXT), ("edge", "paper", MARK), ("edge", "ground", MARK),
        ("med", "b50", MARK), ("med", "b80", MARK), ("untreat", "b80", MARK), ("meas", "b50", MARK),
        ("delay-fill", "paper", MARK), ("caution-rim", "caution-fill", MARK), ("zone-treat-edge", "zone", MARK),
        ("zone-avoid-edge", "zone", MARK), ("focus", "paper", MARK),
    ],
)  # fmt: skip
def test_contrast_is_enough(ink: str, ground: str, least: float, dark: bool) -> None:
    assert contrast(shade(ink, dark), shade(ground, dark)) >= least


def test_severity_falls_in_lightness_so_that_grey_paper_keeps_the_order() -> None:
    values = [lightness(theme().light(token)) for token in ("caution-fill", "delay-fill", "stop")]
    assert values == sorted(values, reverse=True)
    assert min(one - other for one, other in pairwise(values)) > 10


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_bands_of_a_forecast_are_told_apart_without_colour(dark: bool) -> None:
    values = [lightness(shade(token, dark)) for token in ("paper", "b80", "b50", "med")]
    steps = [abs(one - other) for one, other in pairwise(values)]
    # the pale band against paper carries no meaning alone: its edges are labelled
    assert min(steps[1:]) > 15
    assert steps[0] > 8


def test_each_severity_has_a_shape_of_its_own() -> None:
    outlines = {name: entry.parts[0].d for name, entry in theme().severities.items()}
    assert set(outlines) == {"stop", "delay", "caution", "note", "go"}
    assert len(set(outlines.values())) == len(outlines)
    for entry in theme().severities.values():
        used = {token for part in entry.parts for token in (part.fill, part.stroke) if token}
        assert {entry.text, *used} <= set(theme().colours)


def test_chart_tokens_have_different_colours_so_that_a_page_can_swap_them() -> None:
    light = [theme().light(token) for token in CHART_TOKENS]
    assert len(set(light)) == len(light)


def test_print_is_never_smaller_than_seven_and_a_half_points() -> None:
    assert min(step.pt for step in theme().type.values()) >= 7.5


def test_the_style_sheet_names_no_colour_of_its_own_and_every_variable_exists() -> None:
    sheet = style()
    rules = sheet[sheet.index("/* tokens") :]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)
    known = set(re.findall(r"--([a-z0-9-]+):", sheet))
    assert set(re.findall(r"var\(--([a-z0-9-]+)\)", rules)) <= known
    assert sheet.count("--ink:") == 3
