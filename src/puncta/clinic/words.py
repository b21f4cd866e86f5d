"""Words on pages: the message catalogue in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from puncta.clinic.library import has_text, text

LANGUAGES = ("en", "es")


def language() -> str:
    """The reader's language, where there are texts in it."""
    found = get_language() or "en"
    return found if found in LANGUAGES else "en"


def spoken(person: Any, reader: str = "") -> str:
    """The language in which a person reads: their own where it is on record, else that of who sits before the page.

    Parameters
    ----------
    person : Person
        Who is spoken to.
    reader : str
        Language of the reader where no page is being answered.
    """
    own = person.language or reader or language()
    return own if own in LANGUAGES else "en"


def told(key: str, /, **values: object) -> str:
    """A text of the library in the reader's language, in English where it is not translated yet."""
    own = language()
    return text(key, own if has_text(key, own) else "en", **values)


def say(key: str, /, **values: object) -> str:
    """A text of the clinic in the reader's language, in English where it is not translated yet."""
    return told(f"clinic.{key}", **values)


#: The same for what is made once, such as labels of forms.
said: Any = lazy(say, str)
