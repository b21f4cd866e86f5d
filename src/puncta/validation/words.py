"""Words: what a row reports and what is predicted for it, in few signs, the same in terminal, record and page."""

from __future__ import annotations

from puncta.evidence.mechanism import MechanismRow
from puncta.messages import has_text, text
from puncta.validation.compare import Compared
from puncta.validation.tally import Tally
from puncta.validation.validate import MechanismValidation

_PERCENT = 100
_HOURS_PER_DAY = 24.0
_TWO_DAYS_H = 2 * _HOURS_PER_DAY
# numerics: figures of three places or more are written whole, small ones with two
_WHOLE, _SMALL = 100, 10

#: Quantities that miss for the reason of another one.
_SAME_REASON = {
    "collagen_i": "collagen",
    "collagen_iii": "collagen",
    "collagen_young": "collagen",
    "epidermis": "collagen",
    "epidermis_and_collagen": "collagen",
    "collagen_and_new_elastin": "collagen",
}


def short(value: float) -> str:
    """Write a figure in few signs.

    Examples
    --------
    >>> short(1234.5), short(26.04), short(0.0123)
    ('1,234', '26', '0.012')
    """
    digits = ",.0f" if abs(value) >= _WHOLE else ".2g" if abs(value) < _SMALL else ".3g"
    return f"{value:{digits}}".replace("-", "\N{MINUS SIGN}")


def reported_words(entry: Compared) -> str:
    """What the study says, for example ``at most 2 h``."""
    row = entry.row
    if row.value is None:
        return text(f"validation.says.{row.says}")
    # as printed, without rounding
    return text(f"validation.says.{row.says}", value=f"{row.value:g}", unit=row.unit).strip()


def when_words(row: MechanismRow) -> str:
    """When it was read: hours within two days, days later; empty where that is not a single time or not printed.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> when_words(mechanism_row("T105")), when_words(mechanism_row("H03b"))
    ('at 24 h', 'on day 176')
    """
    if row.hours is None or row.hours[1] == 0.0:
        return ""
    ends = [f"{hours / (1.0 if row.hours[1] <= _TWO_DAYS_H else _HOURS_PER_DAY):.3g}" for hours in row.hours]
    words = "–".join(dict.fromkeys(ends))
    if row.hours[1] <= _TWO_DAYS_H:
        return text("validation.at_hours", hours=words)
    return text("validation.on_day", days=words)


def predicted_words(entry: Compared) -> str:
    """The band, or how many draws agree."""
    if entry.agreeing_fraction is not None:
        return text("validation.agree", share=f"{_PERCENT * entry.agreeing_fraction:.0f}")
    return f"{short(entry.low)} – {short(entry.high)} {entry.row.unit}".strip()


def verdict_words(entry: Compared) -> str:
    """Inside or outside; marked where the model's form gives it anyway."""
    words = text("validation.inside" if entry.inside else "validation.outside")
    return f"{words} ({text('validation.by_form')})" if entry.built_in else words


def tally_words(tally: Tally) -> str:
    """So many of so many inside."""
    if tally.inside_fraction is None:
        return text("validation.none")
    key = "validation.share_built_in" if tally.built_in_count else "validation.share"
    return text(
        key,
        inside=tally.inside_count,
        rows=tally.rows_count,
        percent=f"{_PERCENT * tally.inside_fraction:.0f}",
        built_in=tally.built_in_count,
    )


def wide_words(found: MechanismValidation) -> str:
    """How many bands are wider than the people of their sources, and which."""
    names = ", ".join(f"{entry.row.key} ({entry.width_over_people:.1f})" for entry in found.too_wide)
    key = "validation.wide" if names else "validation.wide_none"
    return text(key, count=len(found.judged), wide=len(found.too_wide), rows=names)


def reason_of_miss(entry: Compared) -> str:
    """The reason that seems most likely: the row's own, else that of its quantity, else none is known."""
    row = entry.row
    keys = (
        f"validation.why_row.{row.key}",
        f"validation.why.{row.quantity}",
        f"validation.why.{_SAME_REASON.get(row.quantity, '')}",
    )
    return text(next((key for key in keys if has_text(key)), "validation.why.unknown"))
