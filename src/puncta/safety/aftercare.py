"""Aftercare: what to do and what to leave, from when, with the range over which leaflets differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from puncta.case import Case, Reply
from puncta.evidence import parameter
from puncta.messages import text

Group = Literal["today", "later", "call"]
_DARK = 4
_HOURS_PER_DAY = 24.0
_LONGEST_IN_HOURS = 3.0 * _HOURS_PER_DAY


@dataclass(frozen=True)
class Advice:
    """One sentence of aftercare.

    Parameters
    ----------
    key : str
        Name, for example ``makeup``.
    group : str
        ``today``, ``later`` or ``call``.
    text : str
        The sentence.
    from_hours : float or None
        Hours after the session from which it holds or until which it lasts; None where it has no time.
    range_hours : tuple of float or None
        Shortest and longest advice found; None where nothing differs.
    differ : str
        That range in words; empty where nothing differs.
    sources : tuple of str
        Source keys.
    """

    key: str
    group: Group
    text: str
    from_hours: float | None
    range_hours: tuple[float, float] | None
    differ: str
    sources: tuple[str, ...]


def duration_words(hours: float, in_days: bool = False) -> str:
    """A time as people read it: hours up to three days, then days.

    Parameters
    ----------
    hours : float
        Hours, 0 or more.
    in_days : bool
        Days in any case.

    Examples
    --------
    >>> duration_words(48), duration_words(168), duration_words(72, in_days=True)
    ('48 h', '7 days', '3 days')
    """
    if hours <= _LONGEST_IN_HOURS and not in_days:
        return text("aftercare.hours", count=f"{hours:g}")
    if hours == _HOURS_PER_DAY:
        return text("aftercare.day")
    return text("aftercare.days", count=f"{hours / _HOURS_PER_DAY:g}")


def _plain(key: str, group: Group, *sources: str, sentence: str = "") -> Advice:
    return Advice(key, group, text(f"aftercare.advice.{sentence or key}"), None, None, "", sources)


def _timed(key: str, evidence_key: str, sentence: str = "") -> Advice:
    known = parameter(evidence_key)
    scale = _HOURS_PER_DAY if known.unit == "d" else 1.0
    hours = known.value * scale
    low, high = known.spread.a * scale, known.spread.b * scale
    in_days = high > _LONGEST_IN_HOURS
    differ = text("aftercare.differ", low=duration_words(low, in_days), high=duration_words(high, in_days))
    said = text(f"aftercare.advice.{sentence or key}", after=duration_words(hours))
    return Advice(key, "later", said, hours, (low, high), differ, known.sources)


def aftercare(case: Case, depth_mm: float) -> tuple[Advice, ...]:
    """Aftercare for a session, by depth, skin type and cream.

    Parameters
    ----------
    case : Case
        The case.
    depth_mm : float
        Greatest depth reached in the session, median, 0 or more.

    Returns
    -------
    tuple of Advice
        Today first, then by time, then when to call.

    Notes
    -----
    Leaflets contradict each other; the value is a default for the clinic to edit, the range is theirs.
    Sources: exceed_manual, leaflets.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> aftercare(read_case("examples/acne_scars.toml"), 0.75)[0].text
    'Clean hands and a clean pillowcase; do not touch, do not pick.'
    """
    shallow = depth_mm <= parameter("aftercare.shallow_depth_mm").value
    dark = case.person.phototype >= _DARK
    out = [
        _plain("hands", "today", "exceed_manual", "leaflets"),
        _plain("emollient", "today", "leaflets"),
    ]
    if case.numbing is not None:
        out.append(_plain("numb", "today", "fda_numbing"))
    out += [
        _timed("cleanse", "aftercare.cleanse_hours"),
        _timed("sunscreen", "aftercare.sunscreen_hours", "sunscreen_dark" if dark else ""),
        _timed("makeup", "aftercare.makeup_shallow_hours" if shallow else "aftercare.makeup_hours"),
        _timed("sport", "aftercare.sport_shallow_hours" if shallow else "aftercare.sport_hours"),
        _timed("water_heat", "aftercare.water_heat_hours"),
        _timed("peel", "aftercare.peel_hours"),
        _timed("actives", "aftercare.actives_shallow_days" if shallow else "aftercare.actives_days"),
        _timed("sun", "aftercare.sun_days"),
        _plain("call", "call", "chu_2021", "leaflets", sentence="call_dark" if dark else "call_light"),
    ]
    cold_sores = case.history.get("cold_sore_history")
    if cold_sores is not None and cold_sores.reply is Reply.YES:
        out.append(_plain("cold_sore", "call", "herpes_clinics"))
    return tuple(out)
