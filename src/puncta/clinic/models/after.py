"""What follows a session: unwanted events, dates to come, what the person says."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from puncta.clinic.models.person import Person
from puncta.clinic.models.record import Record
from puncta.clinic.models.session import NeedlingSession


class AdverseEvent(Record):
    """Something unwanted, graded 1 to 5."""

    KIND: ClassVar[str] = "adverse event"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="adverse_events")
    session = models.ForeignKey(NeedlingSession, null=True, on_delete=models.PROTECT, related_name="adverse_events")
    term = models.CharField(max_length=40)
    grade = models.PositiveSmallIntegerField()
    began_on = models.DateField()
    action = models.TextField(max_length=2000, blank=True)
    outcome = models.CharField(max_length=20, default="open")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["outcome", "-began_on"], name="adverse_open"),)


class LookedFor(Record):
    """Something unwanted that was looked for on a day and not there; what was there is an unwanted event."""

    KIND: ClassVar[str] = "look"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looks")
    session = models.ForeignKey(NeedlingSession, null=True, on_delete=models.PROTECT, related_name="looks")
    term = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "term", "day"], name="one_look_a_day"),)


class FollowUp(Record):
    """A date on which somebody is to be seen, called or photographed."""

    KIND: ClassVar[str] = "follow-up"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="follow_ups")
    session = models.ForeignKey(NeedlingSession, null=True, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=20)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    notes = models.TextField(max_length=2000, blank=True)

    class Meta:
        indexes = (models.Index(fields=["done_at", "due_on"], name="follow_up_due"),)


class Reported(Record):
    """One score on one day: a severity, satisfaction, a total of a questionnaire; blinded where no date was known."""

    KIND: ClassVar[str] = "score"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scores")
    scale = models.CharField(max_length=40)
    score = models.FloatField()
    day = models.DateField()
    blinded = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["person", "scale", "day"], name="score_course"),)
