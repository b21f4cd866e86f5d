"""Units: the suffix that every quantity carries in its name, and conversions between them."""

from __future__ import annotations

from types import MappingProxyType

#: Suffix of a name -> the unit as people read it.
SUFFIXES = MappingProxyType(
    {
        "_mm": "mm",
        "_um": "µm",
        "_um2_per_s": "µm²/s",
        "_cm": "cm",
        "_cm2": "cm²",
        "_mm2": "mm²",
        "_mm3": "mm³",
        "_mm3_per_cm2": "mm³/cm²",
        "_per_cm2": "per cm²",
        "_per_cm2_per_pass": "per cm² and pass",
        "_per_s": "per s",
        "_cm_per_s": "cm/s",
        "_cm_per_h": "cm/h",
        "_um_per_h": "µm/h",
        "_m_per_s": "m/s",
        "_kelvin": "K",
        "_hours": "h",
        "_days": "d",
        "_weeks": "weeks",
        "_minutes": "min",
        "_seconds": "s",
        "_years": "years",
        "_kg": "kg",
        "_g": "g",
        "_mg": "mg",
        "_mg_per_kg": "mg/kg",
        "_mg_per_cm2": "mg/cm²",
        "_ug_per_cm2": "µg/cm²",
        "_g_per_cm2": "g/cm²",
        "_percent": "%",
        "_fraction": "",
        "_probability": "",
        "_score": "",
        "_grade": "",
        "_fold": "",
        "_degrees": "°",
        "_delta_a": "Δa*",
        "_delta_e": "ΔE*",
        "_count": "",
        "_g_per_mol": "g/mol",
        "_log10": "log10",
        "_mpa": "MPa",
    }
)

_MINUTES_PER_HOUR = 60.0
_SCALE = MappingProxyType(
    {
        # length, in millimetres
        "um": ("length", 1e-3),
        "µm": ("length", 1e-3),
        "mm": ("length", 1.0),
        "cm": ("length", 10.0),
        "m": ("length", 1000.0),
        "in": ("length", 25.4),
        # area, in square millimetres
        "mm2": ("area", 1.0),
        "cm2": ("area", 100.0),
        "m2": ("area", 1e6),
        "in2": ("area", 645.16),
        # time, in hours
        "s": ("time", 1.0 / 3600.0),
        "min": ("time", 1.0 / _MINUTES_PER_HOUR),
        "h": ("time", 1.0),
        "d": ("time", 24.0),
        "week": ("time", 168.0),
        "month": ("time", 730.5),
        "year": ("time", 8766.0),
        # mass, in grams
        "ug": ("mass", 1e-6),
        "mg": ("mass", 1e-3),
        "g": ("mass", 1.0),
        "kg": ("mass", 1e3),
        "oz": ("mass", 28.349523125),
        "lb": ("mass", 453.59237),
        "st": ("mass", 6350.29318),
        # speed, in millimetres per second
        "mm/s": ("speed", 1.0),
        "cm/s": ("speed", 10.0),
        "in/s": ("speed", 25.4),
    }
)


def suffix_of(name: str) -> str | None:
    """Find the unit suffix of a quantity's name.

    Parameters
    ----------
    name : str
        A name such as ``depth_mm``.

    Returns
    -------
    str or None
        The longest matching suffix, for example ``"_mm"``; None where the name has none.

    Examples
    --------
    >>> suffix_of("density_per_cm2")
    '_per_cm2'
    >>> suffix_of("title") is None
    True
    """
    matching = [suffix for suffix in SUFFIXES if name.endswith(suffix)]
    return max(matching, key=len) if matching else None


def convert(value: float, unit_from: str, unit_to: str) -> float:
    """Convert a value between units of length, area, time, mass or speed.

    Parameters
    ----------
    value : float
        The value in ``unit_from``.
    unit_from, unit_to : str
        Unit signs, for example ``"um"`` and ``"mm"``.

    Returns
    -------
    float
        The value in ``unit_to``.

    Raises
    ------
    ValueError
        Where a unit is unknown or the two measure different things.

    Examples
    --------
    >>> convert(500, "um", "mm")
    0.5
    """
    for unit in (unit_from, unit_to):
        if unit not in _SCALE:
            raise ValueError(f"unknown unit {unit!r}; known: {', '.join(sorted(_SCALE))}")
    kind_from, factor_from = _SCALE[unit_from]
    kind_to, factor_to = _SCALE[unit_to]
    if kind_from != kind_to:
        raise ValueError(f"{unit_from!r} measures {kind_from}, {unit_to!r} measures {kind_to}")
    return value * factor_from / factor_to
