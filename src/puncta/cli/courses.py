"""The plan in the terminal: settings per zone, courses compared, files written."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from puncta import Plan, ReportFiles, arms, plan_record, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from rich.console import Console


def _band(figure: Mapping[str, Any] | None, scale: float = 1.0, digits: int = 2) -> str:
    if figure is None:
        return "–"
    low, middle, high = (figure[level] * scale for level in ("low80", "median", "high80"))
    return f"{_rounded(middle, digits)} [dim]{_rounded(low, digits)}–{_rounded(high, digits)}[/]"


def _rounded(value: float, digits: int) -> str:
    return f"{round(value, digits):,.{max(digits, 0)}f}"


def _count(figure: Mapping[str, Any] | None) -> str:
    """A count whose range says how many of its digits are known: two of the range's width."""
    width = 0.0 if figure is None else figure["high80"] - figure["low80"]
    return _band(figure, digits=1 - math.floor(math.log10(width)) if width > 1.0 else 0)


def _percent(figure: Mapping[str, Any]) -> str:
    low, middle, high = (_signed(-100 * figure[level]) for level in ("high80", "median", "low80"))
    return f"{middle} % [dim]{low} … {high}[/]"


def _signed(value: float) -> str:
    """With its sign; nought has none."""
    return f"{value:+.0f}".replace("-", "−") if round(value) else "0"


def _dial(dial_mm: float) -> str:
    """As on the device: one decimal, two where the step needs it."""
    return f"{dial_mm:.1f}" if abs(round(dial_mm, 1) - dial_mm) < 1e-9 else f"{dial_mm:.2f}"


def show_plan(out: Console, plan: Plan, files: ReportFiles | None) -> None:
    """Print the recommended settings, the courses compared and the files written."""
    from rich.markup import escape
    from rich.table import Table

    record = plan_record(plan)
    out.print()
    out.print(f"[bold]{escape(plan.reason)}[/]")
    if plan.starts_on is None:
        out.print(text("cli.starts_unknown"))
    elif plan.starts_on > plan.case.planned_on:
        out.print(text("cli.starts_on", date=plan.starts_on.isoformat()))
    chosen = next(entry for entry in record["alternatives"] if entry["course"] == record["recommended"])
    if chosen["settings"]:
        out.print(_settings_table(Table, chosen))
    out.print(courses_table(Table, plan, record))
    row = arms()[plan.case.published] if plan.case.published else None
    if row is not None and row.improvement_fraction is not None:
        # the series reports a mean of people; the forecast is a band of single persons
        reported = f"{-100 * row.improvement_fraction:+.0f} %".replace("-", "−")
        out.print(
            text("cli.reported", study=row.study, reported=reported, forecast=_percent(chosen["improvement_fraction"]))
        )
    _show_goal_and_stop(out, record)
    out.print(text("cli.read_day", day=f"{plan.read_day:g}", draws=plan.draws_count, seed=plan.seed), style="dim")
    out.print(text("limits.depth_response"), style="dim")
    for path in files.paths if files is not None else ():
        out.print(f"{text('cli.wrote')} {path}", markup=False)
    out.print(text("limits.not_a_device"), style="dim")


def _show_goal_and_stop(out: Console, record: Mapping[str, Any]) -> None:
    """The second calculation, and when one more visit is no longer worth it."""
    chosen = next(entry for entry in record["alternatives"] if entry["course"] == record["recommended"])
    second = chosen["second_calculation"]
    count, apart = second["compared_count"], sum(not one["agrees"] for one in second["figures"])
    if record["checked"]:
        out.print(text("planning.check.agrees", count=count))
    else:
        out.print(f"[bold]{text('planning.check.apart', apart=apart, count=count)}[/]")
    rule = record["stop"]
    if rule is None:
        return
    least = f"{100 * rule['least_probability']:.0f}"
    if rule["enough_count"] < len(rule["steps"]):
        odds = f"{100 * rule['steps'][rule['enough_count']]['grade_probability']:.0f}"
        out.print(text("planning.stop.enough", count=rule["enough_count"], odds=odds, least=least))
    else:
        out.print(text("planning.stop.never", count=rule["enough_count"], least=least))


def _settings_table(make: Any, chosen: Mapping[str, Any]) -> Any:
    table = make(box=None, pad_edge=False)
    for head in ("zone", "dial", "reaches", "passes", "punctures", "pain", "red"):
        table.add_column(text(f"cli.column.{head}"), justify="left" if head == "zone" else "right")
    figures = chosen["figures"]
    for setting in chosen["settings"]:
        zone = setting["zone"]
        table.add_row(
            zone.replace("_", " "),
            f"{_dial(setting['dial_mm'])} mm",
            _band(figures.get(f"depth_mm@{zone}")),
            str(setting["passes"] or text("cli.not_reported")),
            _count(figures.get(f"density_per_cm2@{zone}")),
            _band(figures.get(f"pain_score@{zone}"), digits=0),
            _band(figures.get(f"redness_visible_hours@{zone}"), digits=0),
        )
    return table


def courses_table(make: Any, plan: Plan, record: Mapping[str, Any]) -> Any:
    """One row per course: change, chances and verdict."""
    table = make(box=None, pad_edge=False)
    for head in ("course", "visits", "change", "goal", "marks", "level"):
        table.add_column(text(f"cli.column.{head}"), justify="left" if head in ("course", "level") else "right")
    for entry in record["alternatives"]:
        name = entry["name"]
        marks = entry["figures"].get("pih_probability")
        odds = f"{100 * entry['best_better_probability']:.0f}"
        verdict = text("cli.apart" if entry["distinguishable"] else "cli.level", odds=odds)
        if entry["broken_limits"]:
            verdict = "; ".join(entry["broken_limits"])
        elif plan.best is not None and entry["course"] == plan.alternatives[plan.best].course.name:
            verdict = text("cli.best")
        recommended = entry["course"] == record["recommended"]
        table.add_row(
            f"[bold]{name} ←[/]" if recommended else name,
            str(entry["sessions_count"]),
            _percent(entry["improvement_fraction"]),
            f"{100 * entry['goal_probability']:.0f}",
            _band(marks, 100, 0) if marks else "0",
            verdict,
        )
    return table
