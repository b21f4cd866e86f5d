"""The consent texts a clinic begins with; it may write its own, each wording a version of its own."""

from __future__ import annotations

from puncta.clinic.models import Clinic, ConsentText
from puncta.clinic.models.consent import ConsentKind
from puncta.clinic.words import say


def first_texts(clinic: Clinic) -> None:
    """Give a new clinic its first texts."""
    for kind in ConsentKind.values:
        ConsentText.objects.create(clinic=clinic, kind=kind, version=1, body=say(f"consent_text.{kind}"))


def current_text(clinic: Clinic, kind: str) -> ConsentText:
    """The latest wording of a consent."""
    return ConsentText.objects.filter(clinic=clinic, kind=kind).latest("version")
