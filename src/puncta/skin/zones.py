"""Zones: the named regions of face and body, with sides, usual area and whether needles may go there at all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from puncta.errors import PunctaError, nearest
from puncta.evidence import parameter, records
from puncta.frozen import frozen

SIDES = ("left", "right")


@frozen
class Zone:
    """One selectable zone; its name is also the ``id`` on the face and body maps.

    Parameters
    ----------
    name : str
        With side where it has one: ``cheek_left``.
    base : str
        Without side: ``cheek``; the name of its record in the evidence.
    side : str
        ``left``, ``right`` (the person's own) or empty.
    region : str
        ``face`` (neck included) or ``body``.
    never : bool
        True inside the orbital rim: never needled.
    usual_area_cm2 : float
        Usual area of this side.
    """

    name: str
    base: str
    side: str
    region: str
    never: bool
    usual_area_cm2: float

    def key(self, figure: str) -> str:
        """Evidence key of one of the zone's figures."""
        return f"zones.{self.base}.{figure}"


@cache
def zones() -> Mapping[str, Zone]:
    """All zones by name.

    Examples
    --------
    >>> zones()["cheek_left"].base
    'cheek'
    """
    out = {}
    for base, record in records("zones").items():
        area = parameter(f"zones.{base}.area_cm2").value
        for side in SIDES if record["sides"] else ("",):
            name = f"{base}_{side}" if side else base
            out[name] = Zone(name, base, side, record["region"], record.get("never", False), area)
    return MappingProxyType(out)


def zone(name: str) -> Zone:
    """Look up one zone.

    Raises
    ------
    PunctaError
        Where there is none, with the nearest names.

    Examples
    --------
    >>> zone("nose").region
    'face'
    """
    if name not in zones():
        raise PunctaError(f"there is no zone {name!r}; nearest: {nearest(name, zones()) or 'none'}")
    return zones()[name]


def expand(name: str) -> tuple[str, ...]:
    """Turn a zone name as people write it into zone names with sides.

    Parameters
    ----------
    name : str
        ``cheek_left``, or ``cheek`` for both sides.

    Returns
    -------
    tuple of str
        Empty where the name is unknown.

    Examples
    --------
    >>> expand("cheek")
    ('cheek_left', 'cheek_right')
    >>> expand("nose")
    ('nose',)
    """
    if name in zones():
        return (name,)
    return tuple(f"{name}_{side}" for side in SIDES if f"{name}_{side}" in zones())
