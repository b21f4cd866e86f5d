"""The sheet that a patient takes home, as a page of paper: what stands on the sheet's page, set by Typst."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from puncta.clinic.library import PunctaError, page_count, set_paper, theme
from puncta.clinic.models import PlanRecord
from puncta.clinic.words import language, say

#: Sizes of type, largest first: the first that fits one page is taken.
_SIZES_PT = (13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0)


def sheet_data(plan: PlanRecord) -> dict[str, Any]:
    """Words and figures of the sheet, as the page shows them."""
    shown, person = plan.shown, plan.case.person
    colours = theme().colours
    return {
        "title": say("sheet.title"),
        "language": language(),
        "code": person.code,
        "clinic": person.clinic.name,
        "phone": person.clinic.phone,
        "heading": say("sheet.heading"),
        "course": shown["course_line"],
        "choice": say("sheet.choice"),
        "expect": say("sheet.expect"),
        "rows": [
            {"name": row["name"], "text": row["figure"]["text"], "band": row["figure"]["band"]}
            for row in shown["expect"]
            if row["figure"]
        ],
        "colour": say("sheet.colour"),
        "aftercare": shown["aftercare"],
        "call": say("sheet.call"),
        "foot": f"{say('page.notice')} {say('plan.key', code=shown['plan_key'][:8], version=shown['version'])}",
        "ink": colours["ink"].light,
        "rule": colours["rule"].light,
    }


def patient_sheet_pdf(plan: PlanRecord) -> bytes:
    """Set the sheet on one page.

    Raises
    ------
    PunctaError
        Where even the smallest type does not fit: a sheet never runs over in silence.
    """
    folder, data = files("puncta.clinic").joinpath("templates", "clinic"), sheet_data(plan)
    for size in _SIZES_PT:
        written = set_paper(folder, "sheet.typ", {**data, "size": size}, plan.created_at.date())
        if page_count(written) == 1:
            return written
    raise PunctaError(say("sheet.too_long"))
