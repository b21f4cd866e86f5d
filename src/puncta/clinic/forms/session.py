"""The session's form: rows of zones, means with their lots, pain; a draft may be half empty, a signed one not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from puncta.clinic.forms.base import ClinicForm, number_field
from puncta.clinic.looked import ANSWERS
from puncta.clinic.lots import Label, read_expiry, read_label
from puncta.clinic.models import NeedlingSession, SessionZone
from puncta.clinic.names import cream_choices, product_choices, zone_name
from puncta.clinic.words import said, say

ENDPOINTS = ("red", "few", "many")
UNWANTED = ("none", "bruise", "faint", "other")
GRADES = (1, 2, 3, 4, 5)
_MOST_PASSES = 20
_LOTS = ("cartridge", "cream", "product")


def _time(key: str) -> forms.TimeField:
    return forms.TimeField(
        label=said(key), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


def _line(key: str, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=said(key), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off", **attrs})
    )


class SessionForm(ClinicForm):
    """Everything of a session but its zones."""

    cartridge_lot = _line("session.cartridge_lot")
    cartridge_expiry = _line("session.expiry", placeholder="2028-03")
    cream = forms.ChoiceField(label=said("session.cream"), required=False)
    cream_g = number_field("session.cream_g", 0, 500, required=False)
    cream_cm2 = number_field("session.cream_cm2", 1, 4000, required=False)
    cream_on = _time("session.cream_on")
    cream_off = _time("session.cream_off")
    cream_lot = _line("session.cream_lot")
    product = forms.ChoiceField(label=said("session.product"), required=False)
    product_lot = _line("session.product_lot")
    product_expiry = _line("session.expiry", placeholder="2027-11")
    strokes_per_s = number_field("session.strokes", 1, 300, required=False)
    speed_cm_per_s = number_field("session.speed", 0.1, 20, required=False)
    pain_score = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    unwanted = forms.ChoiceField(required=False)
    grade = forms.TypedChoiceField(label=said("session.grade"), coerce=int, empty_value=None, required=False)
    marks = forms.ChoiceField(required=False)
    notes = forms.CharField(
        label=said("session.notes"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", say("case.none"))]
        self.fields["cream"].choices = none + cream_choices()
        self.fields["product"].choices = none + product_choices()
        self.fields["pain_score"].choices = [(str(n), str(n)) for n in range(11)]
        self.fields["unwanted"].choices = [(key, say(f"unwanted.{key}")) for key in UNWANTED]
        self.fields["marks"].choices = [(key, say(f"looked.answer.{key}")) for key in ANSWERS]
        self.fields["grade"].choices = [("", "–"), *((str(n), say(f"grade.{n}")) for n in GRADES)]

    def label(self, kind: str) -> Label:
        """What was scanned or typed for a lot."""
        words = self.cleaned_data.get(f"{kind}_lot", "")
        found = read_label(words, pieces=kind == "cartridge") if words else Label("")
        return Label(found.lot, found.piece, found.expires_on or self.expiry(kind))

    def expiry(self, kind: str) -> date | None:
        """The expiry that was typed."""
        return read_expiry(self.cleaned_data.get(f"{kind}_expiry", ""))


@dataclass
class ZoneLine:
    """One zone with what stands in the page and what is wrong with it."""

    zone: SessionZone
    steps: tuple[float, ...]
    facts: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def steps_words(self) -> str:
        """Dial steps for the control."""
        return " ".join(f"{step:g}" for step in self.steps)

    def read(self, given: QueryDict) -> None:
        """Take dial, passes, end point and tick from the page."""
        zone, key = self.zone, self.zone.zone
        try:
            dial = float(given.get(f"dial_{key}", zone.dial_mm))
            passes = int(given.get(f"passes_{key}", zone.passes))
        except ValueError:
            self.errors.append(say("session.not_a_number", zone=zone_name(key)))
            return
        nearest = min(self.steps, key=lambda step: abs(step - dial), default=0.0)
        if not self.steps or abs(nearest - dial) > 1e-6:
            most = f"{max(self.steps, default=0):g}"
            self.errors.append(say("session.no_such_dial", zone=zone_name(key), dial=f"{dial:g}", most=most))
        else:
            zone.dial_mm = nearest
        if 1 <= passes <= _MOST_PASSES:
            zone.passes = passes
        else:
            self.errors.append(say("session.passes_between", zone=zone_name(key), most=_MOST_PASSES))
        endpoint = given.get(f"end_{key}", "")
        zone.endpoint = endpoint if endpoint in ENDPOINTS else ""
        zone.done = given.get(f"done_{key}") == "on"


def start_values(session: NeedlingSession) -> dict[str, Any]:
    """The form's values for a session."""
    names = ("cream", "cream_g", "cream_cm2", "cream_on", "cream_off", "product", "strokes_per_s", "speed_cm_per_s")
    values = {name: getattr(session, name) for name in names}
    values = {name: f"{value:g}" if isinstance(value, float) else value for name, value in values.items()}
    values |= {"pain_score": session.pain_score, "unwanted": session.unwanted, "notes": session.notes}
    return values | session.typed
