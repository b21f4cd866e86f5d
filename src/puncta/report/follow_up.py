"""Report of a follow-up: one page that says what was promised, what came, what the error is and what to do next."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from puncta.appearance.scales import scale
from puncta.files import check_folder
from puncta.followup import Update, as_record
from puncta.frozen import frozen
from puncta.messages import text
from puncta.report.beside import write_beside
from puncta.report.charts.canvas import Chart
from puncta.report.charts.follow_up import Dot, follow_up_chart
from puncta.report.follow_up_words import (
    cards_words,
    delivered_words,
    felt_words,
    moved_words,
    odds_words,
    option_words,
    readings_words,
)
from puncta.report.html import environment, style
from puncta.report.icons import brand_page, severity_page

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
    record = json.dumps(as_record(found), indent=2, sort_keys=True, allow_nan=False)
    pictures = {f"{name}-{chart.name.removeprefix('follow-up-')}": chart for chart in charts}
    return FollowUpReport(*write_beside(place, name, follow_up_page(found, charts), record, pictures))


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
        half = {one["day"]: _PERCENT * one["error80_fraction"] for one in screen[told.concern]["graded"]}
        dots = tuple(
            Dot(
                one.day,
                _PERCENT * (one.score / severity - 1.0),
                half[one.day],
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
    page = environment().get_template("follow_up.html")
    written = page.render(
        css=Markup(style() + rules),
        brand=Markup(brand_page()),
        mark=_ICONS[found.advice.action],
        icon=Markup(severity_page(_ICONS[found.advice.action])),
        warn=Markup(severity_page("caution")),
        t=lambda key, **values: text(f"followup.page.{key}", **values),
        title=record["title"],
        tag=text("followup.page.constructed") if case.constructed else "",
        who=text("followup.page.who", person=case.person.identifier, day=found.visits.today),
        behind=text("followup.page.behind", draws=found.draws_count, seed=found.seed),
        cards=[cards_words(one) for one in record["screen"]],
        charts=charts,
        felt=felt_words(record),
        advice=record["advice"],
        options=[option_words(one) for one in record["advice"]["options"]],
        moved=moved_words(record),
        unlike=text("followup.page.unlike", odds=odds_words(record["unlike_everyone"]["as_far_probability"]))
        if record["unlike_everyone"]["unlike"]
        else "",
        delivered=delivered_words(record),
        readings=readings_words(record),
        notes=[*record["thin"], record["method_words"], text("followup.page.assumed", count=record["assumed"])],
        sample=text("followup.page.sample", people=round(record["effective_sample"]), scores=record["scores"]),
        limits=record["limits"],
    )
    return written + "\n"
