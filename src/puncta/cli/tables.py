"""Tables and findings in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from puncta import Screening, text

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"stop": "bold red", "delay": "bold dark_orange3", "caution": "bold", "note": "bold blue", "go": "bold green"}

_PIPE_COLUMNS = 140


def console() -> Console:
    """A console that keeps colours to terminals; shape and word always stand beside them."""
    import sys

    from rich.console import Console

    # a file or a pipe has no width of its own; tables must not be cut there
    return Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_COLUMNS)


def show_findings(out: Console, screening: Screening) -> None:
    """Print the findings, gravest first, then what is still to be asked."""
    from rich.markup import escape
    from rich.table import Table

    action = screening.action.word
    out.print(f"[{_STYLES[action]}]{text(f'cli.action.{action}')}[/]  {text(f'cli.meaning.{action}')}")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for finding in screening.findings:
        word = finding.action.word
        until = text("cli.until", date=finding.until.isoformat()) if finding.until else ""
        lines = [f"[bold]{escape(finding.title)}[/] {escape(until)}".rstrip(), escape(finding.text)]
        lines += [
            f"{text('cli.follows') if p.followed else text('cli.other')} {escape(p.says)} [dim]{p.source} {p.year}[/]"
            for p in finding.positions
        ]
        if finding.overridden:
            lines.append(escape(text("cli.overridden", name=finding.overridden.name, reason=finding.overridden.reason)))
        lines.append(f"[dim]{text('cli.rule')} {finding.rule} · {', '.join(finding.sources)}[/]")
        table.add_row(f"[{_STYLES[word]}]{text(f'cli.mark.{word}')} {text(f'cli.action.{word}')}[/]", "\n".join(lines))
    out.print(table)
    if screening.unanswered:
        out.print(f"[bold]{text('cli.ask')}[/]")
        for key in screening.unanswered:
            out.print(f"  {key}: {text(f'questions.{key}.text')}", markup=False)
