"""Words on pages: the message catalogue in the reader's language, and what every page needs to know."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import get_language

from puncta.clinic.library import has_text, text

LANGUAGES = ("en", "es")


def say(key: str, /, **values: object) -> str:
    """A text of the clinic in the reader's language, in English where it is not translated yet."""
    language = get_language() or "en"
    if language not in LANGUAGES or not has_text(f"clinic.{key}", language):
        language = "en"
    return text(f"clinic.{key}", language, **values)


#: The same for what is made once, such as labels of forms.
said: Any = lazy(say, str)


def context(request: HttpRequest) -> dict[str, object]:
    """What every page needs to know."""
    from puncta.clinic.access import RIGHTS
    from puncta.clinic.style import style_version

    member = getattr(request, "member", None)
    return {
        "member": member,
        "rights": {right.name for right in RIGHTS.get(member.role, ())} if member else set(),
        "style_version": style_version(),
    }
