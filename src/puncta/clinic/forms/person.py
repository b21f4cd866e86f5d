"""The person's form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from puncta.clinic.forms.base import ClinicForm, day_field, number_field
from puncta.clinic.names import phototype_name
from puncta.clinic.words import LANGUAGES, said, say

_OLDEST_YEARS = 120
_PHOTOTYPES = range(1, 7)


class PersonForm(ClinicForm):
    """Who somebody is; little is asked that safety does not need."""

    family_name = forms.CharField(label=said("person.family_name"), max_length=80)
    given_name = forms.CharField(label=said("person.given_name"), max_length=80, required=False)
    born_on = day_field("person.born_on")
    sex = forms.ChoiceField(label=said("person.sex"))
    phone = forms.CharField(label=said("person.phone"), max_length=40, required=False)
    email = forms.EmailField(label=said("person.email"), required=False)
    language = forms.ChoiceField(label=said("person.language"), required=False, help_text=said("person.language_help"))
    weight_kg = number_field("person.weight_kg", 20, 300, required=False, help_text=said("person.weight_help"))
    phototype = forms.TypedChoiceField(label=said("person.phototype"), coerce=int, empty_value=None, required=False)
    ita_degrees = number_field("person.ita_degrees", -90, 90, required=False, help_text=said("person.ita_help"))
    allergies = forms.CharField(
        label=said("person.allergies"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    medicines = forms.CharField(
        label=said("person.medicines"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    notes = forms.CharField(
        label=said("person.notes"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    HEALTH = ("weight_kg", "phototype", "ita_degrees", "allergies", "medicines", "notes")

    def __init__(self, *args: Any, health: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not health:
            for name in self.HEALTH:
                del self.fields[name]
        self.fields["sex"].choices = [(key, say(f"sex.{key}")) for key in ("female", "male", "unstated")]
        self.fields["sex"].initial = "unstated"
        tongues = [(key, say(f"language.{key}")) for key in LANGUAGES]
        self.fields["language"].choices = [("", say("form.not_known")), *tongues]
        if health:
            types = [(str(n), phototype_name(n)) for n in _PHOTOTYPES]
            self.fields["phototype"].choices = [("", say("form.not_known")), *types]

    def clean_born_on(self) -> date:
        """A birthday lies in the past, and not too far."""
        born = self.cleaned_data["born_on"]
        today = timezone.localdate()
        if born > today:
            self.refuse("born_on", "person.born_future")
        elif today.year - born.year > _OLDEST_YEARS:
            self.refuse("born_on", "person.born_long_ago")
        return born
