"""Every page: what all templates may read, whoever looks at them."""

from __future__ import annotations

from django.http import HttpRequest

from puncta.clinic.access import RIGHTS
from puncta.clinic.library import unreviewed
from puncta.clinic.style import style_version
from puncta.clinic.words import language


def context(request: HttpRequest) -> dict[str, object]:
    """What every page needs to know."""
    member = getattr(request, "member", None)
    return {
        "member": member,
        "rights": {right.name for right in RIGHTS.get(member.role, ())} if member else set(),
        "style_version": style_version(),
        "language": language(),
        "unreviewed": unreviewed(language()),
    }
