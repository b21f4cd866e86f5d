"""The theme: colours, type, space and severities, read once and handed to HTML, PDF, charts and maps alike."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from puncta.frozen import frozen

_FORMAT = 1


@frozen
class Shade:
    """One colour token.

    Parameters
    ----------
    light, dark : str
        Hex colours on white paper (and in print) and on a dark screen.
    """

    light: str
    dark: str


@frozen
class Step:
    """One step of the type scale.

    Parameters
    ----------
    px : float
        Size on screen and in charts, where one chart unit is one px.
    pt : float
        Size in print.
    """

    px: float
    pt: float


@frozen
class Part:
    """One stroke or surface of a severity's shape, in a box of 20 by 20.

    Parameters
    ----------
    d : str
        SVG path.
    fill, stroke : str or None
        Colour tokens.
    width : float
        Stroke width.
    """

    d: str
    fill: str | None
    stroke: str | None
    width: float


@frozen
class Severity:
    """How a finding's action looks.

    Parameters
    ----------
    text : str
        Colour token of its word.
    parts : tuple of Part
        Its shape.
    """

    text: str
    parts: tuple[Part, ...]


@frozen
class Theme:
    """The visual language.

    Parameters
    ----------
    colours : mapping of str to Shade
        By token.
    type : mapping of str to Step
        Steps t0 to t6.
    space : mapping of str to float
        Spaces in px.
    fonts : mapping of str to str
        ``screen``: the stack of the pages; ``print``: the family of PDF and charts.
    severities : mapping of str to Severity
        By the action's word, with ``go``.
    """

    colours: Mapping[str, Shade]
    type: Mapping[str, Step]
    space: Mapping[str, float]
    fonts: Mapping[str, str]
    severities: Mapping[str, Severity]

    def light(self, token: str) -> str:
        """The hex colour of a token on paper."""
        return self.colours[token].light

    def css_variables(self, dark: bool = False) -> str:
        """All colour tokens as CSS custom properties, without the selector around them.

        Examples
        --------
        >>> "--ink:#1a2226;" in theme().css_variables()
        True
        """
        pairs = ((name, shade.dark if dark else shade.light) for name, shade in self.colours.items())
        return "".join(f"--{name}:{colour};" for name, colour in pairs)

    def css_scale(self) -> str:
        """Type steps, spaces and fonts as CSS custom properties."""
        sizes = "".join(f"--{name}:{step.px:g}px;" for name, step in self.type.items())
        spaces = "".join(f"--{name}:{value:g}px;" for name, value in self.space.items())
        return f"--sans:{self.fonts['screen']};{sizes}{spaces}"


def _read(table: Mapping[str, Any]) -> Theme:
    severities = {}
    for name, entry in table["severity"].items():
        parts = tuple(
            Part(part["d"], part.get("fill"), part.get("stroke"), part.get("width", 0.0)) for part in entry["parts"]
        )
        severities[name] = Severity(entry["text"], parts)
    return Theme(
        colours=MappingProxyType({name: Shade(*pair) for name, pair in table["colour"].items()}),
        type=MappingProxyType({name: Step(entry["px"], entry["pt"]) for name, entry in table["type"].items()}),
        space=MappingProxyType(dict(table["space"])),
        fonts=MappingProxyType(dict(table["font"])),
        severities=MappingProxyType(severities),
    )


@cache
def theme() -> Theme:
    """Read the theme.

    Returns
    -------
    Theme
        The only one there is.

    Examples
    --------
    >>> theme().colours["paper"].light
    '#ffffff'
    """
    table = tomllib.loads(files("puncta.report").joinpath("theme.toml").read_text(encoding="utf-8"))
    if table.get("format") != _FORMAT:
        raise ValueError(f"theme.toml: format must be {_FORMAT}")
    return _read(table)
