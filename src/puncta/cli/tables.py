"""Tables and findings in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from puncta import Screening, rules, text

if TYPE_CHECKING:
    from rich.console import Console

    from puncta import AskedQuestion

_STYLES = {
    "stop": "bold red",
    "ask": "bold dark_orange3",
    "delay": "bold dark_orange3",
    "caution": "bold",
    "note": "bold blue",
    "go": "bold green",
}

_TICKS = ("yes", "no", "unknown")

_PIPE_COLUMNS = 140


def console() -> Console:
    """A console that keeps colours to terminals; shape and word always stand beside them."""
    import sys

    from rich.console import Console

    # a file or a pipe has no width of its own; tables must not be cut there
    return Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_COLUMNS)


def short(value: float) -> str:
    """A figure in few signs, without powers of ten."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def show_findings(out: Console, screening: Screening) -> None:
    """Print the findings, gravest first, then what is still to be asked."""
    from rich.markup import escape
    from rich.table import Table

    action = screening.action.word
    if screening.unanswered and action != "stop":
        action = "ask"
    out.print(f"[{_STYLES[action]}]{text(f'cli.action.{action}')}[/]  {text(f'cli.meaning.{action}')}")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    shown: dict[tuple[object, ...], str] = {}
    for finding in screening.findings:
        word = finding.action.word
        until = text("cli.until", date=finding.until.isoformat()) if finding.until else ""
        zones = ", ".join(name.replace("_", " ") for name in finding.zones)
        where = text("cli.in_zones", zones=zones) if zones else ""
        means = ", ".join(key.replace("_", " ") for key in finding.blocks)
        held = text("cli.held_back", means=means) if means and finding.in_force else ""
        title = f"[bold]{escape(finding.title)}[/]"
        head = " ".join(part for part in (title, escape(where), escape(until), escape(held)) if part)
        lines = [head, escape(finding.text)]
        if finding.positions in shown:
            lines.append(text("report.finding.as_above", title=escape(shown[finding.positions])))
        elif finding.positions:
            shown[finding.positions] = finding.title
            lines += [
                f"{text('cli.follows' if p.followed else 'cli.other')} {escape(p.says)} [dim]{p.source} {p.year}[/]"
                for p in finding.positions
            ]
        if finding.overridden:
            lines.append(escape(text("cli.overridden", name=finding.overridden.name, reason=finding.overridden.reason)))
        rule = rules()[finding.rule]
        behind = (finding.rule, escape(rule.body), rule.dated, text(f"screen.strength.{rule.strength}"))
        said_by = " · ".join(part for part in (*behind, ", ".join(finding.sources)) if part)
        lines.append(f"[dim]{text('cli.rule')} {said_by}[/]")
        table.add_row(f"[{_STYLES[word]}]{text(f'cli.mark.{word}')} {text(f'cli.action.{word}')}[/]", "\n".join(lines))
    out.print(table)
    if screening.unanswered:
        out.print(f"[bold]{text('cli.ask')}[/]")
        for key in screening.unanswered:
            out.print(f"  {key}: {text(f'questions.{key}.text')}", markup=False)


def show_questionnaire(out: Console, asked: tuple[AskedQuestion, ...], language: str) -> None:
    """Print the questionnaire in the person's language, what has no answer first."""

    def say(key: str) -> str:
        return text(f"questionnaire.{key}", language)

    out.print(say("title"), style="bold")
    out.print(say("intro"), markup=False)
    if not any(entry.to_ask for entry in asked):
        out.print(say("none_open"))
    heading = ""
    for number, entry in enumerate(asked, 1):
        part = {"unknown": "again", "open": "first"}.get(entry.state, "answered")
        if part != heading:
            heading = part
            out.print(f"\n{say(part)}", style="bold", markup=False)
        given = entry.state
        ticks = " ".join(
            f"[{'x' if name == given else ' '}] {word}" for name, word in zip(_TICKS, entry.answers, strict=True)
        )
        needed = f" ({say('needed')})" if entry.to_ask and entry.blocks else ""
        out.print(f"{number:2}. {entry.words}{needed}", markup=False)
        out.print("    " + "   ".join((ticks, *(f"{hint} ____" for hint in entry.hints))), markup=False)
