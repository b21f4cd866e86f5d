"""Blinded grading: two photographs, no dates, an order that nobody knew."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, member_of, of_clinic, page
from puncta.clinic.audit import note
from puncta.clinic.forms.base import shown_version
from puncta.clinic.grading import (
    CHOICES,
    begin,
    current,
    finish,
    order_of,
    pairs_to_grade,
    photograph_of,
    scale_of,
)
from puncta.clinic.models import Grading, Photograph
from puncta.clinic.sealing import UnreadableError, read
from puncta.clinic.words import say


@page(Right.ADD_PHOTO)
def gradings(request: HttpRequest) -> HttpResponse:
    """What the grader has judged, and how many pairs wait."""
    clinic = member_of(request).clinic
    own = of_clinic(request, Grading, Right.ADD_PHOTO).filter(created_by=request.user).order_by("-created_at")
    values = {"own": own[:20], "waiting": len(pairs_to_grade(clinic, request.user)), "here": "clinic"}
    return render(request, "clinic/gradings.html", values)


@page(Right.ADD_PHOTO)
@require_POST
def new_grading(request: HttpRequest) -> HttpResponse:
    """Begin with the pairs that wait."""
    clinic = member_of(request).clinic
    pairs = pairs_to_grade(clinic, request.user)
    if not pairs:
        messages.error(request, say("grading.no_pairs"))
        return redirect("/grading/")
    return redirect(f"/grading/{begin(clinic, request.user, pairs).key}/")


def _own(request: HttpRequest, pk: str) -> Grading:
    grading = fetch(request, Grading, pk, Right.ADD_PHOTO)
    if grading.created_by_id != request.user.pk:
        # somebody else's blinded judgement is nobody's to look at or to answer
        raise Http404
    return grading


@page(Right.ADD_PHOTO)
def grade(request: HttpRequest, pk: str) -> HttpResponse:
    """One pair: which looks better, and how severe each is."""
    grading = _own(request, pk)
    showing = current(grading)
    if showing is None:
        return render(request, "clinic/graded.html", {"grading": grading, "here": "clinic"})
    scale, problem = scale_of(grading, showing), ""
    if request.method == "POST":
        answer, problem = _answer(request, scale)
        if str(showing.number) != request.POST.get("number"):
            problem = say("grading.moved_on")
        if answer is not None and not problem:
            answers = {**grading.answers, str(showing.number): {**answer, "pair": showing.pair}}
            grading.save_over(shown_version(request.POST), request.user, answers=answers)
            note(member_of(request).clinic, request.user, "graded", grading, {"number": showing.number})
            if current(grading) is None:
                finish(grading, member_of(request).clinic, request.user)
            return redirect(f"/grading/{grading.key}/")
    order = order_of(grading)
    values = {
        "grading": grading,
        "showing": showing,
        "done": len(grading.answers),
        "all": len(order),
        "choices": CHOICES,
        "sides": ("left", "right"),
        "scale": scale,
        "problem": problem,
        "here": "clinic",
    }
    return render(request, "clinic/grade.html", values, status=422 if problem else 200)


def _answer(request: HttpRequest, scale: Any) -> tuple[dict[str, Any] | None, str]:
    better = request.POST.get("better", "")
    if better not in CHOICES:
        return None, say("grading.choose")
    answer: dict[str, Any] = {"better": better}
    for side in ("left", "right"):
        given = request.POST.get(f"score_{side}", "").strip()
        if not given or scale is None:
            continue
        try:
            score = float(given)
        except ValueError:
            return None, say("form.number")
        if score < scale.low or (scale.high is not None and score > scale.high):
            return None, say(
                "form.between", low=f"{scale.low:g}", high="–" if scale.high is None else f"{scale.high:g}"
            )
        answer |= {side: score, "scale": scale.key}
    return answer, ""


@page(Right.ADD_PHOTO)
def side(request: HttpRequest, pk: str, number: int, which: str) -> HttpResponse:
    """One picture of the pair that is shown; its address tells nothing of what it is."""
    grading = _own(request, pk)
    showing = current(grading)
    if showing is None or showing.number != number or which not in ("left", "right"):
        raise Http404
    photograph = fetch(request, Photograph, photograph_of(grading, showing, which), Right.PHOTO)
    if photograph.sealed_key is None:
        raise Http404
    try:
        content = read(f"{photograph.key}-full", photograph.sealed_key)
    except UnreadableError:
        raise Http404 from None
    note(member_of(request).clinic, request.user, "viewed", photograph)
    return HttpResponse(content, content_type="image/jpeg")
