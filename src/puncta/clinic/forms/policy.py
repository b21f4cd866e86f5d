"""The clinic's own choices: what is usual, what holds where bodies disagree, the words of consents."""

from __future__ import annotations

from typing import Any

from django import forms

from puncta.clinic.forms.base import ClinicForm, number_field
from puncta.clinic.library import guidances
from puncta.clinic.models import Clinic
from puncta.clinic.names import device_choices, product_choices
from puncta.clinic.research import k_of
from puncta.clinic.words import said, say


def text_field(kind: str, tongue: str) -> str:
    """Name of the field for one wording.

    Examples
    --------
    >>> text_field("treatment", "es")
    'text_treatment_es'
    """
    return f"text_{kind}_{tongue}"


class PolicyForm(ClinicForm):
    """Everything an owner may choose for the clinic."""

    name = forms.CharField(label=said("policy.name"), max_length=120)
    phone = forms.CharField(label=said("policy.phone"), max_length=40, required=False)
    device = forms.ChoiceField(label=said("policy.device"))
    session_product = forms.ChoiceField(label=said("case.session_product"), required=False)
    operator_max_mm = number_field("policy.operator_max_mm", 0.1, 3, required=False)
    retention_years = number_field("policy.retention_years", 1, 100, help_text=said("policy.retention_help"))
    k = number_field("policy.k", 2, 100, help_text=said("policy.k_help"))
    measure = forms.ChoiceField(label=said("policy.measure"), help_text=said("policy.measure_help"))

    def __init__(self, *args: Any, clinic: Clinic, wordings: dict[tuple[str, str], str], **kwargs: Any) -> None:
        choices = clinic.policy.get("choices", {})
        usual = {"device": "dermapen_4", "session_product": "sterile_saline", **clinic.usual}
        start = {name: getattr(clinic, name) for name in ("name", "phone", "retention_years")} | usual
        start |= {"k": k_of(clinic), "measure": "yes" if clinic.usual.get("measure", True) else "no"}
        start["operator_max_mm"] = clinic.policy.get("operator_max_mm")
        super().__init__(*args, initial=start, **kwargs)
        self.fields["device"].choices = device_choices()
        self.fields["measure"].choices = [("yes", say("measure.yes")), ("no", say("measure.no"))]
        self.fields["session_product"].choices = [("", say("case.none")), *product_choices()]
        for key, entry in guidances().items():
            positions = [(one.key, f"{one.says} ({one.year})") for one in entry.positions]
            field = forms.ChoiceField(label=entry.question, choices=positions, widget=forms.RadioSelect)
            field.initial = choices.get(key, entry.positions[0].key)
            self.fields[f"choice_{key}"] = field
        for (kind, tongue), body in wordings.items():
            label = f"{say(f'consent.{kind}')}, {say(f'language.{tongue}')}"
            field = forms.CharField(label=label, max_length=8000, initial=body, required=True)
            field.widget = forms.Textarea(attrs={"rows": 6, "class": "field", "lang": tongue})
            self.fields[text_field(kind, tongue)] = field

    @property
    def plain(self) -> list[forms.BoundField]:
        """Fields of the clinic."""
        return [field for field in self if not field.name.startswith(("choice_", "text_"))]

    @property
    def positions(self) -> list[forms.BoundField]:
        """Questions on which bodies disagree."""
        return [field for field in self if field.name.startswith("choice_")]

    @property
    def texts(self) -> list[forms.BoundField]:
        """Wordings of consents."""
        return [field for field in self if field.name.startswith("text_")]

    def usual(self) -> dict[str, Any]:
        """What is at hand, and how the clinic works: kept beside the policy that the library reads."""
        given = self.cleaned_data
        own = {"k": int(given["k"]), "measure": given["measure"] == "yes"}
        return {"device": given["device"], "session_product": given["session_product"], **own}

    def policy(self) -> dict[str, Any]:
        """The policy as the library reads it; only what differs from the first position is kept."""
        given = self.cleaned_data
        choices = {
            key: given[f"choice_{key}"]
            for key, entry in guidances().items()
            if given[f"choice_{key}"] != entry.positions[0].key
        }
        out: dict[str, Any] = {"choices": choices} if choices else {}
        if given["operator_max_mm"] is not None:
            out["operator_max_mm"] = given["operator_max_mm"]
        return out
