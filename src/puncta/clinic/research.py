"""What leaves the clinic for research: people who agreed, without names, dates or words, never alone in their group."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.utils import timezone

from puncta.clinic.anonymous import Anonymous, anonymous
from puncta.clinic.library import __version__
from puncta.clinic.models import CaseRecord, Clinic, Person
from puncta.clinic.views.consents import standing
from puncta.clinic.views.screening import open_case
from puncta.clinic.visiting import promise_of, visits_tree

FORMAT = 1
DEFAULT_K = 5
_SESSION = ("person", "visit", "day", "zone", "dial_mm", "passes", "pain_score")
_GRADE = ("person", "day", "concern", "scale", "score", "blinded", "rater")
_PHOTOGRAPH = ("person", "day", "zone", "metric", "change", "sem")
_DIARY = ("person", "visit", "day", "sign", "grade")
_REACTION = ("person", "day", "kind", "gone_day")
_LOOK = ("person", "day", "dark_marks")


def k_of(clinic: Clinic) -> int:
    """Least size of a group, from the policy."""
    return int(clinic.usual.get("k", DEFAULT_K))


def agreed(clinic: Clinic) -> list[tuple[Person, CaseRecord]]:
    """People whose consent to research stands and who have a case."""
    found = []
    for person in Person.objects.filter(clinic=clinic, erased_at=None).order_by("code"):
        case = open_case(person)
        if case is not None and case.tree and standing(person, "research") is not None:
            found.append((person, case))
    return found


def checked(people: list[tuple[Person, CaseRecord]], k: int) -> Anonymous:
    """Hold the people against k.

    Raises
    ------
    TooFew
        Where fewer than k would be left.
    """
    today = timezone.localdate()
    rows = [
        {
            "age": person.age_on(today),
            "sex": person.sex,
            "phototype": person.phototype,
            "concern": (case.tree.get("concerns") or [{"kind": ""}])[0]["kind"],
        }
        for person, case in people
    ]
    return anonymous(rows, k)


def write_research(people: list[tuple[Person, CaseRecord]], found: Anonymous, k: int, target: IO[bytes]) -> None:
    """Write tables and what was done to them as a zip; numbers of people are drawn anew each time."""
    numbers = list(range(1, len(found.kept) + 1))
    random.SystemRandom().shuffle(numbers)
    tables: dict[str, list[dict[str, Any]]] = {"people": []}
    for number, row, index in zip(numbers, found.rows, found.kept, strict=True):
        case = people[index][1]
        severity = (case.tree.get("concerns") or [{}])[0].get("severity_score")
        tables["people"].append({"person": number, **row, "severity_score": severity})
        for name, entry in _entries(number, case):
            tables.setdefault(name, []).append(entry)
    columns = {
        "sessions": _SESSION,
        "grades": _GRADE,
        "photographs": _PHOTOGRAPH,
        "diaries": _DIARY,
        "reactions": _REACTION,
        "looks": _LOOK,
    }
    columns["people"] = ("person", *found.rows[0], "severity_score")
    told = {
        "format": FORMAT,
        "software": f"Puncta {__version__}",
        "k": k,
        "people": len(found.kept),
        "left_out": found.dropped_count,
        "smallest_group": found.smallest,
        "coarsened": found.steps,
        "days": "counted from each person's first session",
        "left_behind": "names, codes, dates, free text, pictures, lots, who treated",
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("about.json", json.dumps(told, indent=1))
        for name, rows in columns.items():
            entries = sorted(tables.get(name, []), key=lambda entry: (entry["person"], entry.get("day", 0)))
            archive.writestr(f"{name}.csv", _csv(rows, entries))


def _entries(number: int, case: CaseRecord) -> Iterator[tuple[str, dict[str, Any]]]:
    plan = promise_of(case)
    if plan is None:
        return
    tree = visits_tree(case, plan)
    raters: dict[str, int] = {}
    for visit, session in enumerate(tree["sessions"], start=1):
        for zone in session["zones"]:
            yield "sessions", {"person": number, "visit": visit, "day": session["day"], "pain_score": None, **zone}
        for entry in session["diary"]:
            for sign, grade in entry.items():
                if sign != "day":
                    row = {"person": number, "visit": visit, "day": entry["day"], "sign": sign, "grade": int(grade)}
                    yield "diaries", row
    for grade in tree["grades"]:
        rater = raters.setdefault(grade["rater"], len(raters) + 1)
        yield "grades", {**grade, "person": number, "rater": rater}
    for reading in tree["photographs"]:
        yield "photographs", {"person": number, **reading}
    for reaction in tree["reactions"]:
        yield "reactions", {"person": number, "gone_day": None, **reaction}
    for look in tree["looks"]:
        yield "looks", {"person": number, **look}


def _csv(names: tuple[str, ...], entries: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(entries)
    return out.getvalue()
