"""Between the clinic's records and the library's case: the one place where a record becomes a case."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from puncta.clinic.library import Case, case_from_json
from puncta.clinic.models import CaseRecord, Clinic, Membership, Person, Visit
from puncta.clinic.names import phototype_name

#: What a screening looks at before anybody has said what is to change: everything that may be asked is asked.
_NOTHING_YET: dict[str, Any] = {
    "title": "Before a plan",
    "zones": [{"name": "cheek", "role": "treat"}],
    "concerns": [{"kind": "texture", "zones": ["cheek"], "scale": "texture_grade", "severity_score": 1}],
    "numbing": {"product": "lidocaine_prilocaine", "minutes": 60},
}
_USUAL_DEVICE = "dermapen_4"


def case_tree(
    person: Person, record: CaseRecord | None, visit: Visit | None, member: Membership, day: date
) -> dict[str, Any]:
    """The tables of the library's case file for a person, a case, a visit's answers and who will needle.

    Parameters
    ----------
    person : Person
        Who; the library gets code, age, sex, weight and skin, never a name.
    record : CaseRecord or None
        What is to change; None before that is said.
    visit : Visit or None
        Answers; None for none.
    member : Membership
        Whose depth limit holds.
    day : date
        Day from which waiting times count.
    """
    clinic: Clinic = member.clinic
    own = dict(record.tree) if record else dict(_NOTHING_YET)
    if "numbing" in own and person.weight_kg is None and record is None:
        del own["numbing"]
    policy = {**clinic.policy, "clinic": clinic.name}
    if member.max_depth_mm is not None:
        policy["operator_max_mm"] = min(member.max_depth_mm, policy.get("operator_max_mm", member.max_depth_mm))
    policy["overrides"] = list(visit.asides) if visit else []
    return {
        "format": 1,
        **own,
        "planned_on": day.isoformat(),
        "person": {
            "identifier": person.code,
            "age_years": person.age_on(day),
            "sex": person.sex,
            "weight_kg": person.weight_kg,
            "phototype": phototype_name(person.phototype) or None,
            "ita_degrees": person.ita_degrees,
        },
        "device": own.get("device") or {"name": clinic.usual.get("device", _USUAL_DEVICE)},
        "history": dict(visit.answers) if visit else {},
        "policy": policy,
    }


def case_of(tree: dict[str, Any]) -> Case:
    """Read the tables as the command line would; all mistakes together, each with its field."""
    return case_from_json(json.dumps(tree), "case")
