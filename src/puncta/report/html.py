"""The page: one HTML file, complete without a network and without a script."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from puncta.case import ConcernKind
from puncta.messages import text
from puncta.planning import Plan
from puncta.report.drawings import Drawings
from puncta.report.icons import brand_page, severity_page
from puncta.report.maps import legend, maps_of
from puncta.report.numbers import Printed
from puncta.report.theme import theme
from puncta.report.view import ReportView
from puncta.report.view.forecasts import month_count
from puncta.report.view.words import severity_name

if TYPE_CHECKING:
    from jinja2 import Environment

#: Older browsers do not open a closed block when a link leads into it; the page is complete without this.
_SCRIPT = (
    "function o(){var d=location.hash.length>1&&document.getElementById(location.hash.slice(1));"
    "d=d&&d.closest('details');if(d)d.open=true}addEventListener('hashchange',o);o()"
)


@cache
def environment() -> Environment:
    """The templates of all pages.

    Examples
    --------
    >>> environment().get_template("trial.html").name
    'trial.html'
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # a hole in a page is a defect, never an empty place
    return Environment(
        loader=PackageLoader("puncta.report", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def style() -> str:
    """The style sheet: tokens light and dark from the theme, then the rules."""
    shown = theme()
    rules = files("puncta.report").joinpath("templates", "plan.css").read_text(encoding="utf-8")
    dark = shown.css_variables(dark=True)
    return (
        f":root{{color-scheme:light;{shown.css_variables()}{shown.css_scale()}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n{rules}"
    )


def _words(key: str, whole: bool = False, **values: object) -> str:
    return text(key if whole else f"report.{key}", **values)


def _bare(figure: Printed) -> Printed:
    """A figure without its unit, where the head of the column carries it."""
    return replace(figure, unit="")


def render_page(plan: Plan, seen: ReportView, drawn: Drawings) -> str:
    """Write the page.

    Parameters
    ----------
    plan : Plan
        For the maps.
    seen : ReportView
        Words and figures.
    drawn : Drawings
        Charts.

    Returns
    -------
    str
        HTML, UTF-8.
    """
    from markupsafe import Markup

    assert plan.chosen is not None
    maps = maps_of(plan.case, plan.chosen.course)
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    lead = seen.zones[0] if seen.zones else None
    page = environment().get_template("plan.html")
    written = page.render(
        v=seen,
        t=_words,
        drawn=drawn,
        forecasts={entry.concern: entry for entry in drawn.forecasts},
        severities=[severity_name(ConcernKind(one.concern).value) for one in seen.forecasts],
        courses_note=text("report.section.courses_note", months=month_count(plan.read_day)),
        lead_zone=f"{lead.name}, {lead.dial}\N{NO-BREAK SPACE}mm" if lead else "",
        maps=maps,
        legend=legend(plan.case, maps),
        icon=lambda action: Markup(severity_page(action)),
        brand=Markup(brand_page()),
        bare=_bare,
        cream=drawn.cream,
        css=Markup(style()),
        script=Markup(_SCRIPT),
        script_hash=f"sha256-{digest}",
    )
    # sources and rules are typed with straight apostrophes; markup of the page has none
    return written.replace("&#39;", "’") + "\n"
