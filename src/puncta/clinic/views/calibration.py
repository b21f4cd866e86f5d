"""How forecasts hold in this clinic."""

from __future__ import annotations

from html import escape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from puncta.clinic.access import Right, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.calibrating import calibration, reliability_chart
from puncta.clinic.words import say


@page(Right.HEALTH)
def calibrated(request: HttpRequest) -> HttpResponse:
    """Predicted against observed over everybody."""
    clinic = member_of(request).clinic
    found = calibration(clinic)
    for one in found["kinds"]:
        if one["enough"]:
            told = "; ".join(f"{100 * p.predicted:.0f}: {100 * p.observed:.0f}" for p in one["points"])
            one["chart"] = reliability_chart(
                one["points"], escape(say("calibration.chart", name=one["name"], told=told))
            )
    note(clinic, request.user, "listed", clinic)
    return render(request, "clinic/calibration.html", {**found, "here": "clinic"})
