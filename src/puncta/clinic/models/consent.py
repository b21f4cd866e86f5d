"""Consents: texts by version, and what was signed, frozen with the signature."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from puncta.clinic.models.person import Person
from puncta.clinic.models.record import Record
from puncta.clinic.models.staff import Clinic


class ConsentKind(models.TextChoices):
    """What is consented to; each apart from the others."""

    TREATMENT = "treatment"
    PHOTOGRAPHS = "photographs"
    MARKETING = "marketing"
    RESEARCH = "research"


class ConsentText(models.Model):
    """The clinic's words for one consent; a new wording is a new version."""

    CLINIC_PATH: ClassVar[str] = "clinic"

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="consent_texts")
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    language = models.CharField(max_length=5, default="en")
    version = models.PositiveIntegerField()
    body = models.TextField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["clinic", "kind", "language", "version"], name="one_consent_version"),
        )

    @property
    def mark(self) -> str:
        """What the page sends back, so that nobody signs other words than those that were read: ``es-1``."""
        return f"{self.language}-{self.version}"


class Consent(Record):
    """One signature under one text; text and strokes never change, a withdrawal is added."""

    KIND: ClassVar[str] = "consent"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    text_version = models.PositiveIntegerField()
    language = models.CharField(max_length=5, default="en")
    body = models.TextField()
    discussed = models.TextField(max_length=2000, blank=True)
    signed_name = models.CharField(max_length=160)
    strokes = models.JSONField()
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = (models.Index(fields=["person", "kind", "-signed_at"], name="consent_latest"),)

    @property
    def stands(self) -> bool:
        """True until it is withdrawn."""
        return self.withdrawn_at is None
