"""Words of a follow-up: its figures as a practitioner reads them, for the page and for a terminal."""

from __future__ import annotations

from typing import Any

from puncta.appearance.scales import scale
from puncta.followup import Update, as_record
from puncta.messages import text
from puncta.report.numbers import number

_PERCENT = 100.0


def _change(share: float) -> str:
    return f"{number(-_PERCENT * share)} %"


def cards_words(one: dict[str, Any]) -> dict[str, str]:
    """Promised, came, error and expected of one concern."""
    promised, now, came = one["promised"], one["now_at_end"], one["came"]
    span = text(
        "followup.page.span", low=number(-_PERCENT * promised["high80"]), high=number(-_PERCENT * promised["low80"])
    )
    out = {"concern": text(f"report.concern.{one['concern']}"), "promised": _change(promised["median"]), "span": span}
    if came is None:
        return out | {"came": text("followup.page.not_read"), "came_words": "", "inside": "", "error": "–"}
    blinded = text("followup.page.blinded" if came["blinded"] else "followup.page.open")
    inside = text("followup.page.inside" if one["came_inside"] else "followup.page.outside")
    words = text("followup.page.came_words", readings=came["readings"], kind=blinded, day=came["day"])
    error = text("followup.page.points", points=number(_PERCENT * one["error80_fraction"]))
    expected = text(
        "followup.page.expected",
        middle=number(-_PERCENT * now["median"]),
        low=number(-_PERCENT * now["high80"]),
        high=number(-_PERCENT * now["low80"]),
    )
    came_share = f"{number(_PERCENT * came['change_fraction'])} %"
    return out | {"came": came_share, "came_words": words, "inside": inside, "error": error, "expected": expected}


_DIGITS = {"redness_hours": 0, "pain_score": 1, "pih_probability": 0}


def felt_words(record: dict[str, Any]) -> list[dict[str, str]]:
    """Redness, pain and dark marks: promised, read, expected now, and whether it was as promised."""
    out = []
    for one in record["forecasts"]:
        if one["concern"]:
            continue
        name = one["name"]
        fold, unit = (_PERCENT, "followup.page.in_100") if name == "pih_probability" else (1.0, "")
        kind = {"redness_hours": "redness", "pain_score": "pain", "pih_probability": "marks"}[name]
        read = [x for x in record["readings"] + record["not_used"] if x["kind"] == kind]
        outside = [x for x in record["readings"] if x["kind"] == kind and not x["inside80"]]
        if not read:
            verdict = text("followup.page.not_read")
        elif outside:
            visits = ", ".join(str(x["visit"]) for x in outside if x["visit"]) or "–"
            high = outside[0]["value"] > outside[0]["expected"]["median"]
            verdict = text("followup.page.higher" if high else "followup.page.lower", visits=visits)
        elif any("expected" in x for x in read):
            verdict = text("followup.page.as_promised")
        else:
            verdict = text("followup.page.waits")
        came = ", ".join(_came(kind, x["value"]) for x in read) or "–"
        out.append(
            {
                "name": one["words"],
                "promised": _three(one["promised"], fold, _DIGITS[name]) + (text(unit) if unit else ""),
                "came": came,
                "now": _three(one["now"], fold, _DIGITS[name]) + (text(unit) if unit else ""),
                "verdict": verdict,
                "outside": "yes" if outside else "",
            }
        )
    return out


def _came(kind: str, value: float) -> str:
    return text(f"followup.page.marks_{int(value)}") if kind == "marks" else number(value)


def _three(band: dict[str, list[float]], fold: float, digits: int) -> str:
    low, middle, high = (number(fold * band[key][0], digits) for key in ("low80", "median", "high80"))
    return text("followup.page.three", middle=middle, low=low, high=high)


def odds_words(share: float) -> str:
    """So many in 100.

    Examples
    --------
    >>> odds_words(0.28), odds_words(0.001)
    ('28', '<1')
    """
    whole = round(_PERCENT * share)
    return str(whole) if whole or not share else "<1"


def option_words(one: dict[str, Any]) -> dict[str, Any]:
    """One way on, with its odds."""
    further = {key: number(-_PERCENT * value) for key, value in one["further_fraction"].items()}
    lines = [text("followup.page.grade", odds=odds_words(one["grade_probability"]))]
    if one["days"]:
        better = text("followup.page.better", odds=odds_words(one["better_probability"]))
        apart = "" if one["distinguishable"] else text("followup.page.indistinguishable")
        lines.append(f"{better}{apart}")
        marks = {key: odds_words(value) for key, value in one["pih_probability"].items()}
        lines.append(text("followup.page.marks", **marks))
    lines += [text(f"followup.breaks.{key}") for key in one["breaks"]]
    dial = f", {one['dial_mm'][1]:g} mm" if one["dial_mm"] else ""
    head = one["words"] + (dial if one["key"] == "deeper" else "")
    return {
        "head": head,
        "lines": lines,
        "advised": one["advised"],
        "further": text("followup.page.further", **further),
    }


