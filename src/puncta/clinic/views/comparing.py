"""Two photographs of one person: laid upon each other, what changed, its error, and what cannot be told."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from puncta.clinic import jobs
from puncta.clinic.access import Right, fetch, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.library import change_strip, has_text, text
from puncta.clinic.measuring import SIDES, begin_reading, measuring_off, pair_of
from puncta.clinic.models import PairReading, Person, Photograph, Reading
from puncta.clinic.sealing import UnreadableError, read
from puncta.clinic.views.people import person_line
from puncta.clinic.views.photographs import uuid_of
from puncta.clinic.views.screening import open_case
from puncta.clinic.words import say


@page(Right.PHOTO)
def compare(request: HttpRequest, pk: str) -> HttpResponse:
    """Side by side first, the slider second; measured where both passed the gate."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.PHOTO)
    shown = person.photographs.filter(sealed_key__isnull=False).defer("sealed_key", "thumb_key")
    both = [get_object_or_404(shown, pk=uuid_of(request.GET.get(name))) for name in ("a", "b")]
    both.sort(key=lambda one: one.taken_at)
    off = measuring_off(member.clinic)
    for one in both:
        if not off and _reading(one) is None:
            begin_reading(one, {}, member.clinic, request.user)
    values: dict[str, Any] = {
        "person": person,
        "line": person_line(person),
        "pair": both,
        "settings": _differing(both),
        "same_view": both[0].view == both[1].view,
        "why_not": off or _why_not(both),
        "waiting": not off and any(reading and reading.state == "waiting" for reading in map(_reading, both)),
        "step": "photographs",
    }
    if not values["why_not"]:
        reading = pair_of(both[0], both[1], member.clinic, request.user)
        values |= {"reading": reading, "share": jobs.share_done(reading.key), **_measured(reading, person)}
    return render(request, "clinic/compare.html", values)


def _why_not(both: list[Photograph]) -> str:
    if both[0].pk == both[1].pk:
        return say("measure.same")
    if both[0].view != both[1].view:
        return say("photo.other_view")
    states = [reading.state if reading else "" for reading in (_reading(one) for one in both)]
    return "" if states == ["measured", "measured"] else say("measure.not_both")


def _reading(photograph: Photograph) -> Reading | None:
    return Reading.objects.filter(photograph=photograph).first()


def zone_words(name: str) -> str:
    """A measured zone by name."""
    key = f"imaging.zone.{name}"
    return text(key).capitalize() if has_text(key) else name.replace("_", " ").capitalize()


def _measured(reading: PairReading, person: Person) -> dict[str, Any]:
    if reading.record is None:
        return {}
    record = reading.record
    zones: dict[str, list[dict[str, Any]]] = {}
    for row in record["changes"]:
        words = record["metrics"][row["metric"]]
        told = "" if row.get("refused") else f"{_short(row['before'])} → {_short(row['after'])}"
        zones.setdefault(row["zone"], []).append({**row, **words, "told": told, "strip": _strip(row)})
    case = open_case(person)
    treated = [zone["name"] for zone in (case.tree if case else {}).get("zones", []) if zone["role"] == "treat"]
    order = sorted(zones, key=lambda name: (not any(name.startswith(one) for one in treated), name not in treated))
    told = [row for rows in zones.values() for row in rows if not row.get("refused")]
    return {
        "record": record,
        "zones": [_zone(name, zones[name]) for name in order],
        "checks": [
            {
                **check,
                "label": text(f"imaging.check.{check['name']}"),
                "shown": say("measure.not_said") if _unsaid(check, record) else _check_value(check),
                "unsaid": _unsaid(check, record),
            }
            for check in record["checks"]
            if not (check["name"] == "focus_far" and check["passed"])
        ],
        "told": len(told),
        "beyond": sum(row["beyond_error"] for row in told),
    }


def _strip(row: dict[str, Any]) -> str:
    """The change of a row beside its error; nothing where it was refused."""
    if row.get("refused"):
        return ""
    label = say("measure.strip", change=row["shown"], sdc=row["sdc_shown"])
    return change_strip(row["change"], row["sem"], row["sdc"], row["beyond_error"] and row["holds"], label)


def _zone(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What is told of a zone, and what is not, gathered by the reason."""
    refused: dict[str, list[str]] = {}
    for row in rows:
        if row.get("refused"):
            refused.setdefault(row["refused"], []).append(row["name"])
    shown = [row for row in rows if not row.get("refused")]
    untold = [{"names": ", ".join(names), "why": why} for why, names in refused.items()]
    return {"key": name, "name": zone_words(name), "rows": shown, "untold": untold}


def _short(value: float) -> str:
    return (f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}").replace("-", "−")


def _unsaid(check: dict[str, Any], record: dict[str, Any]) -> bool:
    """Whether a check passed only because nobody said anything: it is not ticked."""
    if not check["passed"] or check["value"] < 0:
        return check["passed"]
    declared = [(record.get(side) or {}).get("declared", {}) for side in ("before", "after")]
    return any(check["name"] in said and said[check["name"]] is None for said in declared)


def _check_value(check: dict[str, Any]) -> str:
    return f"{check['value']:.2g}" if check["limit"] else ""


def _differing(pair: list[Photograph]) -> list[tuple[str, Any, Any]]:
    """Settings of the camera that differ between two photographs."""
    first, second = (one.capture for one in pair)
    names = [name for name in dict.fromkeys([*first, *second]) if first.get(name) != second.get(name)]
    return [(name, first.get(name, "–"), second.get(name, "–")) for name in names]


@page(Right.PHOTO)
def aligned(request: HttpRequest, pk: str, side: str) -> HttpResponse:
    """One of the two as they lie upon each other."""
    pair = fetch(request, PairReading, pk, Right.PHOTO)
    if side not in SIDES or side not in pair.files:
        raise Http404
    try:
        content = read(f"{pair.key}-{side}", bytes.fromhex(pair.files[side]))
    except UnreadableError:
        raise Http404 from None
    note(member_of(request).clinic, request.user, "viewed", pair)
    return HttpResponse(content, content_type="image/jpeg")


@page(Right.ADD_PHOTO)
@require_POST
def measure_again(request: HttpRequest, pk: str) -> HttpResponse:
    """Compare anew, for example after the clinic found its own error."""
    pair = fetch(request, PairReading, pk, Right.ADD_PHOTO, "before__person", "after")
    PairReading.objects.filter(pk=pair.pk).update(state="waiting", record=None)
    pair_of(pair.before, pair.after, member_of(request).clinic, request.user)
    return redirect(f"/people/{pair.before.person.key}/compare/?a={pair.before.key}&b={pair.after.key}")
