"""Forms for what follows: dates, scores, unwanted events; and for the shelf."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from puncta.clinic.forms.base import ClinicForm, day_field, number_field
from puncta.clinic.lots import read_expiry
from puncta.clinic.models.stock import LotKind
from puncta.clinic.names import cream_choices, device_choices, product_choices, scale_choices
from puncta.clinic.words import said, say

#: Scores that no scale of the library holds: lowest and highest.
OWN_SCALES = {"satisfaction": (0, 10), "gais": (-1, 3), "confidence": (0, 10), "dlqi": (0, 30), "melasqol": (10, 70)}
TERMS = (
    "redness", "swelling", "pain", "burning", "itch", "bruise", "bleeding", "crust", "dry", "faint", "dark_marks",
    "tram_track", "granuloma", "infection", "herpes", "dermatitis", "lymph_node", "other",
)  # fmt: skip
OUTCOMES = ("open", "better", "gone", "lasting")
KINDS = ("call", "visit", "review")


class DueForm(ClinicForm):
    """A date to come."""

    kind = forms.ChoiceField(label=said("after.kind"))
    due_on = day_field("after.due_on")
    notes = forms.CharField(label=said("session.notes"), max_length=2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, say(f"follow.{kind}")) for kind in KINDS]


class ScoreForm(ClinicForm):
    """One score of today."""

    scale = forms.ChoiceField(label=said("after.scale"))
    score = forms.FloatField(
        label=said("after.score"), widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(key, say(f"score.{key}")) for key in OWN_SCALES]
        self.fields["scale"].choices = [(say("after.severity"), scale_choices()), (say("after.reported"), own)]

    def clean(self) -> dict[str, Any]:
        """A score lies within its scale."""
        from puncta.clinic.library import scales

        given = super().clean() or {}
        key, score = given.get("scale"), given.get("score")
        if key is None or score is None:
            return given
        low, high = OWN_SCALES[key] if key in OWN_SCALES else (scales()[key].low, scales()[key].high)
        if score < low or (high is not None and score > high):
            self.refuse("score", "form.between", low=f"{low:g}", high="–" if high is None else f"{high:g}")
        return given


class EventForm(ClinicForm):
    """Something unwanted."""

    term = forms.ChoiceField(label=said("after.term"))
    grade = forms.TypedChoiceField(label=said("session.grade"), coerce=int)
    began_on = day_field("after.began_on")
    action = forms.CharField(label=said("after.action"), max_length=2000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [(term, say(f"unwanted.{term}")) for term in TERMS]
        self.fields["grade"].choices = [(str(n), say(f"grade.{n}")) for n in range(1, 6)]
        self.fields["began_on"].initial = timezone.localdate()


class LotForm(ClinicForm):
    """A lot that comes onto the shelf."""

    kind = forms.ChoiceField(label=said("stock.kind"))
    name = forms.ChoiceField(label=said("stock.name"))
    lot = forms.CharField(label=said("stock.lot"), max_length=200)
    expiry = forms.CharField(
        label=said("session.expiry"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2028-03"}),
    )
    pieces = number_field("stock.pieces", 0, 100_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, say(f"lot.{kind}")) for kind in LotKind.values]
        groups = (("cartridge", device_choices()), ("cream", cream_choices()), ("product", product_choices()))
        self.fields["name"].choices = [(say(f"lot.{kind}"), entries) for kind, entries in groups]

    def clean_expiry(self) -> str:
        """Year and month, or a day."""
        given = self.cleaned_data["expiry"]
        if given and read_expiry(given) is None:
            self.refuse("expiry", "session.expiry_unread")
        return given
