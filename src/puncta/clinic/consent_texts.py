"""The consent texts a clinic begins with; it may write its own, each wording a version of its own in its language."""

from __future__ import annotations

from puncta.clinic.library import text
from puncta.clinic.models import Clinic, ConsentText
from puncta.clinic.models.consent import ConsentKind
from puncta.clinic.words import LANGUAGES


def first_body(kind: str, language: str) -> str:
    """The words of a consent before a clinic writes its own."""
    return text(f"clinic.consent_text.{kind}", language)


def first_texts(clinic: Clinic) -> None:
    """Give a new clinic its first texts, in every language."""
    for language in LANGUAGES:
        for kind in ConsentKind.values:
            body = first_body(kind, language)
            ConsentText.objects.create(clinic=clinic, kind=kind, language=language, version=1, body=body)


def latest_text(clinic: Clinic, kind: str, language: str) -> ConsentText | None:
    """The latest wording of a consent in one language; None where the clinic has none in it."""
    found = ConsentText.objects.filter(clinic=clinic, kind=kind, language=language)
    return found.order_by("version").last()


def current_text(clinic: Clinic, kind: str, language: str) -> ConsentText:
    """The wording that somebody reads: in their language where the clinic has one in it, else in English."""
    return latest_text(clinic, kind, language) or ConsentText.objects.filter(
        clinic=clinic, kind=kind, language="en"
    ).latest("version")
