"""``puncta screen``: what stands against treating this person, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from puncta.cli.options import AsJson, CaseFile, print_json


def command(
    case_file: CaseFile,
    as_json: AsJson = False,
    why: Annotated[bool, typer.Option("--why", help="Say of every rule why it fired or not.")] = False,
) -> None:
    """Screen a case: findings with reason and source, gravest first.

    Ends with 1 where no plan is allowed: a finding says stop, or a question that can stop is unanswered.
    """
    from puncta import read_case, screen, screening_record, text

    found = screen(read_case(case_file))
    if as_json:
        print_json(screening_record(found))
    else:
        from puncta.cli.tables import console, show_findings

        out = console()
        show_findings(out, found)
        if why:
            for finding in found.findings:
                out.print(f"{text('cli.fired')} {finding.rule}: {finding.why}", markup=False)
            for entry in found.quiet:
                out.print(f"{text('cli.kept_quiet')} {entry.rule}: {entry.why}", markup=False)
        out.print(text("limits.not_a_device"), style="dim")
    if not found.allows_plan:
        raise typer.Exit(1)
