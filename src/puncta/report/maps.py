"""Maps: face and body with each zone in its role, the dial on what is treated, lesions where they lie."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, Course, Role
from puncta.frozen import frozen
from puncta.messages import text
from puncta.report.numbers import number
from puncta.report.theme import theme
from puncta.report.view.words import dial_text, lower_first, zone_name
from puncta.skin import zone

#: Part of the drawing that is shown: left, top, width, height; and the size of the figures on zones.
_VIEW = {"face": ((14, 10, 572, 820), 26.0), "body": ((0, 2, 660, 918), 26.0)}
#: Lesions that the legend names one by one.
_FEW_LESIONS = 2
_NEVER = "locked"
_GRID = 44
_DOT, _RING = 5.5, 13.0
_LESION_GAP = 46.0


@frozen
class ZoneMap:
    """One map, coloured.

    Parameters
    ----------
    region : str
        ``face`` or ``body``.
    svg : str
        With the colours of paper, complete in itself.
    label : str
        What it shows.
    width, height : float
        Shape of the drawing.
    roles : tuple of str
        Roles that occur, for the legend.
    """

    region: str
    svg: str
    label: str
    width: float
    height: float
    roles: tuple[str, ...]

    def inline(self) -> str:
        """The same for a page: classes take their colours from the page, so that it can be dark."""
        body = re.sub(r"<style>.*?</style>", "", self.svg[self.svg.index(">") + 1 :], flags=re.DOTALL)
        left, top, width, height = _VIEW[self.region][0]
        opening = (
            f'<svg class="map" role="img" aria-label="{escape(self.label, quote=True)}" '
            f'viewBox="{left} {top} {width} {height}">'
        )
        return opening + re.sub(r" font-family=\"[^\"]*\"", "", body)


@cache
def map_drawing(region: str) -> str:
    """The drawing of a map as it was drawn, every zone a path with its name.

    Parameters
    ----------
    region : str
        ``face`` or ``body``.

    Examples
    --------
    >>> 'id="nose"' in map_drawing("face")
    True
    """
    return files("puncta.report").joinpath("maps", f"{region}_map.svg").read_text(encoding="utf-8")


@cache
def _outlines(region: str) -> Mapping[str, tuple[NDArray[np.float64], ...]]:
    """Closed outlines of each zone, as corner points; a zone may have several parts."""
    found = {}
    for tag in re.findall(r'<path class="zone[^>]*>', map_drawing(region)):
        name = re.search(r'id="([^"]+)"', tag)
        path = re.search(r' d="([^"]+)"', tag)
        if name and path:
            parts = [part for part in path.group(1).split("M") if part.strip()]
            rings = (np.array(re.findall(r"(-?[\d.]+),(-?[\d.]+)", part), dtype=float) for part in parts)
            found[name.group(1)] = tuple(ring for ring in rings if len(ring) > 2)
    return found


def _inside(points: NDArray[np.float64], ring: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points lie within a ring: the parity of crossings to the right."""
    nexts = np.roll(ring, -1, axis=0)
    x, y = points[:, None, 0], points[:, None, 1]
    crosses = (ring[None, :, 1] > y) != (nexts[None, :, 1] > y)
    rise = np.where(nexts[:, 1] == ring[:, 1], 1.0, nexts[:, 1] - ring[:, 1])
    meet = ring[None, :, 0] + (y - ring[None, :, 1]) * (nexts[:, 0] - ring[:, 0])[None, :] / rise[None, :]
    return (np.count_nonzero(crosses & (x < meet), axis=1) % 2).astype(bool)


