"""Lots on the shelf and where each piece went."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from puncta.clinic.models.record import Record
from puncta.clinic.models.session import NeedlingSession
from puncta.clinic.models.staff import Clinic


class LotKind(models.TextChoices):
    """What a lot is of."""

    CARTRIDGE = "cartridge"
    CREAM = "cream"
    PRODUCT = "product"


class Lot(Record):
    """One lot with its expiry."""

    CLINIC_PATH: ClassVar[str] = "clinic"
    KIND: ClassVar[str] = "lot"

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="lots")
    kind = models.CharField(max_length=12, choices=LotKind.choices)
    name = models.CharField(max_length=60)
    lot = models.CharField(max_length=40)
    expires_on = models.DateField(null=True)
    pieces = models.PositiveIntegerField(default=0)
    recalled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["clinic", "kind", "name", "lot"], name="one_lot"),)
        indexes = (models.Index(fields=["clinic", "lot"], name="lot_named"),)


class LotUse(models.Model):
    """A piece of a lot used in a session; a cartridge's piece once and never again."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="uses")
    session = models.ForeignKey(NeedlingSession, on_delete=models.CASCADE, related_name="lot_uses")
    piece = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["lot", "piece"], condition=~models.Q(piece=""), name="one_use_a_piece"),
            models.UniqueConstraint(fields=["lot", "session", "piece"], name="one_row_a_use"),
        )
