"""Drawings of the library made fit for a page under a strict policy: no styles inside, colours from the sheet."""

from __future__ import annotations

import re
from functools import cache

from puncta.clinic.library import map_drawing, zones
from puncta.clinic.names import zone_name
from puncta.clinic.words import say

_STYLE = re.compile(r'style="([^"]*)"')
_VIEWS = {"face": "14 10 572 820", "body": "0 2 660 918"}


def strict(svg: str) -> str:
    """Turn styles of a drawing into attributes, which the policy lets pass.

    Examples
    --------
    >>> strict('<path style="fill: none; stroke: var(--ink)"/>')
    '<path fill="none" stroke="var(--ink)"/>'
    """
    return _STYLE.sub(lambda found: _attributes(found.group(1)), svg)


def _attributes(style: str) -> str:
    pairs = (part.split(":", 1) for part in style.split(";") if ":" in part)
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, value in pairs)


@cache
def _map(region: str) -> str:
    drawing = map_drawing(region)
    drawing = re.sub(r"<style>.*?</style>", "", drawing, flags=re.DOTALL)
    drawing = drawing.replace('id="zone-hatch"', f'id="map-{region}-hatch"')
    return re.sub(r' font-family="[^"]*"| fill="#[0-9a-f]+"', "", drawing[drawing.index(">") + 1 :])


def choosing_map(region: str, roles: dict[str, str]) -> str:
    """A map whose zones are buttons, each with its role.

    Parameters
    ----------
    region : str
        ``face`` or ``body``.
    roles : dict
        Zone name to ``treat``, ``avoid`` or ``ignore``; what is not named is ignored.
    """

    def button(found: re.Match[str]) -> str:
        tag = found.group(0)
        name = re.search(r'id="([^"]+)"', tag)
        path = re.search(r' d="([^"]+)"', tag)
        key = name.group(1) if name else ""
        outline = path.group(1) if path else ""
        entry = zones().get(key)
        if entry is None or entry.never:
            words = say("map.never", zone=zone_name(key))
            return f'<path class="zone avoid locked" role="img" aria-label="{words}" d="{outline}"/>'
        role = roles.get(key, "ignore")
        words = say("map.zone", zone=zone_name(key), role=say(f"map.{role}"))
        return (
            f'<path class="zone {role}" id="map-{key}" data-zone="{key}" tabindex="0" role="button" '
            f'aria-label="{words}" d="{outline}"/>'
        )

    body = re.sub(r'<path class="zone[^>]*>', button, _map(region))
    label = say(f"map.{region}")
    opening = f'<svg class="map" viewBox="{_VIEWS[region]}" role="group" aria-label="{label}">'
    return f'<div class="map-{region}">{opening}{body}</div>'


def map_zones(region: str) -> list[str]:
    """Zones of a region that may be chosen."""
    return [key for key, entry in zones().items() if entry.region == region and not entry.never]
