"""A look at one course: what sliders show while they move, and what the full forecast puts in their place."""

from __future__ import annotations

from puncta.case import Concern
from puncta.frozen import frozen
from puncta.messages import text
from puncta.report.charts.series import Series, series
from puncta.report.numbers import Printed
from puncta.report.view.courses import marks_figure
from puncta.report.view.figures import at_day, figure_of, find, greatest_figure, scalar_figure
from puncta.report.view.forecasts import grade_words, step_of, thin_words
from puncta.report.view.words import severity_name, zone_name
from puncta.simulation import Outcome

_CHANGE = -100.0


@frozen
class LookZone:
    """One zone: what the settings do there."""

    zone: str
    name: str
    reaches: Printed | None
    density: Printed | None
    pain: Printed | None


@frozen
class LookConcern:
    """One concern.

    Parameters
    ----------
    concern, title : str
        Key, and what the chart shows, with unit.
    change, untreated, grade : Printed or None
        Change at the reading day, the same untreated, and the odds of a full step.
    grade_words, thin : str
        What that step is; why the evidence is thin.
    line, bare : Series or None
        The band over time, as change in %, and that of the untreated.
    level : tuple of float and str, or None
        The smallest change that matters, with words.
    """

    concern: str
    title: str
    change: Printed | None
    untreated: Printed | None
    grade: Printed | None
    grade_words: str
    thin: str
    line: Series | None
    bare: Series | None
    level: tuple[float, str] | None


@frozen
class LookView:
    """What one course does, in words and figures.

    Parameters
    ----------
    day : float
        Day of reading.
    visits : tuple of float
        Days of the visits.
    concerns : tuple of LookConcern
        In the order of the case.
    zones : tuple of LookZone
        Of the first visit.
    marks, pain, redness : Printed or None
        Dark marks of the course; pain and hours of redness where they are greatest. A quick look knows no redness.
    """

    day: float
    visits: tuple[float, ...]
    concerns: tuple[LookConcern, ...]
    zones: tuple[LookZone, ...]
    marks: Printed | None
    pain: Printed | None
    redness: Printed | None


def look_view(outcome: Outcome, day: float, bare: Outcome | None = None) -> LookView:
    """Put an outcome, quick or full, into words and figures.

    Parameters
    ----------
    outcome : Outcome
        Of `puncta.preview` or of `puncta.simulate`.
    day : float
        Day of reading.
    bare : Outcome or None
        The same person untreated, for the dashed line.

    Returns
    -------
    LookView
        Printed as the report prints them.

    Examples
    --------
    >>> from puncta.case import Course, ZoneSetting, read_case
    >>> from puncta.planning import preview
    >>> ready = preview(read_case("examples/stretch_marks.toml"), draws=20)
    >>> course = Course.regular("gentle", (ZoneSetting("abdomen", 1.0, 4),), 3, 28)
    >>> [zone.name for zone in look_view(ready.look(course, 270.0), 270.0).zones]
    ['Abdomen']
    """
    settings = outcome.course.sessions[0].settings if outcome.course.sessions else ()
    return LookView(
        day=day,
        visits=tuple(float(session.day) for session in outcome.course.sessions),
        concerns=tuple(_concern(outcome, one, day, bare) for one in outcome.case.concerns),
        zones=tuple(
            LookZone(
                setting.zone,
                zone_name(setting.zone),
                *(scalar_figure(outcome, name, setting.zone) for name in ("depth_mm", "density_per_cm2", "pain_score")),
            )
            for setting in settings
        ),
        marks=marks_figure(outcome) if settings else None,
        pain=greatest_figure(outcome, "pain_score"),
        redness=greatest_figure(outcome, "redness_visible_hours"),
    )


def _concern(outcome: Outcome, concern: Concern, day: float, bare: Outcome | None) -> LookConcern:
    kind = concern.kind.value
    quantity = find(outcome, "improvement_fraction", kind)
    untreated = find(bare, "improvement_fraction", kind) if bare is not None else None
    read = day if quantity is None else at_day(quantity, day)
    return LookConcern(
        concern=kind,
        title=text("report.chart.change", severity=severity_name(kind)),
        change=None if quantity is None else figure_of(quantity, quantity.at(read)),
        untreated=None if untreated is None else figure_of(untreated, untreated.at(at_day(untreated, read))),
        grade=scalar_figure(outcome, "grade_gain_probability", kind),
        grade_words=grade_words(concern),
        thin="" if quantity is None else thin_words(quantity),
        line=None if quantity is None else series(quantity, 0.0, day, _CHANGE),
        bare=None if untreated is None else series(untreated, 0.0, day, _CHANGE),
        level=step_of(concern),
    )
