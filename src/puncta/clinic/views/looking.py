"""What if: the panel beside the sliders, quick and then in full."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, page
from puncta.clinic.chart import Ending, Forecast, curve_of, forecast_chart, words_of
from puncta.clinic.forms.case import sentences
from puncta.clinic.forms.course import TooDeep, own_course
from puncta.clinic.library import InputError, LookView
from puncta.clinic.looking import course_for, full_look, quick_look
from puncta.clinic.models import PlanRecord
from puncta.clinic.words import say


@page(Right.PLAN)
@require_POST
def look(request: HttpRequest, pk: str) -> HttpResponse:
    """A look at the settings in the page: nothing is written, and nobody's plan changes."""
    plan = fetch(request, PlanRecord, pk, Right.PLAN, "case__person")
    course = own_course(request.POST, plan.inputs.get("home_care", {}).get("products", []))
    if plan.state != "done":
        raise Http404
    values: dict[str, Any] = {"plan": plan}
    if course is None:
        values["problem"] = say("look.none")
        return render(request, "clinic/look.html", values, status=422)
    try:
        read = course_for(plan, course)
        if request.POST.get("bands") == "full":
            seen, made = full_look(plan, read)
            own = next(one for one in made.alternatives if one.course.name == read.name)
            values |= {"full": True, "agrees": own.second.agrees, "broken": len(own.broken_limits)}
        else:
            seen = quick_look(plan, read)
            if request.POST.get("bands") == "ready":
                return HttpResponse(status=204)
        values |= {"seen": seen, "charts": [_chart(seen, index) for index in range(len(seen.concerns))]}
    except InputError as error:
        values["problem"] = " ".join(sentences(entry) for entry in error.problems)
    except TooDeep as error:
        values["problem"] = str(error)
    return render(request, "clinic/look.html", values)


def _chart(seen: LookView, index: int) -> dict[str, Any]:
    one = seen.concerns[index]
    if one.line is None or one.change is None:
        return {"concern": one, "svg": ""}
    line = curve_of(one.line)
    endings = [
        Ending(line.median[-1], (say("look.median", value=one.change.value),), "median"),
        Ending(line.high80[-1], (say("look.of_80", value=words_of(round(line.high80[-1]))),), "edge"),
        Ending(line.low80[-1], (say("look.to", value=words_of(round(line.low80[-1]))),), "edge"),
    ]
    if one.untreated is not None and one.bare is not None:
        endings.append(
            Ending(float(one.bare.band.median[-1]), (say("look.untreated", value=one.untreated.value),), "bare")
        )
    drawn = Forecast(
        label=say("look.chart", title=one.title, change=one.change.text),
        end_day=seen.day,
        promised=line,
        bare=None if one.bare is None else curve_of(one.bare),
        visits=seen.visits,
        level=one.level,
        endings=tuple(endings),
        months=say("look.months"),
        thin=bool(one.thin),
    )
    return {"concern": one, "svg": forecast_chart(drawn)}
