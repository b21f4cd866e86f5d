"""Photographs: what was taken and how; the picture itself lies sealed under its own key."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from puncta.clinic.models.person import Person
from puncta.clinic.models.record import Record
from puncta.clinic.models.session import NeedlingSession


class Photograph(Record):
    """One photograph; without ``sealed_key`` nobody can open it again."""

    KIND: ClassVar[str] = "photograph"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="photographs")
    session = models.ForeignKey(NeedlingSession, null=True, on_delete=models.PROTECT, related_name="photographs")
    view = models.CharField(max_length=30)
    stage = models.CharField(max_length=20)
    taken_at = models.DateTimeField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_key = models.BinaryField(null=True)
    thumb_key = models.BinaryField(null=True)
    capture = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["person", "view", "-taken_at"], name="photograph_timeline"),
            models.Index(fields=["person", "-taken_at"], name="photograph_latest"),
        )
