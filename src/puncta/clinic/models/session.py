"""The session as it was delivered, zone by zone; signed, locked, and amended with reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from puncta.clinic.models.case import CaseRecord, PlanRecord
from puncta.clinic.models.person import Person
from puncta.clinic.models.record import Record
from puncta.clinic.models.visit import Visit

if TYPE_CHECKING:
    from django.db.models.manager import Manager


class NeedlingSession(Record):
    """One session; a draft until it is signed."""

    KIND: ClassVar[str] = "session"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sessions")
    case = models.ForeignKey(CaseRecord, on_delete=models.PROTECT, related_name="sessions")
    plan = models.ForeignKey(PlanRecord, null=True, on_delete=models.PROTECT, related_name="sessions")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    device = models.CharField(max_length=60)
    strokes_per_s = models.FloatField(null=True)
    speed_cm_per_s = models.FloatField(null=True)
    cream = models.CharField(max_length=60, blank=True)
    cream_g = models.FloatField(null=True)
    cream_cm2 = models.FloatField(null=True)
    cream_on = models.TimeField(null=True)
    cream_off = models.TimeField(null=True)
    product = models.CharField(max_length=60, blank=True)
    pain_score = models.PositiveSmallIntegerField(null=True)
    unwanted = models.CharField(max_length=30, blank=True)
    notes = models.TextField(max_length=4000, blank=True)
    typed = models.JSONField(default=dict)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "number"], name="one_session_number"),)
        indexes = (
            models.Index(fields=["person", "-day"], name="session_latest"),
            models.Index(fields=["day"], name="session_day"),
            models.Index(fields=["person"], condition=models.Q(signed_at=None), name="session_drafts"),
        )

    if TYPE_CHECKING:
        zones: Manager[SessionZone]

    @property
    def locked(self) -> bool:
        """True once it is signed."""
        return self.signed_at is not None


class SessionZone(models.Model):
    """What was done in one zone, beside what was planned."""

    session = models.ForeignKey(NeedlingSession, on_delete=models.CASCADE, related_name="zones")
    place = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=60)
    planned_dial_mm = models.FloatField(null=True)
    planned_passes = models.PositiveSmallIntegerField(null=True)
    dial_mm = models.FloatField()
    passes = models.PositiveSmallIntegerField()
    endpoint = models.CharField(max_length=20, blank=True)
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=["session", "zone"], name="one_zone_a_session"),)

    @property
    def changed_dial(self) -> bool:
        """True where the dial differs from the plan."""
        return self.planned_dial_mm is not None and self.dial_mm != self.planned_dial_mm

    @property
    def changed_passes(self) -> bool:
        """True where the passes differ from the plan."""
        return self.planned_passes is not None and self.passes != self.planned_passes


class Amendment(Record):
    """A correction to a signed session: what it said, what it says, and why."""

    CLINIC_PATH: ClassVar[str] = "session__person__clinic"
    KIND: ClassVar[str] = "amendment"

    session = models.ForeignKey(NeedlingSession, on_delete=models.PROTECT, related_name="amendments")
    field = models.CharField(max_length=60)
    before = models.TextField(blank=True)
    after = models.TextField(max_length=2000)
    reason = models.CharField(max_length=500)
