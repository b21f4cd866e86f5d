"""What every record has: an id nobody can guess, who and when, and a version against two hands at once."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class ConflictError(Exception):
    """Somebody else changed the record since this page was opened."""

    def __init__(self, record: Record) -> None:
        self.record = record
        super().__init__("changed meanwhile")


class Record(models.Model):
    """A record of one clinic.

    ``CLINIC_PATH`` leads from it to the clinic that owns it: the only way in is through that path.
    """

    CLINIC_PATH: ClassVar[str] = "person__clinic"
    KIND: ClassVar[str] = ""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        """The id as text, for addresses and the audit."""
        return str(self.pk)

    def save_over(self, version: int, user: Any, **values: Any) -> Self:
        """Write values over the version that the page showed.

        Raises
        ------
        ConflictError
            Where somebody else was faster; nothing is written.
        """
        now = timezone.now()
        stamped = {**values, "version": version + 1, "changed_at": now, "changed_by": user}
        if not type(self).objects.filter(pk=self.pk, version=version).update(**stamped):
            fresh = type(self).objects.get(pk=self.pk)
            raise ConflictError(fresh)
        for name, value in stamped.items():
            setattr(self, name, value)
        return self
