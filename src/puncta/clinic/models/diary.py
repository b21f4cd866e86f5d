"""What a person wrote down in the days after one session, and the library's reading of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from puncta.clinic.models.record import Record
from puncta.clinic.models.session import NeedlingSession


class DiaryRecord(Record):
    """The diary of one session.

    ``entries`` are the library's diary entries; ``compared`` its record of recovery, as shown, or null where the
    session has no plan to forecast from.
    """

    CLINIC_PATH: ClassVar[str] = "session__person__clinic"
    KIND: ClassVar[str] = "diary"

    session = models.OneToOneField(NeedlingSession, on_delete=models.PROTECT, related_name="diary")
    entries = models.JSONField(default=list)
    compared = models.JSONField(null=True)
