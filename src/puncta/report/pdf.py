"""The PDFs: Typst sets the plan and the card from the same words and figures as the page."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import Any

from puncta.case import ConcernKind
from puncta.errors import PunctaError
from puncta.messages import text
from puncta.planning import Plan
from puncta.report.charts import Chart
from puncta.report.drawings import Drawings
from puncta.report.fonts import font_files
from puncta.report.icons import brand_paper, severity_paper
from puncta.report.numbers import Printed
from puncta.report.theme import theme
from puncta.report.view import ReportView
from puncta.report.view.forecasts import month_count
from puncta.report.view.model import ZoneRow
from puncta.report.view.words import severity_name, zone_name

#: Small charts in one row of paper.
_IN_ROW = 4
_SHORT_SOURCE = 60
_PLAN_WORDS = {
    "brand": "brand", "title": "title", "keyword": "page.research", "absent": "zone_table.absent", "of": "foot.of",
    "page": "foot.page_word", "more": "section.more", "more_visit": "more.visit", "more_odds": "more.odds",
    "more_further": "more.further", "second": "section.second", "injury_head": "section.injury",
    "injury_note": "histogram.note", "second_figure": "second.figure",
    "second_plan": "second.plan", "second_second": "second.second",
    "second_tolerance": "second.tolerance", "courses": "section.courses", "course": "table.course",
    "visits": "table.visits",
    "median": "table.median", "pain": "table.pain", "redness": "table.redness", "marks": "table.marks",
    "recommended": "courses.recommended", "backing": "section.backing", "backing_limits": "backing.limits",
    "thin": "chart.thin", "visits_note": "chart.visits", "by_zone": "section.by_zone", "findings": "section.findings",
    "no_stops": "finding.no_stops", "disagree": "finding.disagree", "plan": "section.plan", "zone": "table.zone",
    "dial": "table.dial_unit", "reaches": "table.reaches", "passes": "table.passes", "density": "table.density_unit",
    "opened": "table.opened", "injury": "table.injury_unit", "stop_at": "table.stop_at_time", "a_side": "table.a_side",
    "hand": "card.hand", "limits_dial": "table.limits", "band_is_person": "published.band_is_person",
    "days": "section.day_by_day", "healing": "section.healing", "expect": "section.expect",
    "counted": "expect.counted_lead", "numbing": "section.numbing", "uptake": "section.uptake",
    "active": "table.active",
    "taken_up": "table.taken_up", "limit": "table.limit", "share": "table.share", "never": "card.never",
    "never_text": "card.never_text", "aftercare": "section.aftercare", "evidence": "section.evidence",
    "evidence_where": "evidence.where", "studies": "section.studies", "study": "table.study",
    "source": "table.source", "people": "table.people", "types": "table.types", "reported_head": "table.reported",
    "role": "table.role", "sources": "section.sources", "limits": "section.limits", "signature": "section.signature",
    "signature_sentence": "signature.sentence", "accepted": "signature.accepted", "changed": "signature.changed",
    "declined": "signature.declined", "changes": "signature.changes", "sign_name": "signature.name",
    "sign_date": "signature.date", "signed": "signature.signed",
}  # fmt: skip


def plain_data(value: object) -> Any:
    """Turn view values into what JSON can hold; a figure carries its ready forms along."""
    if isinstance(value, Printed):
        forms = {name: getattr(value, name) for name in ("with_unit", "span", "tight", "text")}
        return {**dataclasses.asdict(value), **forms}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain_data(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (tuple, list)):
        return [plain_data(entry) for entry in value]
    return value


def chart_data(chart: Chart) -> dict[str, Any]:
    """A chart for Typst."""
    return {"svg": chart.svg, "width": chart.width, "label": chart.label or chart.name}


def theme_data() -> dict[str, Any]:
    """The theme for Typst: colours of paper, sizes in pt, shapes."""
    shown = theme()
    return {
        "colours": {name: shade.light for name, shade in shown.colours.items()},
        "type": {name: step.pt for name, step in shown.type.items()},
        "font": shown.fonts["print"],
        "brand": brand_paper(),
        "severities": {
            name: {"text": entry.text, "svg": severity_paper(name)} for name, entry in shown.severities.items()
        },
    }


def page_count(pdf: bytes) -> int:
    """How many pages a PDF from here has: its tree of pages says so in the clear.

    Raises
    ------
    PunctaError
        Where the count is not found.

    Examples
    --------
    >>> page_count(b"<< /Type /Pages /Count 2 /Kids [1 0 R 2 0 R] >>")
    2
    """
    found = re.search(rb"/Type\s*/Pages\s*/Count\s+(\d+)", pdf) or re.search(rb"/Count\s+(\d+)\s*/Kids", pdf)
    if found is None:
        raise PunctaError(text("report.error.pdf", reason="/Count"))
    return int(found.group(1))


def set_pdf(template: str, data: dict[str, Any], plan: Plan) -> bytes:
    """Set a template.

    Parameters
    ----------
    template : str
        Name of the template.
    data : dict
        All its words, figures and drawings.
    plan : Plan
        Its date stands in the file instead of the clock's, so that bytes repeat.

    Returns
    -------
    bytes
        A tagged PDF after PDF/UA-1.

    Raises
    ------
    PunctaError
        Where the font is missing or the page cannot be set.
    """
    return set_paper(files("puncta.report").joinpath("templates"), template, data, plan.case.planned_on)


def set_paper(templates: Traversable, template: str, data: dict[str, Any], day: date) -> bytes:
    """Set a template from a folder of templates.

    Parameters
    ----------
    templates : Traversable
        The folder; a template sees nothing beside it.
    template : str
        Its name.
    data : dict
        All words, figures and drawings.
    day : date
        Stands in the file instead of the clock's, so that bytes repeat.

    Returns
    -------
    bytes
        A tagged PDF after PDF/UA-1.

    Raises
    ------
    PunctaError
        Where the font is missing or the page cannot be set.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "one.typ").write_text('#set document(title: "One")\\n#set text(font: "Roboto")\\nOne.')
    ...     page_count(set_paper(Path(folder), "one.typ", {}, date(2026, 1, 1)))
    1
    """
    import typst

    folder = font_files()[0].parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    stamp = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    with as_file(templates) as root:
        try:
            written, warnings = typst.compile_with_warnings(
                str(root / template),
                root=str(root),
                font_paths=fonts,
                ignore_system_fonts=True,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                timestamp=stamp,
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as error:
            raise PunctaError(text("report.error.pdf", reason=str(error))) from error
    if warnings:
        raise PunctaError(text("report.error.pdf", reason="; ".join(warning.message for warning in warnings)))
    return written


def render_plan(plan: Plan, seen: ReportView, drawn: Drawings) -> bytes:
    """Set the plan report.

    Parameters
    ----------
    plan : Plan
        For its date and reading day.
    seen : ReportView
        Words and figures.
    drawn : Drawings
        Charts.

    Returns
    -------
    bytes
        PDF, A4.
    """
    return set_pdf("plan.typ", plan_data(plan, seen, drawn), plan)


def plan_data(plan: Plan, seen: ReportView, drawn: Drawings) -> dict[str, Any]:
    """Everything that the plan's template needs."""
    shown = {entry.concern: entry for entry in drawn.forecasts}
    v = plain_data(seen)
    for row in v["zones"]:
        density = row["density"]
        row["density_bare"] = None if density is None else {**density, "with_unit": density["value"]}
        injury = row["injury"]
        row["injury_bare"] = None if injury is None else {**injury, "with_unit": injury["value"]}
    if v["backing"]:
        for row in v["backing"]["studies"]:
            row["source_short"] = _short(row["source"])
    forecasts = [_forecast_data(seen, shown, index) for index in range(len(seen.forecasts))]
    lead = seen.zones[0] if seen.zones else None
    lead_zone = f"{lead.name}, {lead.dial}\N{NO-BREAK SPACE}mm" if lead else ""
    by_zone, cells, axis = _zones_data(seen, drawn)
    # a single zone has no chart of its own here
    zones = seen.forecasts[0].zones if len(seen.forecasts[0].zones) > 1 else ()
    thin = dict.fromkeys(entry.thin for entry in zones if entry.thin)
    caption = [text("report.chart.thin_because", reasons="; ".join(thin))] if thin else []
    if drawn.depths:
        caption.append(text("report.depth.last" if len(by_zone) > 1 else "report.depth.only"))
    numbing = seen.numbing
    cited = [plain_data(row) for row in seen.sources if row.cited]
    second, second_note = _second_rows(seen, lead)
    return {
        "v": v,
        "theme": theme_data(),
        "second_rows": second,
        "second_note": second_note,
        "words": {name: text(f"report.{key}") for name, key in _PLAN_WORDS.items()},
        "foot_limits": text("limits.draws"),
        "cited": cited,
        "cited_note": text("report.evidence.others", count=len(seen.sources) - len(cited)),
        "courses_note": text("report.section.courses_note", months=month_count(plan.read_day)),
        "change_heads": [
            text("report.table.change", severity=severity_name(ConcernKind(one.concern).value))
            for one in seen.forecasts
        ],
        "grade_head": text("report.table.grade", step=seen.step_name),
        "axes": [chart_data(one) for one in drawn.axes],
        "bands": [[chart_data(one) if one else None for one in row] for row in drawn.bands],
        "forecasts": forecasts,
        "other_concerns": forecasts[1:],
        "by_zone": by_zone,
        "zone_cells": cells,
        "zone_axis": axis,
        "by_zone_head": text("report.section.by_zone" if len(by_zone) > 1 else "report.depth.title"),
        "by_zone_note": seen.forecasts[0].chart_title if len(by_zone) > 1 else "",
        "limits_line": _limits_line(seen),
        "cells_note": seen.forecasts[0].chart_title,
        "by_zone_caption": " ".join(caption),
        "days": [chart_data(one.paper) for one in drawn.days],
        # the page has them all; paper has room for a row
        "healing": [chart_data(one.paper) for one in drawn.healing[:_IN_ROW]],
        "published": chart_data(drawn.published.paper) if drawn.published else None,
        "lead_zone": lead_zone,
        "depth_note": f"{text('report.card.note')} {drawn.beyond_dermis}".strip(),
        "healing_note": text("report.healing.note"),
        "numbing_where": (
            text("report.numbing.intact", area=numbing.area, minutes=numbing.minutes)
            if numbing is not None and not numbing.refused
            else ""
        ),
    }


