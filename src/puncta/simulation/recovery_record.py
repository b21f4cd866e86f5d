"""The record of a recovery: plain values for JSON, with the diary judged and the side effects counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from puncta.messages import text
from puncta.person import PHOTOTYPES
from puncta.safety import (
    DiaryEntry,
    EffectCount,
    Judged,
    aftercare,
    judge_diary,
    likeness,
    pooled_probability,
    raised_flags,
    red_flags,
    side_effects,
)
from puncta.simulation.outcome import Quantity
from puncta.simulation.recovery import SHOWN_DAYS, Recovery, sign_bands

_FIRST_DARK = 4  # numerics: Fitzpatrick type IV
_DIGITS = 3  # numerics: decimals of a record
_EN_DASH = "\N{EN DASH}"


def recovery_record(found: Recovery, diary: Sequence[DiaryEntry] = ()) -> dict[str, Any]:
    """Turn a recovery into plain values, ready for JSON.

    Parameters
    ----------
    found : Recovery
        From `recovery`.
    diary : sequence of DiaryEntry
        What the person wrote down; empty without one.

    Returns
    -------
    dict
        Days with bands and colours, when redness and inflammation are gone, the diary judged, red flags with sources,
        side effects with the counts behind them and how many people counted are like this one.

    Examples
    --------
    >>> from puncta.case import ZoneSetting, Course, read_case
    >>> from puncta.simulation import recovery
    >>> case = read_case("examples/acne_scars.toml")
    >>> found = recovery(case, Course.regular("gentle", (ZoneSetting("cheek_left", 1.0, 4),), 1, 28), draws=20)
    >>> recovery_record(found)["days"][1]["day"]
    1.0
    """
    person = found.case.person
    judged = judge_diary(
        diary, found.days, {s: q.values for s, q in found.signs.items()}, person.phototype, found.law, found.seed
    )
    decisive = [one for one in judged if one.decides]
    everything = [count for counts in side_effects().values() for count in counts]
    return {
        "format": 1,
        "title": found.case.title,
        "zone": found.zone,
        "seed": found.seed,
        "draws_count": found.draws_count,
        "phototype": person.phototype_name,
        "judge_by": ["warmth", "sensitivity", "swelling", "darkening"] if person.phototype >= _FIRST_DARK else [],
        "colour_at_rest": found.swatches[0],
        "days": [_day(found, index) for index in range(len(SHOWN_DAYS))],
        "redness_gone_days": _band(found.redness_gone_days),
        "inflammation_gone_days": _band(found.inflammation_gone_days),
        "diary": [_judged(one) for one in judged],
        "diary_outside_count": sum(not one.inside for one in decisive),
        "diary_decisive_count": len(decisive),
        "raised": [
            {"flag": one.flag.key, "day": one.day, "words": one.flag.words, "sources": list(one.flag.sources)}
            for one in raised_flags(diary, person.phototype)
        ],
        "red_flags": [
            {"flag": flag.key, "words": flag.words, "sources": list(flag.sources)}
            for flag in red_flags(person.phototype)
        ],
        "side_effects": {effect: _effect(effect, counts, found) for effect, counts in side_effects().items()},
        "likeness": asdict(likeness(person, everything)),
        "aftercare": [asdict(one) for one in aftercare(found.case, found.depth_mm)],
        "assumed_count": found.assumed_count,
        "parameters_count": found.parameters_count,
        "limits": [text("limits.recovery"), text("limits.redness"), text("limits.pih")],
        "notice": text("limits.not_a_device"),
    }


def count_words(count: EffectCount) -> str:
    """A count as people read it: ``5 of 30 completers, 36 enrolled (types IV-V)``.

    Examples
    --------
    >>> count_words(side_effects()["tram_track"][0])
    '2 of 30 completers, 36 enrolled (types IV–V)'
    """
    if count.people_count is None:
        return text("recovery.reported", people=count.reported_count, papers=count.papers_count)
    types = list(dict.fromkeys(PHOTOTYPES[kind - 1] for kind in count.phototypes))
    key = {0: "types_unknown", 1: "type"}.get(len(types), "types")
    who = text(f"recovery.{key}", types=_EN_DASH.join(types))
    values = {"marked": count.marked_count, "people": f"{count.people_count:,}", "who": who}
    if count.enrolled_count is None:
        return text("recovery.count", **values)
    return text("recovery.count_enrolled", **values, enrolled=count.enrolled_count)


def _band(quantity: Quantity) -> dict[str, float]:
    band = quantity.band()
    return {name: round(float(getattr(band, name)[0]), _DIGITS) for name in ("low80", "median", "high80")}


def _day(found: Recovery, index: int) -> dict[str, Any]:
    day = SHOWN_DAYS[index]
    bands = {sign: {k: round(v, _DIGITS) for k, v in band.items()} for sign, band in sign_bands(found, day).items()}
    seen = sorted(found.redness.at(day))
    ends = {"low80": seen[len(seen) // 10], "median": seen[len(seen) // 2], "high80": seen[-1 - len(seen) // 10]}
    red = {name: round(float(value), _DIGITS) for name, value in ends.items()}
    return {"day": day, "signs": bands, "redness_visible_delta_a": red, "colour": found.swatches[index + 1]}


def _judged(one: Judged) -> dict[str, Any]:
    return {key: round(value, _DIGITS) if isinstance(value, float) else value for key, value in asdict(one).items()}


def _effect(effect: str, counts: Sequence[EffectCount], found: Recovery) -> dict[str, Any]:
    pooled = pooled_probability(counts)
    chance = found.pih_probability if effect == "dark_marks" else None
    return {
        "name": text(f"recovery.effect.{effect}"),
        "counts": [{"row": c.row, "words": count_words(c), "source": c.source, "at": c.at} for c in counts],
        "pooled": None
        if pooled is None
        else dict(zip(("marked_count", "people_count", "low80", "high80"), pooled, strict=True)),
        "this_plan_probability": None if chance is None else _band(chance),
        "likeness": asdict(likeness(found.case.person, counts)),
    }