def _room(points: NDArray[np.float64], ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distance of each point to the nearest edge of a ring."""
    nexts = np.roll(ring, -1, axis=0)
    edge = nexts - ring
    length = np.maximum((edge**2).sum(axis=1), 1e-9)
    along = np.clip(((points[:, None, :] - ring[None]) * edge[None]).sum(axis=2) / length[None], 0, 1)
    nearest = ring[None] + along[..., None] * edge[None]
    return np.sqrt(((points[:, None, :] - nearest) ** 2).sum(axis=2)).min(axis=1)


@cache
def _centres(region: str, name: str) -> tuple[tuple[float, float], ...]:
    """The roomiest point of each part of a zone, in the middle where there is a choice."""
    out = []
    for ring in _outlines(region)[name]:
        points = _grid(ring)
        aside = np.abs(points[:, 0] - (ring[:, 0].min() + ring[:, 0].max()) / 2)
        x, y = points[(_room(points, ring) - 0.15 * aside).argmax()]
        out.append((float(x), float(y)))
    return tuple(out)


def _largest(region: str, name: str) -> NDArray[np.float64]:
    return max(_outlines(region)[name], key=lambda ring: float(np.ptp(ring, axis=0).prod()))


@cache
def _lesion_places(region: str, name: str, count: int) -> tuple[tuple[float, float], ...]:
    """Points for lesions: inside the zone, clear of its figure and of each other as far as it has room."""
    ring = _largest(region, name)
    points = _grid(ring)
    room = np.minimum(_room(points, ring), 1.2 * _RING)
    taken = [(np.array(place), _LESION_GAP) for place in _centres(region, name)]
    out = []
    for _ in range(count):
        crowd = np.zeros(len(points))
        for place, gap in taken:
            crowd += np.maximum(gap - np.sqrt(((points - place) ** 2).sum(axis=1)), 0)
        chosen = points[(room - 1.5 * crowd - 0.02 * points[:, 1]).argmax()]
        taken.append((chosen, 2.4 * _RING))
        out.append((float(chosen[0]), float(chosen[1])))
    return tuple(out)


def _grid(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = ring.min(axis=0), ring.max(axis=0)
    xs, ys = np.linspace(low[0], high[0], _GRID), np.linspace(low[1], high[1], _GRID)
    points = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    kept = points[_inside(points, ring)]
    return kept if kept.size else ring.mean(axis=0, keepdims=True)


def zone_roles(case: Case, course: Course) -> Mapping[str, str]:
    """Role of each zone that the case names, for this course.

    Parameters
    ----------
    case : Case
        Names zones with their role.
    course : Course
        Treats some of them.

    Returns
    -------
    mapping of str to str
        ``treat``; ``home`` where care without needles is the plan; ``avoid`` where the case says so or the course had
        to leave the zone out; ``ignore``.
    """
    treated = {setting.zone for session in course.sessions for setting in session.settings}
    out = {}
    for use in case.zones:
        if use.zone in treated:
            out[use.zone] = "treat"
        elif use.role is Role.TREAT:
            out[use.zone] = "avoid" if course.sessions else "home"
        else:
            out[use.zone] = use.role.value
    return out


def _style() -> str:
    colour = theme().light
    return (
        f".map-skin{{fill:{colour('map-skin')}}}.map-hair{{fill:{colour('map-hair')}}}"
        f".map-line{{fill:none;stroke:{colour('map-line')};stroke-width:2;stroke-linecap:round;stroke-linejoin:round}}"
        f".map-fine{{fill:none;stroke:{colour('map-fine')};stroke-width:1.4;stroke-linecap:round}}"
        f".map-ink{{fill:{colour('map-brow')}}}.map-strand{{fill:{colour('map-fine')}}}.map-lip{{fill:{colour('map-lip')}}}"
        f".map-side{{fill:{colour('map-line')}}}"
        f".zone{{fill:{colour('zone')};stroke:{colour('zone-edge')};stroke-width:1}}"
        f".zone.treat{{fill:{colour('zone-treat')};stroke:{colour('zone-treat-edge')};stroke-width:1.5}}"
        f".zone.home{{fill:{colour('act-soft')};stroke:{colour('zone-treat-edge')};stroke-width:1.5;"
        "stroke-dasharray:6 4}"
        f".zone.avoid{{stroke:{colour('zone-avoid-edge')};stroke-width:1.4}}"
        f".hatch-bg{{fill:{colour('zone-avoid')}}}.hatch-ln{{stroke:{colour('zone-avoid-hatch')};stroke-width:1.8}}"
        f".mapnum{{font-weight:700;fill:{colour('ink')}}}"
        f".mapnum.under{{fill:{colour('zone-treat')};stroke:{colour('zone-treat')};stroke-width:5;stroke-linejoin:round}}"
        f".lesion-dot{{fill:{colour('ink')}}}.lesion-ring{{fill:none;stroke:{colour('zone-avoid-edge')};"
        "stroke-width:2.4;stroke-dasharray:4 3}"
    )


def zone_map(case: Case, course: Course, region: str, prefix: str) -> ZoneMap:
    """Colour one map.

    Parameters
    ----------
    case : Case
        Zones and lesions.
    course : Course
        What is treated, and how deep.
    region : str
        ``face`` or ``body``.
    prefix : str
        For the ids inside, so that two maps can share a page.

    Returns
    -------
    ZoneMap
        The map; the person's right is on the reader's left of the front view, and R and L are drawn.
    """
    roles = dict(zone_roles(case, course))
    outlines = _outlines(region)
    dials: dict[str, float] = {}
    for session in course.sessions[:1]:
        dials = {setting.zone: setting.dial_mm for setting in session.settings}
    seen: dict[str, None] = {}

    def recolour(found: re.Match[str]) -> str:
        tag = found.group(0)
        name = re.search(r'id="([^"]+)"', tag)
        path = re.search(r' d="([^"]+)"', tag)
        assert name and path
        key = name.group(1)
        locked = _NEVER in tag.split('"')[1].split()
        role = "avoid" if locked else roles.get(key, "ignore")
        seen[role] = None
        hatch = f' style="fill:url(#{prefix}-hatch)"' if role == "avoid" else ""
        classes = f"zone {role}" + (f" {_NEVER}" if locked else "")
        return f'<path class="{classes}" id="{prefix}-{key}"{hatch} d="{path.group(1)}"/>'

    drawing = re.sub(r"<style>.*?</style>", "", map_drawing(region), flags=re.DOTALL)
    drawing = re.sub(r'<path class="zone[^>]*>', recolour, drawing)
    drawing = drawing.replace('id="zone-hatch"', f'id="{prefix}-hatch"')
    drawing = re.sub(
        r'<g class="art" font-family="[^"]*"([^>]*?) fill="[^"]*">',
        rf'<g class="art map-side" font-family="{theme().fonts["print"]}"\1>', drawing,
    )  # fmt: skip
    # letters at the edges as large as the figures: on a card the map is small
    drawing = re.sub(
        r'(<(?:g class="art map-side"|text)[^>]*font-size=")(?:16|18|24)"', rf'\g<1>{_VIEW[region][1]:g}"', drawing
    )
    marks = "".join(_number_mark(region, name, dials[name]) for name in dials if name in outlines)
    marks += "".join(_lesion_marks(case, region))
    (left, top, width, height), _ = _VIEW[region]
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">'
    body = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    svg = f"{opening}<style>{_style()}</style>{body}<g>{marks}</g></svg>"
    return ZoneMap(region, svg, _label(region, dials), float(width), float(height), tuple(seen))


def _number_mark(region: str, name: str, dial_mm: float) -> str:
    size = _VIEW[region][1]
    font, words = theme().fonts["print"], dial_text(dial_mm)
    # a halo of its own beneath: stroked glyph by glyph it would eat into the figure before
    return "".join(
        f'<text class="{kind}" x="{x:.0f}" y="{y + 0.36 * size:.0f}" text-anchor="middle" font-size="{size:g}" '
        f'font-family="{font}">{words}</text>'
        for x, y in _centres(region, name)
        for kind in ("mapnum under", "mapnum")
    )


def _lesion_marks(case: Case, region: str) -> list[str]:
    # the case names a zone, not a point: where in the zone a lesion is drawn has no meaning
    count: dict[str, int] = {}
    for lesion in case.lesions:
        if lesion.zone in _outlines(region):
            count[lesion.zone] = count.get(lesion.zone, 0) + 1
    return [
        f'<circle class="lesion-dot" cx="{x:.0f}" cy="{y:.0f}" r="{_DOT:g}"/>'
        f'<circle class="lesion-ring" cx="{x:.0f}" cy="{y:.0f}" r="{_RING:g}"/>'
        for name, many in count.items()
        for x, y in _lesion_places(region, name, many)
    ]


def _label(region: str, dials: Mapping[str, float]) -> str:
    named = [f"{lower_first(zone_name(name))} {dial_text(dial)}" for name, dial in dials.items()]
    zones = text("report.legend.map_treated", zones="; ".join(named)) if named else text("report.legend.map_nothing")
    return text(f"report.legend.map_{region}", zones=zones)


def maps_of(case: Case, course: Course) -> tuple[ZoneMap, ...]:
    """The maps that a case needs: face, body or both, by the zones it names.

    Parameters
    ----------
    case : Case
        Its zones decide.
    course : Course
        What is treated.

    Returns
    -------
    tuple of ZoneMap
        One or two; the one with more to treat first.

    Examples
    --------
    >>> from puncta.case import Course, ZoneSetting, read_case
    >>> course = Course.regular("one", (ZoneSetting("cheek_left", 1.0, 4),), 1, 1)
    >>> [one.region for one in maps_of(read_case("examples/published_A03.toml"), course)]
    ['face']
    """
    wanted = [use.zone for use in case.zones if use.role is Role.TREAT] or [use.zone for use in case.zones]
    count = {region: sum(zone(name).region == region for name in wanted) for region in _VIEW}
    regions = sorted((region for region in count if count[region]), key=lambda region: -count[region]) or ["face"]
    return tuple(zone_map(case, course, region, f"map-{region}") for region in regions)


def legend(case: Case, maps: tuple[ZoneMap, ...]) -> tuple[tuple[str, str], ...]:
    """What the legend must explain: (class, words).

    Parameters
    ----------
    case : Case
        For its lesions.
    maps : tuple of ZoneMap
        For the roles that occur.

    Returns
    -------
    tuple of (str, str)
        In a fixed order.

    Examples
    --------
    >>> from puncta.case import Course, ZoneSetting, read_case
    >>> case = read_case("examples/published_A03.toml")
    >>> course = Course.regular("one", (ZoneSetting("cheek_left", 1.0, 4),), 1, 1)
    >>> legend(case, maps_of(case, course))[0][0]
    'treat'
    """
    present = {role for one in maps for role in one.roles}
    out = [(role, text(f"report.legend.{role}")) for role in ("treat", "home", "avoid", "ignore") if role in present]
    kinds = dict.fromkeys((lesion.kind.value, lesion.clearance_mm) for lesion in case.lesions)
    if len(kinds) > _FEW_LESIONS:
        return (*out, ("lesion", text("report.legend.lesions")))
    for kind, clearance in kinds:
        key = "lesion" if clearance > 0 else "lesion_plain"
        words = text(f"report.legend.{key}", kind=text(f"report.lesion.{kind}"), clearance=number(clearance))
        out.append(("lesion", words))
    return tuple(out)
