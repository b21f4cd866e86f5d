"""Shapes that the font of print lacks: severities, the brand, a box to tick; drawn, never typed."""

from __future__ import annotations

from collections.abc import Callable

from puncta.report.theme import Severity, theme

_SIZE = 20


def _severity(entry: Severity, colour: Callable[[str], str]) -> str:
    parts = []
    for part in entry.parts:
        fill = colour(part.fill) if part.fill else "none"
        stroke = f' stroke="{colour(part.stroke)}" stroke-width="{part.width:g}"' if part.stroke else ""
        parts.append(f'<path d="{part.d}" fill="{fill}"{stroke} stroke-linejoin="round"/>')
    return "".join(parts)


def severity_page(action: str) -> str:
    """The shape of an action for a page; the word beside it speaks, so that it is hidden from readers of the screen.

    Examples
    --------
    >>> severity_page("stop").startswith("<svg")
    True
    """
    body = _severity(theme().severities[action], lambda token: f"var(--{token})")
    return f'<svg viewBox="0 0 {_SIZE} {_SIZE}" aria-hidden="true">{body}</svg>'


def severity_paper(action: str) -> str:
    """The same with the colours of paper, complete in itself."""
    body = _severity(theme().severities[action], theme().light)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}">{body}</svg>'


def _brand(colour: str) -> str:
    # a small array of punctures, larger towards the middle
    dots = []
    places = (3.2, 7.7, 12.2, 16.7)
    for row, y in enumerate(places):
        for column, x in enumerate(places):
            inner = (row in (1, 2)) + (column in (1, 2))
            dots.append(f'<circle cx="{x}" cy="{y}" r="{(0.9, 1.2, 1.7)[inner]}"/>')
    return f'<g fill="{colour}">{"".join(dots)}</g>'


def brand_page() -> str:
    """The brand for a page.

    Examples
    --------
    >>> brand_page().startswith("<svg")
    True
    """
    return f'<svg viewBox="0 0 {_SIZE} {_SIZE}" aria-hidden="true">{_brand("var(--act)")}</svg>'


def brand_paper() -> str:
    """The brand for paper."""
    body = _brand(theme().light("act"))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}">{body}</svg>'
