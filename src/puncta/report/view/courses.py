"""The courses side by side, and why the recommended one."""

from __future__ import annotations

from puncta.messages import has_text, text
from puncta.planning import Alternative, Plan
from puncta.report.numbers import Printed, chance_text, odds
from puncta.report.view.figures import at_day, figure_of, find, five, greatest_figure, scalar_figure
from puncta.report.view.model import CourseRow
from puncta.report.view.words import course_name, dial_span, visits_words
from puncta.simulation import Outcome


def course_rows(plan: Plan) -> tuple[CourseRow, ...]:
    """One row per course, in the order of the plan.

    Parameters
    ----------
    plan : Plan
        With at least one alternative.

    Returns
    -------
    tuple of CourseRow
        Least injury first.
    """
    return tuple(_row(plan, index, entry) for index, entry in enumerate(plan.alternatives))


def _row(plan: Plan, index: int, entry: Alternative) -> CourseRow:
    outcome = entry.outcome
    needled = bool(entry.course.sessions)
    changes, bands, thin = [], [], []
    for concern in plan.case.concerns:
        quantity = find(outcome, "improvement_fraction", concern.kind.value)
        if quantity is None:
            changes.append(None)
            bands.append(None)
            thin.append(False)
            continue
        day = at_day(quantity, plan.read_day)
        changes.append(figure_of(quantity, quantity.at(day)))
        bands.append(five(quantity, day))
        thin.append(bool(quantity.thin))
    lead = plan.case.concerns[0].kind.value
    share = entry.best_better_probability
    settings = [visits_words(entry.course)]
    if needled:
        settings.append(text("report.courses.dial", span=dial_span(entry.course)))
    return CourseRow(
        name=course_name(entry.course),
        verdict=_verdict(plan, index, entry),
        recommended=index == plan.recommended,
        visits=str(len(entry.course.sessions)),
        settings=", ".join(settings),
        changes=tuple(changes),
        bands=tuple(bands),
        thin=tuple(thin),
        grade=scalar_figure(outcome, "grade_gain_probability", lead),
        pain=greatest_figure(outcome, "pain_score") if needled else _none(),
        redness=greatest_figure(outcome, "redness_visible_hours") if needled else _none(),
        marks=marks_figure(outcome) if needled else _none(),
        best_better=None if index == plan.best else odds(share, share, share),
        broken_limits=tuple(_broken(one) for one in entry.broken_limits),
        goal=chance_text(entry.goals.all_probability),
        why=entry.why,
    )


def marks_figure(outcome: Outcome) -> Printed | None:
    """Odds of dark marks: for the whole course, else the greatest of the zones."""
    return scalar_figure(outcome, "pih_probability") or greatest_figure(outcome, "pih_probability")


def _none() -> Printed:
    """Without a needle there is no pain, redness or mark of needling: a word, not a measured zero."""
    return Printed(text("report.courses.none"))


def _verdict(plan: Plan, index: int, entry: Alternative) -> str:
    if index == plan.recommended:
        # a published protocol stands for comparison: nobody recommends it
        if plan.case.published:
            return text("report.courses.reported")
        return text("report.courses.own" if plan.by_hand else "report.courses.recommended")
    if entry.broken_limits:
        return text("report.courses.beyond")
    if index == plan.best:
        return text("report.courses.best")
    return text("report.courses.less" if entry.distinguishable else "report.courses.same")


def why_words(plan: Plan) -> str:
    """How the courses were told apart: the chance that the best one does better than each."""
    if plan.best is None or len(plan.alternatives) < 2:
        return ""
    best = course_name(plan.alternatives[plan.best].course)
    parts = [
        text("report.courses.chance", course=course_name(entry.course), odds=round(100 * entry.best_better_probability))
        for index, entry in enumerate(plan.alternatives)
        if index != plan.best
    ]
    return text("report.courses.why", best=best, chances=", ".join(parts))


def _broken(limit: str) -> str:
    """A broken limit in words; planning gives the key of its text."""
    return text(limit) if has_text(limit) else limit


def broken_lines(plan: Plan) -> tuple[str, ...]:
    """Courses that break a limit, gathered by the limit."""
    gathered: dict[str, list[str]] = {}
    for entry in plan.alternatives:
        if entry.broken_limits:
            limits = "; ".join(_broken(one) for one in entry.broken_limits)
            gathered.setdefault(limits, []).append(course_name(entry.course))
    return tuple(
        text("report.courses.breaks" if len(names) == 1 else "report.courses.break_each",
             course=", ".join(names), limits=limits)
        for limits, names in gathered.items()
    )  # fmt: skip