def _second_rows(seen: ReportView, lead: ZoneRow | None) -> tuple[list[dict[str, Any]], str]:
    """What paper has room for of the second calculation: medians of one zone and of the course, and what lies apart."""
    if seen.second is None:
        return [], ""
    others = {zone_name(name) for row in seen.zones for name in row.zones}
    said = {text("report.second.whole")}
    if lead is not None:
        said.add(zone_name(lead.zones[0]))
        others -= said
    shown = [row for row in seen.second.rows if not row.agrees or (row.where not in others and row.is_median)]
    rows = [{**plain_data(row), "where": "" if row.where in said else row.where} for row in shown]
    left = len(seen.second.rows) - len(shown)
    return rows, text("report.second.others", count=left) if left else ""


def _limits_line(seen: ReportView) -> str:
    """Limits on the dial, said once where every zone has the same."""
    lines = dict.fromkeys("; ".join(row.limits) for row in seen.zones)
    if len(lines) == 1:
        return text("report.limit.everywhere", limits=next(iter(lines)))
    named: dict[str, list[str]] = {}
    for row in seen.zones:
        named.setdefault("; ".join(row.limits), []).append(row.name)
    return " ".join(f"{', '.join(names)}: {limits}." for limits, names in named.items())


def _forecast_data(seen: ReportView, shown: dict[str, Any], index: int) -> dict[str, Any]:
    one = seen.forecasts[index]
    drawing = shown.get(one.concern)
    courses = [[row.name, change.text] for row in seen.courses if (change := row.changes[index]) is not None]
    return {
        "head": f"{text('report.section.forecast')}: {one.name.lower()}",
        "chart": chart_data(drawing.paper) if drawing else None,
        "half": chart_data(drawing.half) if drawing else None,
        "missing": one.missing,
        "thin": one.thin,
        "courses": courses,
    }


def _zones_data(
    seen: ReportView, drawn: Drawings
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any] | None]:
    """Charts by zone of the first concern and the depth of the first zone; or bands in cells where there are many."""
    lead = drawn.forecasts[0] if drawn.forecasts else None
    charts = [one.paper for one in lead.zones] if lead else []
    depth = [drawn.depths[0].paper] if drawn.depths else []
    row = [chart_data(one) for one in [*charts, *depth]]
    if lead is None or not lead.cells:
        return row, [], None
    cells = [
        {"name": entry.name, "chart": chart_data(chart), "change": plain_data(entry.change)}
        for entry, chart in zip(seen.forecasts[0].zones, lead.cells[1:], strict=True)
    ]
    return row, cells, chart_data(lead.cells[0])


def _short(source: str) -> str:
    """Who and when, with the first identifier; of an address only the host."""
    source = re.sub(r"https?://(?:www\.)?([^/\s]+)\S*", r"\1", re.split(r"; | \((?:DOI|doi)", source)[0])
    return source if len(source) <= _SHORT_SOURCE else source[: _SHORT_SOURCE - 1].rstrip() + "…"
