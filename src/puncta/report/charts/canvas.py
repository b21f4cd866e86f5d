"""The canvas: a drawing in px that becomes an SVG with the same bytes every time, for paper and for the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from puncta.frozen import frozen
from puncta.report.fonts import font_files
from puncta.report.theme import theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Tokens that charts may use; their light colours are all different, so that a page can swap them for variables.
CHART_TOKENS = (
    *("paper", "sunk", "ink", "ink2", "ink3", "rule", "act", "med", "b50", "b80", "meas", "untreat"),
    *("zone-treat", "zone-treat-edge"),
)
_PX_PER_INCH = 72.0
_PIXELS_PER_INCH = 144.0
_HALO = "halo"
_HALO_WIDTH = 4


@frozen
class Chart:
    """A finished drawing.

    Parameters
    ----------
    name : str
        Name, used as prefix of the ids inside.
    svg : str
        SVG with the colours of paper, complete in itself.
    width, height : float
        Size in px.
    label : str
        What it shows, with the result, for people who do not see it.
    png : bytes
        The same as pixels on paper, two for each px; empty where nobody asked for them.
    """

    name: str
    svg: str
    width: float
    height: float
    label: str
    png: bytes = b""

    def inline(self) -> str:
        """The same drawing for a page: colour variables instead of colours, the page's font, a role and a label."""
        body = self.svg[self.svg.index(">", self.svg.index("<svg")) + 1 :]
        for token in CHART_TOKENS:
            body = body.replace(theme().light(token), f"var(--{token})")
        body = re.sub(r"font-family: '[^']*';? ?", "", body)
        # a drawing without a label is an axis beside words: nothing to hear
        heard = f'role="img" aria-label="{escape(self.label, quote=True)}"' if self.label else 'aria-hidden="true"'
        opening = (
            f'<svg class="chart" {heard} '
            f'viewBox="0 0 {self.width:g} {self.height:g}" width="{self.width:g}" height="{self.height:g}">'
        )
        return opening + body


@cache
def _family() -> str:
    from matplotlib import font_manager

    for file in font_files():
        font_manager.fontManager.addfont(str(file))
    return font_manager.FontProperties(fname=str(font_files()[0])).get_name()


class Canvas:
    """A figure measured in px from its top left corner.

    Parameters
    ----------
    width, height : float
        Size in px.
    """

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / _PX_PER_INCH, height / _PX_PER_INCH), facecolor="none")
        self._halos = 0

    def axes(self, box: tuple[float, float, float, float], x: tuple[float, float], y: tuple[float, float]) -> Axes:
        """Add a bare plot: left, top, right, bottom in px, and the ranges of its axes."""
        left, top, right, bottom = box
        place = (left / self.width, 1 - bottom / self.height, (right - left) / self.width, (bottom - top) / self.height)
        plot = self._figure.add_axes(place, facecolor="none")
        plot.set_axis_off()
        plot.set_xlim(*x)
        plot.set_ylim(*y)
        return plot

    def text(
        self,
        x: float,
        y: float,
        words: str,
        token: str = "ink2",
        size: str = "t1",
        bold: bool = False,
        anchor: str = "left",
        halo: bool = False,
    ) -> None:
        """Write words with their baseline at (x, y) in px."""
        options: dict[str, Any] = {}
        if halo:
            self._halos += 1
            options["gid"] = f"{_HALO}{self._halos}"
        self._figure.text(
            x / self.width,
            1 - y / self.height,
            words,
            color=theme().light(token),
            fontsize=theme().type[size].px,
            fontweight="bold" if bold else "normal",
            ha=anchor,
            va="baseline",
            **options,
        )

    def line(
        self,
        xs: tuple[float, ...],
        ys: tuple[float, ...],
        token: str,
        width: float = 1.0,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw a line through points in px."""
        from matplotlib.lines import Line2D

        drawn = Line2D(
            [x / self.width for x in xs],
            [1 - y / self.height for y in ys],
            color=theme().light(token),
            linewidth=width,
            transform=self._figure.transFigure,
            solid_capstyle="butt",
        )
        if dashes:
            drawn.set_linestyle((0, tuple(length / width for length in dashes)))
        self._figure.add_artist(drawn)

    def finish(self, name: str, label: str, *, pixels: bool = False) -> Chart:
        """Write the SVG, and the pixels where they are asked for."""
        out, png = io.StringIO(), io.BytesIO()
        nothing: dict[str, None] = {"Date": None, "Creator": None, "Format": None, "Type": None}
        self._figure.savefig(out, format="svg", metadata=nothing, facecolor="none")
        if pixels:
            paper = theme().light("paper")
            self._figure.savefig(png, format="png", dpi=_PIXELS_PER_INCH, metadata={"Software": None}, facecolor=paper)
        return Chart(name, _tidy(out.getvalue(), name), self.width, self.height, label, png.getvalue())


@contextmanager
def canvas(width: float, height: float, name: str) -> Iterator[Canvas]:
    """Open a canvas under the settings that make its bytes repeat.

    Parameters
    ----------
    width, height : float
        Size in px.
    name : str
        Salt of the ids inside.

    Yields
    ------
    Canvas
        Draw and finish inside the block.
    """
    import matplotlib

    settings: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.family": [_family()],
        "hatch.linewidth": 0.9,
        "axes.unicode_minus": True,
        "path.simplify": False,
    }
    with matplotlib.rc_context(settings):
        yield Canvas(width, height)


def _tidy(svg: str, name: str) -> str:
    """Drop what a drawing does not need, shorten coordinates, make ids its own and add halos."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    # a style sheet for every element would leak into the page
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'width="([\d.]+)pt" height="([\d.]+)pt"', r'width="\1" height="\2"', svg)
    svg = re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", svg)

    def short(found: re.Match[str]) -> str:
        numbers = re.sub(r"-?\d+\.\d+", lambda one: f"{float(one.group()):.2f}".rstrip("0").rstrip("."), found.group(1))
        return f'd="{" ".join(numbers.split())}"'

    svg = re.sub(r'\bd="([^"]*)"', short, svg)
    # the halo is a text of its own beneath: stroked glyph by glyph it would eat into the letter before
    paper = theme().light("paper")
    under = f"fill: {paper}; stroke: {paper}; stroke-width: {_HALO_WIDTH}px; stroke-linejoin: round"
    svg = re.sub(
        rf'(<g id="{_HALO}\d+">\s*)(<text style=")([^"]*)("[^>]*>[^<]*</text>)',
        lambda found: (
            f"{found.group(1)}{found.group(2)}{re.sub('fill: [^;]*;? ?', '', found.group(3)).rstrip('; ')}; "
            f"{under}{found.group(4)}{found.group(2)}{found.group(3)}{found.group(4)}"
        ),
        svg,
    )
    svg = re.sub(r'id="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", svg)
    svg = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', svg)
    # names that matplotlib gives to groups mean nothing to a reader
    svg = re.sub(rf'<g id="{name}-[^"]*"', "<g", svg)
    return re.sub(r"\n\s*", "\n", svg)
