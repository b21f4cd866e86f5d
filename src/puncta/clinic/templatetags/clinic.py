"""Tags: words from the catalogue, shapes of severity, days, zones, and the choice of what a role sees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import dates
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from puncta.clinic.library import brand_page, severity_page
from puncta.clinic.names import cream_choices, device_choices, dial_words, product_choices, zone_name
from puncta.clinic.words import language, say, told

register = template.Library()


@register.simple_tag
def t(key: str, **values: Any) -> str:
    """A text of the catalogue."""
    return say(key, **values)


@register.simple_tag
def named(group: str, key: object) -> str:
    """A text whose key ends in a value, such as the word for a role."""
    return say(f"{group}.{key}") if key else ""


@register.simple_tag
def icon(action: str) -> SafeString:
    """The shape of a severity."""
    return mark_safe(severity_page(action))


@register.simple_tag
def brand() -> SafeString:
    """The brand's shape."""
    return mark_safe(brand_page())


@register.filter
def day(value: date | str | None) -> str:
    """A day as people read it: ``9 Nov 2026``."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    month = str(dates.MONTHS_3[value.month])
    return f"{value.day} {month.title() if language() == 'en' else month} {value.year}"


@register.filter
def clock(value: datetime | None) -> str:
    """Day and time in the clinic's time zone."""
    if value is None:
        return ""
    here = localtime(value)
    return f"{day(here.date())}, {here:%H:%M}"


@register.filter
def zone(name: str) -> str:
    """A zone's name with its side."""
    return zone_name(name)


@register.filter
def base_zone(base: str) -> str:
    """A zone's name without a side."""
    return told(f"report.zone.{base}")


@register.filter
def dial(value: float | None) -> str:
    """A dial as it stands on the pen."""
    return "" if value is None else dial_words(value)


@register.filter
def lot_name(lot: Any) -> str:
    """What a lot is of, by name."""
    names = {"cartridge": device_choices, "cream": cream_choices, "product": product_choices}
    for key, name in names[lot.kind]():
        if key == lot.name:
            return name
    return str(lot.name)


@register.filter
def styled(field: Any) -> SafeString:
    """A field of the log-in library, drawn like the clinic's own."""
    attrs = {"class": "field"}
    if field.widget_type == "password":
        attrs["data-show"] = f"{say('account.show')}|{say('account.hide')}"
        if field.field.widget.attrs.get("autocomplete") == "new-password":
            attrs["data-strength"] = say("account.strength")
    return field.as_widget(attrs=attrs)


@register.filter
def get(mapping: Any, key: str) -> Any:
    """An entry of a mapping."""
    return (mapping or {}).get(key)


@register.filter
def percent(value: float | None) -> str:
    """A share as a whole number of hundred, with a true minus."""
    return "" if value is None else f"{100 * value:.0f}".replace("-", "−")
