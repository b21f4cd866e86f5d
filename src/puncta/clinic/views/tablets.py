"""Tablets: how they reach the clinic over its own network."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from puncta.clinic.access import Right, page
from puncta.clinic.authority import authority_mark
from puncta.clinic.folder import clinic_folder
from puncta.clinic.welcome import qr_path
from puncta.clinic.words import say


def _code(address: str, words: str, more: str = "") -> dict[str, Any]:
    size, path = qr_path(address)
    return {"address": address, "words": words, "size": size, "path": path, "more": more}


@page(Right.STAFF)
def tablets(request: HttpRequest) -> HttpResponse:
    """Two codes to hold a tablet's camera to, or how to let the network in."""
    known, values = settings.NETWORK, {"here": "clinic", "codes": []}
    if known.lan:
        port = int(request.get_port())
        own = known.certificate is None
        # by number: the name may be remembered as one that speaks HTTPS alone
        numbers = sorted(known.addresses, key=lambda one: ":" in one)
        first = (f"[{numbers[0]}]" if ":" in numbers[0] else numbers[0]) if numbers else known.name
        if own:
            values["codes"].append(_code(f"http://{first}:{port + 1}/", say("tablets.first")))
            values["mark"] = authority_mark(clinic_folder())
        also = say("tablets.also", address=f"https://{first}:{port}/") if first != known.name else ""
        values["codes"].append(_code(f"https://{known.name}:{port}/", say("tablets.second"), also))
    return render(request, "clinic/tablets.html", values)
