"""The style sheet as one cached text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from puncta.clinic.style import style_sheet


def style(request: HttpRequest) -> HttpResponse:
    """Tokens and rules; the address changes with them, so they may be kept."""
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(style_sheet(), content_type="text/css; charset=utf-8", headers=kept)
