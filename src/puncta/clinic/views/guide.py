"""Parts of the capture guide, from the clinic itself; nothing comes from anywhere else."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from puncta.clinic.access import Right, page
from puncta.clinic.guide import KINDS, VERSION, guide_folder

_YEAR = 365 * 24 * 3600


@page(Right.ADD_PHOTO)
def guide_part(request: HttpRequest, version: str, name: str) -> FileResponse:
    """One part; its address holds the version, so a browser keeps it."""
    place = guide_folder() / name
    if version != VERSION or name not in KINDS or not place.is_file():
        raise Http404
    response = FileResponse(place.open("rb"), content_type=KINDS[name])
    response["Cache-Control"] = f"private, max-age={_YEAR}, immutable"
    return response
