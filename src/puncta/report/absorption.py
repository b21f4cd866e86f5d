"""The picture of an absorption: where the dose is, how much has entered, and how much lies how deep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from puncta.absorption import DOSE_PLACES
from puncta.errors import InputError, Problem
from puncta.files import write_atomically
from puncta.messages import text
from puncta.report.charts.canvas import Canvas, Chart, canvas
from puncta.report.theme import theme
from puncta.report.view.words import dial_span, place_list
from puncta.simulation import Absorption, SiteDoses, effect_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import LogNorm

Array = NDArray[np.float64]

# px
_WIDTH, _HEAD, _ROW, _FOOT = 1080.0, 84.0, 310.0, 56.0
_TOP, _BOTTOM, _LEFT, _PANEL, _GAP = 66.0, 262.0, 46.0, 268.0, 84.0
_PERCENT, _MINUTES = 100.0, 60.0
_MARKS_MINUTES = (1, 5, 15, 60, 240, 1440)
_BAND = (10.0, 50.0, 90.0)  # numerics: the band that holds 80 of 100 draws
_DEEPEST_MM, _DEPTH_MARKS = 1.5, (0.0, 0.5, 1.0, 1.5)
_DECADES, _THIRD = 3, 1.0 / 3.0  # numerics: of levels that a picture tells apart, three shades each
# a place is named where it takes up so much of the height,
_ROOM_PERCENT, _DARK_BELOW = 9.0, 0.6
# one order of lightness from the surface to the blood, which colour-blind readers see as well
_MAP, _LIGHTEST, _DARKEST = "viridis", 0.97, 0.05


def write_absorption(found: Absorption, path: str | Path) -> None:
    """Write the picture of an absorption.

    Parameters
    ----------
    found : Absorption
        What was followed.
    path : str or Path
        An SVG file.

    Raises
    ------
    InputError
        Where the name does not end in ``.svg`` or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from puncta import absorb, read_case, usual_course
    >>> case = read_case("examples/melasma.toml")
    >>> found = absorb(case, usual_course(case), product="tranexamic_acid_solution", draws=20)
    >>> write_absorption(found, Path(tempfile.mkdtemp()) / "dose.svg")
    """
    if Path(path).suffix.lower() != ".svg":
        why, do = text("absorb.plot_format"), text("absorb.plot_format_do")
        raise InputError("plot", [Problem("plot", str(path), ".svg", why, do)])
    # alone, it finds its letters on the computer that shows it
    svg = draw_absorption(found).svg
    write_atomically(path, svg.replace(f"'{theme().fonts['print']}'", theme().fonts["screen"].replace('"', "'")))


def draw_absorption(found: Absorption) -> Chart:
    """Draw an absorption, one row of three panels for each group of zones and active.

    Parameters
    ----------
    found : Absorption
        What was followed.

    Returns
    -------
    Chart
        With what it shows in words.

    Examples
    --------
    >>> from puncta import absorb, read_case, usual_course
    >>> case = read_case("examples/melasma.toml")
    >>> found = absorb(case, usual_course(case), product="tranexamic_acid_solution", draws=20)
    >>> draw_absorption(found).width
    1080.0
    """
    height = _HEAD + _ROW * len(found.doses) + _FOOT
    labels = []
    with canvas(_WIDTH, height, "absorption") as sheet:
        sheet.line((0, _WIDTH, _WIDTH, 0, 0), (0, 0, height, height, 0), "paper")
        sheet.text(_LEFT, 34, found.product.name, "ink", "t4", bold=True)
        sheet.text(
            _LEFT, 56, f"{found.case.title}. {text('absorb.plot.session', dial=dial_span(found.course))}", "ink2"
        )
        for index, one in enumerate(found.doses):
            labels.append(_row(sheet, found, one, _HEAD + index * _ROW))
        for line, keys in enumerate((("absorb.plot.band", "absorb.notice"), ("limits.not_a_device",))):
            sheet.text(_LEFT, height - _FOOT + 20 + 16 * line, " ".join(text(key) for key in keys), "ink3")
        return sheet.finish("absorption", " ".join(labels))


def _row(sheet: Canvas, found: Absorption, one: SiteDoses, top: float) -> str:
    name, zones = found.product.compounds[one.needled.compound].name, place_list(one.zones)
    sheet.text(_LEFT, top + 14, f"{name}, {zones}", "ink", "t3", bold=True)
    effect = effect_text(one.needled, meant=found.product.during_needling)
    sheet.text(_LEFT, top + 32, f"{effect[0].upper()}{effect[1:]}. {one.needled.intact_refused}", "ink2")
    hours = one.needled.hours[1:]
    for place, draw in enumerate((_where, _entered, _depth)):
        left = _LEFT + place * (_PANEL + _GAP)
        y = (_DEEPEST_MM, 0.0) if draw is _depth else (0.0, _PERCENT)
        plot = sheet.axes((left, top + _TOP, left + _PANEL, top + _BOTTOM), (np.log(hours[0]), np.log(hours[-1])), y)
        sheet.text(left, top + _TOP - 10, text(f"absorb.plot.{draw.__name__[1:]}"), "ink")
        draw(sheet, plot, one, left, top)
        _time(sheet, hours, left, top + _BOTTOM)
    at = int(np.argmin(np.abs(one.needled.hours - 1.0)))
    shares = {
        way: f"{_PERCENT * float(np.median(dose.delivered_fraction[:, at])):.0f}"
        for way, dose in (("needled", one.needled), ("whole", one.whole))
    }
    return text("absorb.plot.label", active=name, zones=zones, **shares)


def _colours() -> list[str]:
    """One colour for each place, from the surface to the blood."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    shades = np.linspace(_LIGHTEST, _DARKEST, len(DOSE_PLACES))
    return [to_hex(colormaps[_MAP](shade)) for shade in shades]


