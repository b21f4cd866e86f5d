"""``puncta screen``: what stands against treating this person, and why; or what is still to be asked."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from puncta.cli.options import AsJson, CaseFile, DevicesFolder, PolicyFile, ProductsFolder, case_of, print_json


def command(
    case_file: CaseFile,
    as_json: AsJson = False,
    why: Annotated[bool, typer.Option("--why", help="Say of every rule why it fired or not.")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="Print the questionnaire instead, open questions first.")] = False,
    language: Annotated[str, typer.Option(help="Language of the questionnaire.")] = "en",
    policy: PolicyFile = None,
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
) -> None:
    """Screen a case: findings with reason and source, gravest first.

    Ends with 1 where no plan is allowed: a finding says stop, or a question that can stop is unanswered.
    """
    from puncta import questionnaire, screen, screening_record, text

    case = case_of(case_file, policy, devices, products)
    found = screen(case)
    if ask:
        asked = questionnaire(case, language)
        if as_json:
            print_json({"format": 1, "language": language, "questions": [asdict(entry) for entry in asked]})
        else:
            from puncta.cli.tables import console, show_questionnaire

            show_questionnaire(console(), asked, language)
    elif as_json:
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
