"""One visit's questionnaire and screening."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from puncta.clinic.models.person import Person
from puncta.clinic.models.record import Record


class Visit(Record):
    """Answers given on a day and what the rules said of them.

    ``answers`` is the history of the library's case; ``screening`` the record that the library wrote, as shown.
    """

    KIND: ClassVar[str] = "visit"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField()
    answers = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True)
    screening = models.JSONField(null=True)
    screened_at = models.DateTimeField(null=True)
    asides = models.JSONField(default=list)

    class Meta:
        indexes = (
            models.Index(fields=["person", "-created_at"], name="visit_latest"),
            models.Index(fields=["day"], name="visit_day"),
        )

    @property
    def action(self) -> str:
        """The gravest word of the screening; empty before it, and while a question that can stop is unanswered."""
        if not self.screening or (self.screening["unanswered"] and self.screening["action"] != "stop"):
            return ""
        return self.screening["action"]

    @property
    def allows(self) -> bool:
        """True where the screening lets a plan or session follow."""
        return bool(self.screening and self.screening["allows_plan"])
