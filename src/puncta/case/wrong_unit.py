"""Wrong unit: what a value in pounds, inches or hours would be in the unit that the field wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from puncta.case.ranges import ranges
from puncta.units import convert, suffix_of

E = TypeVar("E", bound=Exception)

_NUMBER_AND_UNIT = re.compile(r"\s*([-+]?\d{1,12}(?:[.,]\d{1,12})?)\s*([^\d\s][^\s]{0,15})?\s*")

#: Unit as the suffix of a field says it -> sign in ``units.convert``.
_SIGNS = {
    "_mm": "mm",
    "_um": "um",
    "_cm": "cm",
    "_cm2": "cm2",
    "_mm2": "mm2",
    "_kg": "kg",
    "_g": "g",
    "_mg": "mg",
    "_minutes": "min",
    "_seconds": "s",
    "_hours": "h",
    "_days": "d",
    "_weeks": "week",
    "_years": "year",
    "_cm_per_s": "cm/s",
}

#: What people write -> sign in ``units.convert``.
_WORDS = {
    "mm": ["millimetre", "millimeter", "millimetres", "millimeters"],
    "um": ["µm", "μm", "micron", "microns", "micrometre", "micrometres", "micrometer", "micrometers"],
    "cm": ["centimetre", "centimeter", "centimetres", "centimeters"],
    "m": ["metre", "metres", "meter", "meters"],
    "in": ["inch", "inches", '"', "″"],
    "mm2": ["mm²", "mm^2", "sqmm"],
    "cm2": ["cm²", "cm^2", "sqcm"],
    "m2": ["m²", "m^2", "sqm"],
    "in2": ["in²", "in^2", "sqin", "sq_in", "square_inches"],
    "kg": ["kilo", "kilos", "kilogram", "kilograms", "kgs"],
    "g": ["gram", "grams"],
    "mg": [],
    "lb": ["lbs", "pound", "pounds"],
    "oz": ["ounce", "ounces"],
    "st": ["stone", "stones"],
    "s": ["sec", "secs", "second", "seconds"],
    "min": ["mins", "minute", "minutes"],
    "h": ["hr", "hrs", "hour", "hours"],
    "d": ["day", "days"],
    "week": ["weeks", "wk", "wks"],
    "month": ["months"],
    "year": ["years", "yr", "yrs", "y"],
    "cm/s": ["cm_per_s"],
    "mm/s": ["mm_per_s"],
    "in/s": ["in_per_s", "inches_per_s"],
}
_SIGN_OF = {word: sign for sign, words in _WORDS.items() for word in (sign, *words)}
_LONGEST_FIRST = sorted(_SIGN_OF, key=len, reverse=True)
_DIGITS = 4


def unit_of(field: str) -> str | None:
    """Sign of the unit that a field wants, None for a field without unit.

    Examples
    --------
    >>> unit_of("weight_kg"), unit_of("minutes"), unit_of("title")
    ('kg', 'min', None)
    """
    suffix = suffix_of(f"_{field}")
    return None if suffix is None else _SIGNS.get(suffix)


def said_with_unit(field: str, given: str, error: Callable[..., E]) -> E:
    """Say what is wrong with a text where a number belongs: ``"1.5 mm"``, ``"62"``, ``"137 lb"``.

    Parameters
    ----------
    field : str
        Name of the field.
    given : str
        The text.
    error : callable
        Makes the error from the kind of mistake and the values of its text.

    Examples
    --------
    >>> said_with_unit("weight_kg", "137 lb", lambda kind, **values: ValueError(kind, values["value"]))
    ValueError('text_other_unit', '62.14')
    """
    match = _NUMBER_AND_UNIT.fullmatch(given)
    if match is None:
        return error("not_a_number")
    number = float(match[1].replace(",", "."))
    wanted = unit_of(field)
    word = (match[2] or "").lower()
    sign = _SIGN_OF.get(word)
    if word and (sign is None or wanted is None):
        return error("not_a_number")
    if sign is None or sign == wanted:
        return error("text_number", field=field, value=_short(number))
    try:
        value = convert(number, sign, str(wanted))
    except ValueError:
        return error("not_a_number")
    return error("text_other_unit", field=field, unit=_read_as(field), value=_short(value))


def meant(key: str, given: Any, fields: Iterable[str]) -> tuple[str, str, str] | None:
    """Find the field that a key with another unit, or none, stands for.

    Parameters
    ----------
    key : str
        The unknown key, for example ``weight_lb``.
    given : object
        Its value.
    fields : iterable of str
        Fields that exist there.

    Returns
    -------
    tuple of str or None
        Field, its unit as people read it, and the value in that unit (empty where it cannot be said); None where the
        key is no quantity.

    Examples
    --------
    >>> meant("weight_lb", 137, ["weight_kg", "age_years"])
    ('weight_kg', 'kg', '62.14')
    >>> meant("depth_inches", 0.06, ["dial_mm", "passes"])
    ('dial_mm', 'mm', '1.524')
    """
    stem, sign = _stem_and_sign(key)
    quantities = {field: unit for field in fields if (unit := unit_of(field)) is not None}
    alike = [field for field in quantities if _stem(field) == stem]
    if not alike and sign is not None:
        alike = [field for field, unit in quantities.items() if _converted(1.0, sign, unit)]
    if len(alike) != 1 or (sign is None and stem != key):
        return None
    field = alike[0]
    value = ""
    if sign is not None and isinstance(given, int | float) and not isinstance(given, bool):
        value = _converted(given, sign, quantities[field])
    return field, _read_as(field), value


def _stem_and_sign(key: str) -> tuple[str, str | None]:
    for word in _LONGEST_FIRST:
        if key.lower().endswith(f"_{word}"):
            return key[: -len(word) - 1], _SIGN_OF[word]
    return key, None


def _stem(field: str) -> str:
    return field.removesuffix(suffix_of(f"_{field}") or "")


def _converted(value: float, sign: str, wanted: str) -> str:
    try:
        return _short(convert(float(value), sign, wanted))
    except (ValueError, OverflowError):
        return ""


def _short(value: float) -> str:
    return f"{value:.{_DIGITS}g}" if abs(value) < 10**_DIGITS else f"{value:.0f}"


def _read_as(field: str) -> str:
    known = ranges().get(field)
    return known.unit if known is not None else str(unit_of(field))
