"""Build the view: one plan in, every word and figure of the report out."""

from __future__ import annotations

from puncta.case import ConcernKind
from puncta.errors import StoppedError
from puncta.messages import text
from puncta.planning import Alternative, Plan
from puncta.report.fingerprint import Fingerprint, fingerprint
from puncta.report.numbers import NBSP, date_text, number
from puncta.report.view.courses import broken_lines, course_rows, why_words
from puncta.report.view.evidence import backing_view, evidence_blocks, limit_texts, source_rows, whole_trace
from puncta.report.view.figures import find
from puncta.report.view.findings import findings_view
from puncta.report.view.forecast_model import ForecastView
from puncta.report.view.forecasts import forecast_view, month_count, published_view, step_name
from puncta.report.view.injury import injury_view
from puncta.report.view.model import FindingRow, Findings, Foot, Head, ReportView
from puncta.report.view.practice import (
    aftercare_parts,
    counted_lines,
    expect_rows,
    hand_words,
    home_words,
    numbing_view,
    product_words,
    uptake_limits,
    uptake_rows,
)
from puncta.report.view.second import goal_line, more_view, second_view
from puncta.report.view.words import (
    concern_line,
    course_name,
    device_line,
    dial_span,
    lower_first,
    person_line,
    sentence_case,
    severity_name,
    visits_words,
)
from puncta.report.view.zones import held_zones, lesion_lines, visits_differ, zone_rows

_GRAVE = ("stop", "delay", "caution", "note")


def view(plan: Plan) -> ReportView:
    """Turn a plan into final words and figures.

    Parameters
    ----------
    plan : Plan
        A plan with a recommended course.

    Returns
    -------
    ReportView
        Plain values; nothing is left to round or to word.

    Raises
    ------
    StoppedError
        Where the screening allows no plan, or nothing is recommended: then there is no report.

    Notes
    -----
    Limits: those of every model behind the plan; they stand in the view.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.planning import plan
    >>> view(plan(read_case("examples/published_A03.toml"), draws=20)).head.code
    'A03'
    """
    chosen = plan.chosen
    if not plan.screening.allows_plan or chosen is None:
        raise StoppedError(text("report.error.no_plan"))
    outcome = chosen.outcome
    marks = fingerprint(plan)
    rows = zone_rows(plan, outcome)
    forecasts = tuple(forecast_view(plan, outcome, concern, rows) for concern in plan.case.concerns)
    findings = findings_view(plan.screening)
    lead = plan.case.concerns[0]
    behind = whole_trace(outcome)
    hand_lead, hand = hand_words(plan.case, bool(rows))
    cited = [key for one in plan.screening.findings for key in one.sources]
    cited += [taken.source for one in plan.screening.findings for taken in one.positions]
    cited += [key for limit in plan.zone_limits.values() for line in limit.lines for key in line.sources]
    return ReportView(
        head=_head(plan),
        foot=Foot(
            device=text("limits.not_a_device"),
            assumed=text("report.foot.assumed", assumed=behind.assumed_count, count=len(behind.parameters)),
            plan=_plan_words(plan, marks),
        ),
        answer=_answer(chosen),
        answer_more=_joined(_forecast_words(plan, forecasts), plan.reason),
        forecast_words=_joined(_forecast_words(plan, forecasts)),
        reason=_joined(plan.reason),
        needling=bool(rows),
        findings=findings,
        card_findings=_card_findings(findings),
        zones=rows,
        held=held_zones(plan, chosen.course),
        lesions=lesion_lines(plan.case),
        visits_note=text("report.visits.differ") if visits_differ(chosen.course) else "",
        courses=course_rows(plan),
        why=why_words(plan),
        goal_line=goal_line(plan),
        more=more_view(plan),
        second=second_view(plan),
        injury=injury_view(plan, rows),
        best_name=course_name(plan.alternatives[plan.best].course) if plan.best is not None else "",
        broken=broken_lines(plan),
        step_name=step_name(lead),
        forecasts=forecasts,
        published=published_view(plan, outcome),
        expect=expect_rows(plan, outcome),
        backing=backing_view(plan.case, outcome, find(outcome, "improvement_fraction", lead.kind.value)),
        numbing=numbing_view(plan, outcome) if rows else None,
        no_numbing=text("report.numbing.none") if rows else text("report.numbing.no_session"),
        uptake=uptake_rows(outcome, rows),
        uptake_limits=uptake_limits(outcome),
        hand=hand,
        hand_lead=hand_lead,
        device=device_line(plan.case),
        product=product_words(outcome.case),
        home=home_words(plan.case, chosen.course.home_products),
        aftercare=aftercare_parts(plan, outcome),
        marks_counted=counted_lines(plan.case) if rows else (),
        evidence=evidence_blocks(outcome, (entry.outcome for entry in plan.alternatives)),
        sources=source_rows(outcome, cited),
        limits=limit_texts(outcome),
        visits=visits_words(chosen.course),
        course=course_name(chosen.course),
        course_line=_course_line(chosen),
        plan_key=marks.plan,
        version=marks.version,
    )


