"""One plan, computed once for all tests of a run: what it keeps, and the papers."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from puncta.clinic.casing import case_of, case_tree
from puncta.clinic.library import Letterhead, drawings, plan, plan_record, view, write_report
from puncta.clinic.models import CaseRecord, Membership, Person, PlanRecord, Visit
from puncta.clinic.sealing import keep
from puncta.clinic.shown import shown_plan
from puncta.clinic.words import spoken

TREE = {
    "title": "Atrophic acne scars",
    "zones": [{"name": "cheek_left", "role": "treat"}, {"name": "cheek_right", "role": "treat"}],
    "concerns": [
        {
            "kind": "atrophic_acne_scars",
            "zones": ["cheek_left", "cheek_right"],
            "scale": "goodman_baron_grade",
            "severity_score": 3,
        }
    ],
    "lesions": [],
    "device": {"name": "exceed"},
    "session_product": "sterile_saline",
    "home_care": {"sunscreen": True, "products": ["bland_emollient"]},
    "limits": {"max_sessions": 6, "max_pain_score": 7.0},
    "numbing": {"product": "lidocaine_prilocaine", "minutes": 60},
}
#: What the browser sends for the same case.
POSTED = {
    "zone_cheek_left": "treat",
    "zone_cheek_right": "treat",
    "kind_0": "atrophic_acne_scars",
    "scale_0": "goodman_baron_grade",
    "severity_0": "3",
    "device": "exceed",
    "session_product": "sterile_saline",
    "cream": "lidocaine_prilocaine",
    "cream_minutes": "60",
    "home_product": "bland_emollient",
    "sunscreen": "on",
    "max_sessions": "6",
    "max_pain_score": "7",
    "version": "0",
}
_DRAWS = 20


def answers() -> dict[str, Any]:
    """No to everything."""
    from puncta import questions

    return {key: {"reply": "no"} for key in questions()}


@cache
def _computed(tree_text: str, head: Letterhead) -> tuple[dict[str, Any], dict[str, Any], dict[str, bytes]]:
    import json

    made = plan(case_of(json.loads(tree_text)), draws=_DRAWS)
    seen = view(made)
    with TemporaryDirectory() as folder:
        written = write_report(made, Path(folder), "course", head)
        papers = {name: getattr(written, name).read_bytes() for name in ("plan", "card", "page", "patient")}
    return plan_record(made), shown_plan(made, seen, drawings(made, seen), head), papers


def give_plan(person: Person, member: Membership, *, accepted: bool = True) -> PlanRecord:
    """A screened visit, a case and its plan for somebody."""
    import json

    today = timezone.localdate()
    visit = Visit.objects.create(person=person, day=today, answers=answers(), answered_at=timezone.now())
    case = CaseRecord.objects.create(person=person, title="Atrophic acne scars", tree=TREE)
    tree = case_tree(person, case, visit, member, today)
    head = Letterhead(person.clinic.name, person.clinic.phone, spoken(person, "en"))
    record, shown, papers = _computed(json.dumps(tree), head)
    visit.screening, visit.screened_at = record["screening"], timezone.now()
    visit.save()
    made = PlanRecord(case=case, inputs=tree, record=record, shown=json.loads(json.dumps(shown)), state="done")
    made.chosen = record["recommended"]
    made.files = {name: keep(f"{made.key}-{name}", content).hex() for name, content in papers.items()}
    made.accepted_at = timezone.now() if accepted else None
    made.save(force_insert=True)
    return made


__all__ = ["POSTED", "TREE", "answers", "give_plan"]
