"""What photographs say: one alone, two against each other, and what graders saw who knew nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from puncta.clinic.models.photograph import Photograph
from puncta.clinic.models.record import Record
from puncta.clinic.models.staff import Clinic


class Reading(Record):
    """What the gate and the figures of one photograph said; no landmarks, no picture.

    ``state`` is waiting, measured, refused (and not decided yet), kept (not measurable, on purpose), unmeasured (of a
    view that is not measured) or failed. ``record`` is the library's record of a measurement, as shown.
    """

    CLINIC_PATH: ClassVar[str] = "photograph__person__clinic"
    KIND: ClassVar[str] = "reading"

    photograph = models.OneToOneField(Photograph, on_delete=models.PROTECT, related_name="reading")
    state = models.CharField(max_length=12, default="waiting")
    declared = models.JSONField(default=dict)
    record = models.JSONField(null=True)
    problem = models.TextField(blank=True)


class PairReading(Record):
    """Two photographs of one person compared: the library's record, and the pictures as they lie upon each other."""

    CLINIC_PATH: ClassVar[str] = "before__person__clinic"
    KIND: ClassVar[str] = "comparison"

    before = models.ForeignKey(Photograph, on_delete=models.PROTECT, related_name="compared_later")
    after = models.ForeignKey(Photograph, on_delete=models.PROTECT, related_name="compared_earlier")
    state = models.CharField(max_length=12, default="waiting")
    record = models.JSONField(null=True)
    problem = models.TextField(blank=True)
    files = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["before", "after"], name="one_comparison_a_pair"),)


class Grading(Record):
    """Pairs judged by one grader without dates, in an order that nobody knew; ``pairs`` hold ids of photographs.

    ``answers`` go by number of showing: which side looked better, and the score of each side where one was given.
    """

    CLINIC_PATH: ClassVar[str] = "clinic"
    KIND: ClassVar[str] = "grading"

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="gradings")
    seed = models.PositiveIntegerField()
    pairs = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    record = models.JSONField(null=True)
    done_at = models.DateTimeField(null=True)
