"""Who works here: accounts, clinics, and what a person may do in which."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a member of a clinic is."""

    OWNER = "owner"
    PRACTITIONER = "practitioner"
    NURSE = "nurse"
    ASSISTANT = "assistant"
    AUDITOR = "auditor"


class User(AbstractUser):
    """An account; ``quick_hash`` is the Argon2 hash of the short code that ends an idle lock.

    ``must_change`` is true while the password is one that somebody else chose.
    """

    language = models.CharField(max_length=5, default="en")
    quick_hash = models.CharField(max_length=256, blank=True)
    must_change = models.BooleanField(default=False)

    @property
    def called(self) -> str:
        """The name that stands under what the account signs."""
        return self.get_full_name() or self.username


class Clinic(models.Model):
    """A clinic with its own people, stock and rules.

    ``policy`` is the tree of the library's clinic policy; ``usual`` holds the device, cream and product at hand.
    """

    name = models.CharField(max_length=120)
    policy = models.JSONField(default=dict)
    usual = models.JSONField(default=dict)
    phone = models.CharField(max_length=40, blank=True)
    retention_years = models.PositiveSmallIntegerField(default=10)
    next_code = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One account in one clinic; ``max_depth_mm`` is what its licence allows."""

    CLINIC_PATH: ClassVar[str] = "clinic"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    max_depth_mm = models.FloatField(null=True, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "clinic"], name="one_membership"),)
