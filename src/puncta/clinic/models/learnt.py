"""What was learnt from a person's visits, as shown: the promise beside it never changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from puncta.clinic.models.case import CaseRecord, PlanRecord
from puncta.clinic.models.record import Record


class UpdateRecord(Record):
    """One update after a visit: what went in and what the library said, as shown.

    ``replan`` is what a search over the visits still to come found.
    """

    CLINIC_PATH: ClassVar[str] = "case__person__clinic"
    KIND: ClassVar[str] = "update"

    case = models.ForeignKey(CaseRecord, on_delete=models.PROTECT, related_name="updates")
    plan = models.ForeignKey(PlanRecord, on_delete=models.PROTECT, related_name="updates")
    state = models.CharField(max_length=10, default="waiting")
    inputs = models.JSONField(default=dict)
    record = models.JSONField(null=True)
    replan = models.JSONField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["case", "-created_at"], name="update_latest"),)
