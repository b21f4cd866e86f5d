"""The line of the cream: on, wiped off, then needled, with the times that are known and room for the clock."""

from __future__ import annotations

from puncta.report.charts.canvas import Chart
from puncta.report.theme import theme

_WIDTH, _HEIGHT = 440.0, 66.0
_START, _OFF, _NEEDLE, _END = 8.0, 272.0, 324.0, 424.0
_TOP, _FOOT = 24.0, 44.0


def cream_line(minutes: float, on: str, bar: str, off: str, clean: str, needle: str, label: str) -> Chart:
    """Draw the line.

    Parameters
    ----------
    minutes : float
        Minutes on the skin.
    on, bar, off, clean, needle : str
        Words along the line, the needling with its minutes.
    label : str
        The whole in words.

    Returns
    -------
    Chart
        440 by 66 px; the length of the parts is no scale.
    """
    colour, font = theme().light, theme().fonts["print"]

    def words(x: float, y: float, said: str, anchor: str = "middle", token: str = "ink2") -> str:
        return (
            f'<text x="{x:g}" y="{y:g}" style="font-size: {theme().type["t1"].px:g}px; font-family: \'{font}\'; '
            f'text-anchor: {anchor}; fill: {colour(token)}">{said}</text>'
        )

    def upright(x: float) -> str:
        return f'<path d="M{x:g} {_TOP - 5:g}V{_FOOT + 5:g}" style="stroke: {colour("ink3")}; fill: none"/>'

    middle = (_TOP + _FOOT) / 2 + 4
    height = _FOOT - _TOP
    parts = [
        f'<path d="M0 {_FOOT:g}H{_WIDTH:g}" style="stroke: {colour("ink3")}; fill: none"/>',
        f'<rect x="{_START:g}" y="{_TOP:g}" width="{_OFF - _START:g}" height="{height:g}" '
        f'style="fill: {colour("b80")}; stroke: {colour("med")}"/>',
        f'<rect x="{_OFF:g}" y="{_TOP:g}" width="{_NEEDLE - _OFF:g}" height="{height:g}" '
        f'style="fill: none; stroke: {colour("ink2")}; stroke-dasharray: 3 2"/>',
        f'<rect x="{_NEEDLE:g}" y="{_TOP:g}" width="{_END - _NEEDLE:g}" height="{height:g}" '
        f'style="fill: {colour("zone-treat")}; stroke: {colour("zone-treat-edge")}"/>',
        *(upright(x) for x in (_START, _OFF, _NEEDLE)),
        words((_START + _OFF) / 2, middle, bar, token="ink"),
        words((_OFF + _NEEDLE) / 2, middle, clean),
        words(_START, 14, on, "start"),
        words(_OFF, 14, off, "end"),
        words(_NEEDLE, 14, needle, "start"),
        words(_START, 62, _clock(0), "start"),
        words(_OFF, 62, _clock(minutes), "middle"),
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" width="{_WIDTH:g}" '
        f'height="{_HEIGHT:g}">{"".join(parts)}</svg>'
    )
    return Chart("cream", svg, _WIDTH, _HEIGHT, label)


def _clock(minutes: float) -> str:
    """Hours and minutes after the cream went on."""
    hours, rest = divmod(round(minutes), 60)
    return f"{hours}:{rest:02d}"