def moved_words(record: dict[str, Any]) -> list[str]:
    """What was learned, and what moved it most."""
    out, named = [], {one["key"]: one for one in record["readings"]}
    for one in record["parameters"]:
        if not one["learned"]:
            continue
        fold, digits = (_PERCENT, 0) if one["name"] == "pih_probability" else (1.0, 2 if one["name"] == "gain" else 1)
        span = {key: number(fold * one["after"][key], digits) for key in ("low80", "median", "high80")}
        was = number(fold * one["before"]["median"], digits)
        line = text("followup.page.learned", name=one["words"], was=was, **span)
        told = [reading_words(named[x["reading"]]) for x in one["moved_by"][:2]]
        out.append(line + (text("followup.page.moved_by", readings="; ".join(told)) if told else ""))
    return out


def reading_words(one: dict[str, Any]) -> str:
    """What was read, of what, when."""
    what = scale(one["what"]).name if one["kind"] == "grade" else one["what"].replace("_", " ")
    values = {"day": one["day"], "what": what, "zone": one["subject"].replace("_", " ")}
    return text(f"followup.reading.{one['kind']}", **values)


def delivered_words(record: dict[str, Any]) -> dict[str, Any]:
    """Planned and done, zones with the same figures together, and what the difference does."""
    rows: dict[tuple[Any, ...], list[str]] = {}
    for one in record["delivered"]["rows"]:
        key = (
            one["visit"],
            one["planned_day"],
            one["day"],
            one["planned_dial_mm"],
            one["dial_mm"],
            *(round(one[name]) if one[name] else None for name in ("planned_density_per_cm2", "density_per_cm2")),
            one["counted"],
        )
        rows.setdefault(key, []).append(one["zone"].replace("_", " "))
    out = []
    for (visit, planned_day, day, dial, done, density, real, counted), zones in rows.items():
        fold = f"{number(_PERCENT * real / density)} %" if density and real else "–"
        out.append(
            (
                str(visit),
                ", ".join(zones),
                _pair(planned_day, day),
                _pair(dial, done, ".1f"),
                _pair(density, real),
                fold,
                text("followup.page.counted" if counted else "followup.page.by_passes"),
            )
        )
    effects = [
        text(
            "followup.page.effect",
            concern=text(f"report.concern.{kind}").lower(),
            middle=number(-_PERCENT * band[1], 1),
            low=number(-_PERCENT * band[2], 1),
            high=number(-_PERCENT * band[0], 1),
        )
        for kind, band in record["delivered"]["effect_fraction"].items()
    ]
    return {"rows": out, "effects": effects}


def _pair(planned: float | None, done: float | None, form: str = ",g") -> str:
    one, two = ("–" if x is None else f"{x:{form}}" for x in (planned, done))
    return one if one == two else f"{one} → {two}"


def readings_words(record: dict[str, Any]) -> list[dict[str, str]]:
    """Each reading beside what was expected."""
    out = []
    for one in record["readings"]:
        low, high = one["expected"]["low80"], one["expected"]["high80"]
        inside = text("followup.page.inside" if one["inside80"] else "followup.page.outside")
        verdict = (
            text("followup.page.outlier", odds=odds_words(one["as_far_probability"])) if one["outlier"] else inside
        )
        digits = 0 if one["kind"] in ("redness", "marks") else 2 if one["kind"] == "photograph" else 1
        band = text("followup.page.span", low=number(low, digits), high=number(high, digits))
        out.append(
            {"name": reading_words(one), "value": number(one["value"], digits), "band": band, "verdict": verdict}
        )
    for one in record["not_used"]:
        row = {"name": reading_words(one), "value": number(one["value"], 1), "band": "–", "verdict": one["why"]}
        out.append(row)
    return out


def follow_up_summary(found: Update) -> dict[str, Any]:
    """What a practitioner reads first, in words, for a terminal.

    Parameters
    ----------
    found : Update
        The follow-up.

    Examples
    --------
    >>> from puncta.report.follow_up import example_update
    >>> sorted(follow_up_summary(example_update()))
    ['action', 'cards', 'felt', 'flags', 'limits', 'moved', 'options', 'reason', 'thin', 'title', 'unlike']
    """
    record = as_record(found)
    advice = record["advice"]
    return {
        "title": record["title"],
        "action": advice["words"],
        "reason": advice["reason"],
        "flags": advice["flags"],
        "cards": [cards_words(one) for one in record["screen"]],
        "felt": felt_words(record),
        "options": [option_words(one) for one in advice["options"]],
        "moved": moved_words(record),
        "unlike": record["unlike_everyone"]["unlike"],
        "thin": record["thin"],
        "limits": record["limits"],
    }
