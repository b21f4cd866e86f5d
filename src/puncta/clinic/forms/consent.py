"""The form under a consent: discussion noted, name, signature drawn or typed."""

from __future__ import annotations

import json
from typing import Any

from django import forms

from puncta.clinic.forms.base import ClinicForm
from puncta.clinic.words import said

_MOST_STROKES = 400
_MOST_POINTS = 6000
_WIDTH, _HEIGHT = 600, 200


class ConsentForm(ClinicForm):
    """What is filled in when somebody signs."""

    discussed = forms.CharField(
        label=said("consent.discussed"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=said("consent.discussed_help"),
    )
    signed_name = forms.CharField(label=said("consent.name"), max_length=160)
    strokes = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200_000)
    typed = forms.BooleanField(required=False)

    def clean_strokes(self) -> list[list[list[int]]]:
        """Points of the pen, in a box of 600 by 200."""
        try:
            given = json.loads(self.cleaned_data["strokes"] or "[]")
            strokes = [[[round(float(x)), round(float(y))] for x, y in stroke] for stroke in given]
        except (TypeError, ValueError):
            return []
        points = [point for stroke in strokes for point in stroke]
        inside = all(0 <= x <= _WIDTH and 0 <= y <= _HEIGHT for x, y in points)
        return strokes if inside and len(strokes) <= _MOST_STROKES and len(points) <= _MOST_POINTS else []

    def clean(self) -> dict[str, Any]:
        """A signature is drawn, or the name typed in its place."""
        given = super().clean() or {}
        drawn = sum(len(stroke) for stroke in given.get("strokes") or [])
        if drawn < 3 and not given.get("typed"):
            self.refuse("strokes", "consent.no_signature")
        return given


def signature_path(strokes: list[list[list[int]]]) -> str:
    """The strokes as one path of a drawing."""
    return " ".join("M" + " L".join(f"{x},{y}" for x, y in stroke) for stroke in strokes if stroke)