def _plan_words(plan: Plan, marks: Fingerprint) -> str:
    draws = number(plan.draws_count)
    return text("report.foot.plan", key=marks.plan, seed=plan.seed, draws=draws, version=marks.version)


def _head(plan: Plan) -> Head:
    case = plan.case
    planned = text("report.head.planned", date=date_text(case.planned_on))
    parts = [planned, *([case.policy.clinic] if case.policy.clinic else [])]
    if plan.starts_on is None:
        parts.append(text("report.head.starts_open"))
    elif plan.starts_on > case.planned_on:
        parts.append(text("report.head.starts", date=date_text(plan.starts_on)))
    return Head(
        code=case.person.identifier,
        person=person_line(case.person),
        concern=concern_line(case),
        planned=" · ".join(parts),
        example=text("report.head.example") if case.constructed else "",
    )


def _course_line(chosen: Alternative) -> str:
    parts = [visits_words(chosen.course)]
    span = dial_span(chosen.course)
    if span:
        parts.append(text("report.courses.dial", span=span))
    return ", ".join(parts)


def _answer(chosen: Alternative) -> str:
    if not chosen.course.sessions:
        return text("report.answer.no_needling", course=lower_first(course_name(chosen.course)))
    return text("report.answer.course", course=course_name(chosen.course), settings=_course_line(chosen))


def _forecast_words(plan: Plan, forecasts: tuple[ForecastView, ...]) -> str:
    parts = []
    for forecast in forecasts:
        if forecast.change is None:
            parts.append(forecast.missing)
            continue
        key = "forecast_first" if not parts else "forecast_next"
        sentence = text(
            f"report.answer.{key}", months=month_count(plan.read_day),
            severity=severity_name(ConcernKind(forecast.concern).value), change=forecast.change.with_unit,
            span=forecast.change.span or forecast.change.value,
        )  # fmt: skip
        if forecast.grade is not None:
            sentence += text(
                "report.answer.grade", odds=forecast.grade.value, span=forecast.grade.span, gain=forecast.grade_words
            ) if forecast.grade.span else text(
                "report.answer.grade_bare", odds=forecast.grade.value, gain=forecast.grade_words
            )  # fmt: skip
        parts.append(sentence_case(sentence) + ".")
    return " ".join(parts)


def _joined(*parts: str) -> str:
    return " ".join(parts).replace(f" {NBSP}", NBSP).strip()


def _card_findings(findings: Findings) -> tuple[FindingRow, ...]:
    """What the card shows: what holds, gravest first."""
    held = [row for row in findings.rows if not row.overridden]
    return tuple(sorted(held, key=lambda row: _GRAVE.index(row.action) if row.action in _GRAVE else len(_GRAVE)))