def _where(sheet: Canvas, plot: Axes, one: SiteDoses, left: float, top: float) -> None:
    """Shares of the dose over time, one on the other from the blood up to the film."""
    x = np.log(one.needled.hours[1:])
    medians = [np.median(getattr(one.needled, f"{place}_ug_per_cm2"), axis=0)[1:] for place in DOSE_PLACES]
    shares = np.maximum(np.array(medians), 0.0)
    shares = _PERCENT * shares / shares.sum(axis=0)
    plot.stackplot(x, shares[::-1], colors=_colours()[::-1], linewidth=0)
    # named where a place is widest, if it is wide enough for its name
    below = np.cumsum(shares[::-1], axis=0)[::-1] - shares
    for place, share, base, shade in zip(
        DOSE_PLACES, shares, below, np.linspace(_LIGHTEST, _DARKEST, len(DOSE_PLACES)), strict=True
    ):
        widest = int(np.clip(np.argmax(share), 1, share.size - 2))
        if share[widest] > _ROOM_PERCENT:
            px = left + _PANEL * (x[widest] - x[0]) / (x[-1] - x[0])
            py = top + _BOTTOM - (_BOTTOM - _TOP) * (base[widest] + 0.5 * share[widest]) / _PERCENT
            token = "paper" if shade < _DARK_BELOW else "ink"
            anchor = "left" if px < left + _PANEL / 3 else "right" if px > left + 2 * _PANEL / 3 else "center"
            sheet.text(px, py + 4, text(f"absorb.place.{place}"), token, "t0", anchor=anchor)
    _percent(sheet, left, top, lines=False)


