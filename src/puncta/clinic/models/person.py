"""The person: who they are, and what must be known at every visit."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any, ClassVar

from django.db import models

from puncta.clinic.models.record import Record
from puncta.clinic.models.staff import Clinic


def plain(words: str) -> str:
    """Words for searching: small letters, without accents."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


class Person(Record):
    """Somebody who is treated; the library knows the ``code`` alone, never a name."""

    CLINIC_PATH: ClassVar[str] = "clinic"
    KIND: ClassVar[str] = "person"

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="people")
    code = models.CharField(max_length=20)
    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=10, default="unstated")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, blank=True, default="")
    weight_kg = models.FloatField(null=True, blank=True)
    phototype = models.PositiveSmallIntegerField(null=True, blank=True)
    ita_degrees = models.FloatField(null=True, blank=True)
    allergies = models.TextField(max_length=2000, blank=True)
    medicines = models.TextField(max_length=2000, blank=True)
    notes = models.TextField(max_length=4000, blank=True)
    search = models.CharField(max_length=300, editable=False, default="")
    erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["clinic", "code"], name="one_code_a_clinic"),)
        indexes = (
            models.Index(fields=["clinic", "family_name", "given_name"], name="person_names"),
            models.Index(fields=["clinic", "born_on"], name="person_born"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def called(self) -> str:
        """Name as it is spoken; the code where there is none."""
        return f"{self.given_name} {self.family_name}".strip() or self.code

    def age_on(self, day: date) -> int:
        """Age in whole years; 0 where the birthday is not known."""
        if self.born_on is None:
            return 0
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))

    @staticmethod
    def search_words(values: dict[str, Any]) -> str:
        """What the search looks through."""
        born = values.get("born_on")
        parts = [values.get(name) or "" for name in ("family_name", "given_name", "code", "phone", "email")]
        return plain(" ".join([*parts, born.isoformat() if born else ""]))[:300]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the words for searching with what is saved."""
        self.search = self.search_words(vars(self))
        super().save(*args, **kwargs)
