"""Report of a follow-up: one page that says what was promised, what came, what the error is and what to do next."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from puncta.appearance.scales import scale
from puncta.files import check_folder, refused_folder, write_atomically
from puncta.followup import Update, as_record
from puncta.frozen import frozen
from puncta.messages import text
from puncta.report.charts.canvas import Chart
from puncta.report.charts.follow_up import Dot, follow_up_chart
from puncta.report.html import _environment, style
from puncta.report.icons import brand_page, severity_page
from puncta.report.numbers import number

_PERCENT = 100.0
_ICONS = {
    "refer": "stop",
    "stop": "note",
    "wait": "note",
    "continue": "go",
    "change_depth": "go",
    "change_interval": "go",
}


@frozen
class FollowUpReport:
    """The files of a follow-up.

    Parameters
    ----------
    page : Path
        HTML, complete in itself.
    record : Path
        The same figures as JSON.
    pictures : tuple of Path
        The drawings as PNG.
    """

    page: Path
    record: Path
    pictures: tuple[Path, ...]


@cache
def example_update() -> Update:
    """The example of a follow-up, for examples and tests."""
    from puncta.case import read_case
    from puncta.followup import read_visits, update

    case = read_case("examples/acne_scars.toml")
    return update(case, read_visits("examples/visits/acne_scars.toml", case), draws=200)


def write_follow_up(found: Update, folder: str | Path, name: str = "follow-up") -> FollowUpReport:
    """Write the report of a follow-up.

    Parameters
    ----------
    found : Update
        From `puncta.update`.
    folder : str or Path
        Where to; made where it does not exist.
    name : str
        How the files begin.

    Returns
    -------
    FollowUpReport
        What was written. Equal follow-ups give equal bytes.

    Raises
    ------
    InputError
        Where the folder cannot be written to.

    Notes
    -----
    Limits: ``limits.followup``, ``limits.outcome``, ``limits.not_a_device``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     len(write_follow_up(example_update(), place).pictures)
    1
    """
    place = Path(folder)
    check_folder(place)
    charts = follow_up_charts(found)
    page, told = place / f"{name}.html", place / f"{name}.json"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused_folder(place, error) from error
    pictures = []
    for chart in charts:
        pictures.append(place / f"{name}-{chart.name.removeprefix('follow-up-')}.png")
        write_atomically(pictures[-1], chart.png)
    write_atomically(told, json.dumps(as_record(found), indent=2, sort_keys=True, allow_nan=False) + "\n")
    write_atomically(page, follow_up_page(found, charts))
    return FollowUpReport(page, told, tuple(pictures))


def follow_up_charts(found: Update) -> tuple[Chart, ...]:
    """One chart for each concern.

    Parameters
    ----------
    found : Update
        From `puncta.update`.

    Examples
    --------
    >>> [chart.name for chart in follow_up_charts(example_update())]
    ['follow-up-atrophic-acne-scars']
    """
    out, screen = [], {one["concern"]: one for one in as_record(found)["screen"]}
    visits = tuple(session.day for session in found.visits.sessions)
    for told in found.forecasts:
        if not told.concern:
            continue
        concern = next(one for one in found.case.concerns if one.kind == told.concern)
        severity, used = concern.severity_score, scale(concern.scale)
        half = _PERCENT * (screen[told.concern]["error_sd_fraction"] or 0.0)
        dots = tuple(
            Dot(
                one.day,
                _PERCENT * (one.score / severity - 1.0),
                half,
                abs(one.score - severity) > used.detectable_score(),
            )
            for one in found.visits.grades
            if one.concern == told.concern and one.day > 0 and severity
        )
        grade = -_PERCENT * min(used.worthwhile_score / severity, 1.0) if severity else 0.0
        title = text("followup.page.chart", concern=text(f"report.concern.{told.concern}"))
        out.append(follow_up_chart(told, dots, visits, found.visits.today, grade, title))
    return tuple(out)


def follow_up_page(found: Update, charts: tuple[Chart, ...] = ()) -> str:
    """The page as HTML.

    Parameters
    ----------
    found : Update
        The follow-up.
    charts : tuple of Chart
        From `follow_up_charts`.

    Examples
    --------
    >>> "not a medical device" in follow_up_page(example_update())
    True
    """
    from markupsafe import Markup

    record, case = as_record(found), found.case
    rules = files("puncta.report").joinpath("templates", "follow_up.css").read_text(encoding="utf-8")
    page = _environment().get_template("follow_up.html")
    written = page.render(
        css=Markup(style() + rules),
        brand=Markup(brand_page()),
        icon=Markup(severity_page(_ICONS[found.advice.action])),
        warn=Markup(severity_page("caution")),
        t=lambda key, **values: text(f"followup.page.{key}", **values),
        title=record["title"],
        tag=text("followup.page.constructed") if case.constructed else "",
        who=text("followup.page.who", person=case.person.identifier, day=found.visits.today),
        behind=text("followup.page.behind", draws=found.draws_count, seed=found.seed),
        cards=[_cards(one) for one in record["screen"]],
        charts=charts,
        felt=_felt(record),
        advice=record["advice"],
        options=[_option(one) for one in record["advice"]["options"]],
        moved=_moved(record),
        unlike=text("followup.page.unlike", odds=_odds(record["unlike_everyone"]["as_far_probability"]))
        if record["unlike_everyone"]["unlike"]
        else "",
        delivered=_delivered(record),
        readings=_readings(record),
        notes=[*record["thin"], record["method_words"], text("followup.page.assumed", count=record["assumed"])],
        sample=text("followup.page.sample", people=round(record["effective_sample"]), scores=record["scores"]),
        limits=record["limits"],
    )
    return written + "\n"


def _change(share: float) -> str:
    return f"{number(-_PERCENT * share)} %"


def _cards(one: dict[str, Any]) -> dict[str, str]:
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
    error = text("followup.page.points", points=number(_PERCENT * one["error_sd_fraction"]))
    expected = text(
        "followup.page.expected",
        middle=number(-_PERCENT * now["median"]),
        low=number(-_PERCENT * now["high80"]),
        high=number(-_PERCENT * now["low80"]),
    )
    came_share = f"{number(_PERCENT * came['change_fraction'])} %"
    return out | {"came": came_share, "came_words": words, "inside": inside, "error": error, "expected": expected}


_DIGITS = {"redness_hours": 0, "pain_score": 1, "pih_probability": 0}


def _felt(record: dict[str, Any]) -> list[dict[str, str]]:
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


def _odds(share: float) -> str:
    whole = round(_PERCENT * share)
    return str(whole) if whole or not share else "<1"


def _option(one: dict[str, Any]) -> dict[str, Any]:
    further = {key: number(-_PERCENT * value) for key, value in one["further_fraction"].items()}
    lines = [text("followup.page.grade", odds=_odds(one["grade_probability"]))]
    if one["days"]:
        better = text("followup.page.better", odds=_odds(one["better_probability"]))
        apart = "" if one["distinguishable"] else text("followup.page.indistinguishable")
        lines.append(f"{better}{apart}")
        marks = {key: _odds(value) for key, value in one["pih_probability"].items()}
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


def _moved(record: dict[str, Any]) -> list[str]:
    out, named = [], {one["key"]: one for one in record["readings"]}
    for one in record["parameters"]:
        if not one["learned"]:
            continue
        fold, digits = (_PERCENT, 0) if one["name"] == "pih_probability" else (1.0, 2 if one["name"] == "gain" else 1)
        span = {key: number(fold * one["after"][key], digits) for key in ("low80", "median", "high80")}
        was = number(fold * one["before"]["median"], digits)
        line = text("followup.page.learned", name=one["words"], was=was, **span)
        told = [_reading_words(named[x["reading"]]) for x in one["moved_by"][:2]]
        out.append(line + (text("followup.page.moved_by", readings="; ".join(told)) if told else ""))
    return out


def _reading_words(one: dict[str, Any]) -> str:
    values = {"day": one["day"], "what": one["what"].replace("_", " "), "zone": one["subject"].replace("_", " ")}
    return text(f"followup.reading.{one['kind']}", **values)


def _delivered(record: dict[str, Any]) -> dict[str, Any]:
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
                _pair(dial, done),
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


def _pair(planned: float | None, done: float | None) -> str:
    one, two = ("–" if x is None else f"{x:,g}" for x in (planned, done))
    return one if one == two else f"{one} → {two}"


def _readings(record: dict[str, Any]) -> list[dict[str, str]]:
    out = []
    for one in record["readings"]:
        low, high = one["expected"]["low80"], one["expected"]["high80"]
        inside = text("followup.page.inside" if one["inside80"] else "followup.page.outside")
        verdict = text("followup.page.outlier", odds=_odds(one["as_far_probability"])) if one["outlier"] else inside
        digits = 0 if one["kind"] in ("redness", "marks") else 2 if one["kind"] == "photograph" else 1
        band = text("followup.page.span", low=number(low, digits), high=number(high, digits))
        out.append(
            {"name": _reading_words(one), "value": number(one["value"], digits), "band": band, "verdict": verdict}
        )
    for one in record["not_used"]:
        row = {"name": _reading_words(one), "value": number(one["value"], 1), "band": "–", "verdict": one["why"]}
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
        "cards": [_cards(one) for one in record["screen"]],
        "felt": _felt(record),
        "options": [_option(one) for one in advice["options"]],
        "moved": _moved(record),
        "unlike": record["unlike_everyone"]["unlike"],
        "thin": record["thin"],
        "limits": record["limits"],
    }
