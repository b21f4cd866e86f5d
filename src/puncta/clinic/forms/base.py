"""The common ground of all forms: labels from the catalogue, fields that look alike."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from puncta.clinic.words import said, say

_PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput, forms.FileInput)


def day_field(key: str, **options: Any) -> forms.DateField:
    """A day, typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=said(key), widget=widget, **options)


def number_field(key: str, low: float, high: float, **options: Any) -> forms.FloatField:
    """A number between two ends, said together with them where it lies outside."""
    outside = said("form.between", low=f"{low:g}", high=f"{high:g}")
    return forms.FloatField(
        label=said(key),
        min_value=low,
        max_value=high,
        error_messages={"min_value": outside, "max_value": outside, "invalid": said("form.number")},
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        **options,
    )


def shown_version(data: Any) -> int:
    """The version of the record that a page showed; 0, which no record has, where it says none."""
    given = str(data.get("version", "0"))
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def mark_of(values: Mapping[str, Any]) -> str:
    """A mark of values that carry no version: it changes with any of them."""
    return hashlib.sha256(json.dumps(dict(values), sort_keys=True, default=str).encode()).hexdigest()[:16]


class ClinicForm(forms.Form):
    """A form of the clinic."""

    error_css_class = "err"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = say("form.required")
            if not isinstance(field.widget, _PLAIN):
                field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} field".strip()

    def refuse(self, name: str | None, key: str, **values: object) -> None:
        """Add one problem, in words of the catalogue."""
        self.add_error(name, ValidationError(say(key, **values)))

    def given_version(self) -> int:
        """The version of the record that the page showed."""
        return shown_version(self.data)

    def refuse_stale(self, mark: str) -> None:
        """Refuse where somebody else saved since the page was opened, and say what stands now."""
        if self.is_bound and self.data.get("version") != mark:
            told = [
                f"{field.label}: {self.initial.get(name) if self.initial.get(name) not in (None, '') else '–'}"
                for name, field in self.fields.items()
                if str(self.initial.get(name) or "") != str(self.data.get(name) or "") and name != "password"
            ]
            self.refuse(None, "form.conflict", what="; ".join(told) or "–")
