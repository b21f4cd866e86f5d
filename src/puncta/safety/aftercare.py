"""Aftercare: what to do and what to leave, from when, with the range over which leaflets differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from puncta.absorption import Product
from puncta.case import Case, Reply
from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.messages import keys, text

Group = Literal["today", "later", "call"]
#: How the key of a clinic's additional sentence begins.
OWN = "own_"
_OWN_SOURCE = "clinic_policy"
_ACTIVES = frozenset(("retinoid", "acid", "vitamin_c"))
_DARK = 4
_HOURS_PER_DAY = 24.0
_LONGEST_IN_HOURS = 3.0 * _HOURS_PER_DAY


@frozen
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
    conflict : str
        What contradicts what, for the clinician; empty where nothing differs.
    replaced : str
        The sentence that the clinic's policy put another in place of; empty where it stands as it is.
    """

    key: str
    group: Group
    text: str
    from_hours: float | None
    range_hours: tuple[float, float] | None
    differ: str
    sources: tuple[str, ...]
    conflict: str = ""
    replaced: str = ""


def duration_words(hours: float, in_days: bool = False, language: str = "en") -> str:
    """A time as people read it: hours up to three days, then days.

    Parameters
    ----------
    hours : float
        Hours, 0 or more.
    in_days : bool
        Days in any case.
    language : str
        Folder of the catalogue.

    Examples
    --------
    >>> duration_words(48), duration_words(168), duration_words(72, in_days=True), duration_words(168, language="es")
    ('48 h', '7 days', '3 days', '7 días')
    """
    if hours <= _LONGEST_IN_HOURS and not in_days:
        return text("aftercare.hours", language, count=f"{hours:g}")
    if hours == _HOURS_PER_DAY:
        return text("aftercare.day", language)
    return text("aftercare.days", language, count=f"{hours / _HOURS_PER_DAY:g}")


def _plain(key: str, group: Group, *sources: str, sentence: str = "", **values: str) -> Advice:
    return Advice(key, group, text(f"aftercare.advice.{sentence or key}", **values), None, None, "", sources)


def _timed(key: str, evidence_key: str, sentence: str = "", home: tuple[Product, ...] = ()) -> Advice:
    """A sentence with a time; one with the person's own products where there are some."""
    known = parameter(evidence_key)
    scale = _HOURS_PER_DAY if known.unit == "d" else 1.0
    hours = known.value * scale
    low, high = known.spread.a * scale, known.spread.b * scale
    in_days = high > _LONGEST_IN_HOURS
    differ = text("aftercare.differ", low=duration_words(low, in_days), high=duration_words(high, in_days))
    named = f"{key}_named" if home else sentence or key
    said = text(f"aftercare.advice.{named}", after=duration_words(hours), name=_named(home))
    return Advice(key, "later", said, hours, (low, high), differ, known.sources, known.at)


def _named(products: tuple[Product, ...]) -> str:
    return ", ".join(one.name for one in products)


def advice_keys() -> frozenset[str]:
    """Keys of the sentences that a clinic's policy may replace.

    Examples
    --------
    >>> "makeup" in advice_keys()
    True
    """
    return frozenset(key.removeprefix("aftercare.name.") for key in keys("aftercare.name."))


def aftercare(case: Case, depth_mm: float) -> tuple[Advice, ...]:
    """Aftercare for a session, by depth, skin type, products and cream, as the clinic words it.

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
    Leaflets contradict each other; the value is a default, the range is theirs, and the clinic's policy may put its own
    sentence in place of each, beside which the one replaced is kept. Sources: exceed_manual, leaflets.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> aftercare(read_case("examples/acne_scars.toml"), 0.75)[0].text
    'Clean hands and a clean pillowcase; do not touch, do not pick.'
    """
    shallow = depth_mm <= parameter("aftercare.shallow_depth_mm").value
    dark = case.person.phototype >= _DARK
    known = case.library.products
    home = tuple(known[key] for key in case.home_care.products if key in known)
    active = tuple(one for one in home if _ACTIVES & set(one.flags))
    out = [
        _plain("hands", "today", "exceed_manual", "leaflets"),
        _plain("emollient", "today", "leaflets"),
    ]
    laid = known.get(case.session_product or "")
    if laid is not None:
        out.append(_plain("product", "today", "leaflets", "puncta_judgement", name=laid.name))
    if case.numbing is not None:
        out.append(_plain("numb", "today", "fda_numbing"))
    out += [
        _timed("cleanse", "aftercare.cleanse_hours"),
        _timed("sunscreen", "aftercare.sunscreen_hours", "sunscreen_dark" if dark else ""),
        _timed("makeup", "aftercare.makeup_shallow_hours" if shallow else "aftercare.makeup_hours"),
        *_coloured(home, shallow),
        _timed("sport", "aftercare.sport_shallow_hours" if shallow else "aftercare.sport_hours"),
        _timed("water_heat", "aftercare.water_heat_hours"),
        _timed("peel", "aftercare.peel_hours"),
        _timed("actives", "aftercare.actives_shallow_days" if shallow else "aftercare.actives_days", home=active),
        _timed("sun", "aftercare.sun_days"),
        _plain("call", "call", "chu_2021", "leaflets", sentence="call_dark" if dark else "call_light"),
    ]
    cold_sores = case.history.get("cold_sore_history")
    if cold_sores is not None and cold_sores.reply is Reply.YES:
        out.append(_plain("cold_sore", "call", "herpes_clinics"))
    return tuple(_as_the_clinic_says(out, case))


def _coloured(home: tuple[Product, ...], shallow: bool) -> list[Advice]:
    """Colours and perfume in what is used at home wait as long as make-up: they made lumps in needled skin."""
    tinted = tuple(one for one in home if "dye" in one.flags)
    waits = "aftercare.makeup_shallow_hours" if shallow else "aftercare.makeup_hours"
    if not tinted:
        return []
    advice = _timed("tinted", waits, home=tinted)
    return [replace(advice, sources=("granuloma_sunscreen_report", *advice.sources))]


def _as_the_clinic_says(advice: list[Advice], case: Case) -> list[Advice]:
    own = case.policy.aftercare
    said = [
        replace(one, text=own[one.key], replaced=one.text, sources=(_OWN_SOURCE, *one.sources))
        if one.key in own
        else one
        for one in advice
    ]
    more = [
        Advice(key, "later", words, None, None, "", (_OWN_SOURCE,)) for key, words in own.items() if key.startswith(OWN)
    ]
    last = next((index for index, one in enumerate(said) if one.group == "call"), len(said))
    return [*said[:last], *more, *said[last:]]