def _entered(sheet: Canvas, plot: Axes, one: SiteDoses, left: float, top: float) -> None:
    """Share of the dose that has entered living skin, needled and whole."""
    hours, colour = one.needled.hours[1:], theme().light
    ways = [("needled", one.needled, "med", "b80")]
    if not one.needled.intact_refused:
        ways.insert(0, ("whole", one.whole, "untreat", "rule"))
    for way, dose, line, fill in ways:
        low, median, high = np.percentile(
            np.clip(_PERCENT * dose.delivered_fraction[:, 1:], 0, _PERCENT), _BAND, axis=0
        )
        plot.fill_between(np.log(hours), low, high, color=colour(fill), linewidth=0, alpha=0.7)
        style = (0, (4, 3)) if way == "whole" else "solid"
        plot.plot(np.log(hours), median, color=colour(line), linewidth=2.2, linestyle=style)
        at = len(hours) // 2 if way == "needled" else 2 * len(hours) // 3
        px = left + _PANEL * (np.log(hours[at]) - np.log(hours[0])) / (np.log(hours[-1]) - np.log(hours[0]))
        py = top + _BOTTOM - (_BOTTOM - _TOP) * float(median[at]) / _PERCENT
        # above a curve that has risen there is no room
        below = 18 if median[at] > 0.8 * _PERCENT else -6  # numerics: of the height
        sheet.text(px, py + below, text(f"absorb.plot.{way}"), line, bold=True, anchor="center", halo=True)
    _percent(sheet, left, top)


def _depth(sheet: Canvas, plot: Axes, one: SiteDoses, left: float, top: float) -> None:
    """Median level over depth and time."""
    if one.needled.profile is None:
        return
    depth = one.needled.profile.depth_mm
    levels = np.median(one.needled.profile.level_ug_per_ml[:, 1:], axis=0).T
    most = max(float(levels.max()), np.finfo(float).tiny)
    power = np.floor(np.log10(most))
    edges = 10.0 ** np.arange(power - _DECADES + 1, power + 1 + _THIRD, _THIRD)
    plot.contourf(
        np.log(one.needled.hours[1:]), depth, np.maximum(levels, edges[0] * 1e-9), edges, cmap=f"{_MAP}_r",
        norm=_log_norm(edges),
    )  # fmt: skip
    for mark in _DEPTH_MARKS:
        y = top + _TOP + (_BOTTOM - _TOP) * mark / _DEEPEST_MM
        sheet.text(left - 6, y + 4, f"{mark:g}", anchor="right")
    sheet.text(left - 6, top + _TOP - 10, text("absorb.plot.mm"), "ink3", anchor="right")
    _key(sheet, edges, left, top)


def _log_norm(edges: Array) -> LogNorm:
    from matplotlib.colors import LogNorm

    return LogNorm(edges[0], edges[-1])


def _key(sheet: Canvas, edges: Array, left: float, top: float) -> None:
    """What each shade of the picture of depth stands for."""
    box = sheet.axes((left, top + _BOTTOM + 30, left + _PANEL, top + _BOTTOM + 38), (0, edges.size - 1), (0, 1))
    middle = np.sqrt(edges[:-1] * edges[1:])[None]
    box.pcolormesh(np.arange(edges.size), [0, 1], middle, cmap=f"{_MAP}_r", norm=_log_norm(edges))
    for index, edge in enumerate(edges):
        if index % 3:
            continue
        words = f"{edge:,.0f}" if edge > 0.99 else f"{edge:.1g}"
        sheet.text(left + _PANEL * index / (edges.size - 1), top + _BOTTOM + 50, words, "ink3", "t0", anchor="center")


def _percent(sheet: Canvas, left: float, top: float, *, lines: bool = True) -> None:
    for mark in (0, 50, 100):
        y = top + _BOTTOM - (_BOTTOM - _TOP) * mark / _PERCENT
        words = f"{mark} %" if mark == _PERCENT else f"{mark}"
        sheet.text(left - 6, y + 4, words, anchor="right")
        if lines:
            sheet.line((left, left + _PANEL), (y, y), "rule", 0.8)


def _time(sheet: Canvas, hours: Array, left: float, bottom: float) -> None:
    for minutes in _MARKS_MINUTES:
        place = (np.log(minutes / _MINUTES) - np.log(hours[0])) / (np.log(hours[-1]) - np.log(hours[0]))
        x = left + _PANEL * float(place)
        short = minutes < _MINUTES
        words = (
            text("absorb.plot.minutes", n=minutes) if short else text("absorb.plot.hours", n=minutes // int(_MINUTES))
        )
        sheet.line((x, x), (bottom, bottom + 4), "ink3")
        sheet.text(x, bottom + 18, words, anchor="center")
