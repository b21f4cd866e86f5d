"""The audit: who did what to which record; ids and digests only, each entry holding the one before it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from puncta.clinic.models.staff import Clinic


class AuditEntry(models.Model):
    """One line; the database itself refuses to change or drop it."""

    CLINIC_PATH: ClassVar[str] = "clinic"

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="audit")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    object_id = models.CharField(max_length=40, blank=True)
    content = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["clinic", "number"], name="one_audit_number"),)
        indexes = (models.Index(fields=["clinic", "object_id"], name="audit_object"),)
