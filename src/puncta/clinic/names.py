"""Names of zones, devices, products and scales as people read them."""

from __future__ import annotations

from puncta.clinic.library import creams, devices, products, scales, text, zones

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI")


def zone_name(key: str) -> str:
    """A zone with its side.

    Examples
    --------
    >>> zone_name("cheek_left")
    'Cheek, left'
    """
    entry = zones().get(key)
    if entry is None:
        return key
    side = f", {text(f'report.side.{entry.side}')}" if entry.side else ""
    return text(f"report.zone.{entry.base}") + side


def dial_words(value: float) -> str:
    """A dial setting: one figure behind the point, two where the step needs it.

    Examples
    --------
    >>> dial_words(1.0), dial_words(0.25)
    ('1.0', '0.25')
    """
    return f"{value:.1f}" if abs(value * 10 - round(value * 10)) < 1e-6 else f"{value:.2f}"


def phototype_name(value: int | None) -> str:
    """A phototype in Roman numerals."""
    return _ROMAN[value or 0]


def device_choices() -> list[tuple[str, str]]:
    """Devices that may be planned with."""
    return [(key, entry.name) for key, entry in devices().items()]


def product_choices() -> list[tuple[str, str]]:
    """Products by name."""
    return [(key, entry.name) for key, entry in products().items()]


def cream_choices() -> list[tuple[str, str]]:
    """Numbing creams by name."""
    return [(key, entry.name) for key, entry in creams().items()]


def scale_choices(concern: str | None = None) -> list[tuple[str, str]]:
    """Scales, those for a concern where one is named."""
    return [(key, entry.name) for key, entry in scales().items() if concern is None or concern in entry.concerns]


def zone_bases() -> list[str]:
    """Zones of the face and the body without their sides, in the order of the catalogue."""
    return list(dict.fromkeys(entry.base for entry in zones().values()))
