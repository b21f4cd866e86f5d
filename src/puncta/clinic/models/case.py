"""The case and its plans, as the library reads and writes them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from puncta.clinic.models.person import Person
from puncta.clinic.models.record import Record


class CaseRecord(Record):
    """What is to change in one person; ``tree`` holds the tables of the library's case file."""

    KIND: ClassVar[str] = "case"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(max_length=120)
    tree = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["person", "-created_at"], name="case_latest"),)


class PlanRecord(Record):
    """One plan as it was shown: inputs, figures, pages; looking at it never computes again.

    ``onward`` holds promise and visits where the plan goes on from them.
    """

    CLINIC_PATH: ClassVar[str] = "case__person__clinic"
    KIND: ClassVar[str] = "plan"

    case = models.ForeignKey(CaseRecord, on_delete=models.PROTECT, related_name="plans")
    inputs = models.JSONField()
    state = models.CharField(max_length=10, default="waiting")
    progress = models.FloatField(default=0.0)
    problem = models.TextField(blank=True)
    record = models.JSONField(null=True)
    shown = models.JSONField(default=dict)
    chosen = models.CharField(max_length=60, blank=True)
    files = models.JSONField(default=dict)
    software = models.CharField(max_length=40, blank=True)
    accepted_at = models.DateTimeField(null=True)
    onward = models.JSONField(null=True)

    class Meta:
        indexes = (models.Index(fields=["case", "-created_at"], name="plan_latest"),)

    @property
    def alternative(self) -> dict[str, Any]:
        """The course that is chosen, from the record."""
        entries = (self.record or {}).get("alternatives", [])
        return next((entry for entry in entries if entry["course"] == self.chosen), {})
