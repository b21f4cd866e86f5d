"""Pages that say no, each in one clear message."""

from __future__ import annotations

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from puncta.clinic.words import say


def refused(request: HttpRequest, kind: str, status: int, **values: object) -> HttpResponse:
    """One page of refusal."""
    here = request.headers.get("Referer", "/") if request.method == "POST" else "/"
    try:
        known = url_has_allowed_host_and_scheme(here, {request.get_host()})
    except DisallowedHost:
        known = False
    here = here if known else "/"
    return render(
        request,
        "clinic/refused.html",
        {"heading": say(f"refused.{kind}.title"), "words": say(f"refused.{kind}.text", **values), "back": here},
        status=status,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, or nothing that concerns this account: the same words for both."""
    return refused(request, "not_found", 404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The role does not include this."""
    return refused(request, "not_allowed", 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What came in makes no sense."""
    return refused(request, "bad_request", 400)


def not_offered(request: HttpRequest) -> HttpResponse:
    """Pages of the log-in library that a clinic without mail has no use for."""
    return refused(request, "not_found", 404)


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was opened before the last log-in, or by another site."""
    return refused(request, "stale_page", 403)
