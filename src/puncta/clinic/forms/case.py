"""The case's form: what is to change, where, with what; the library itself says what is wrong with it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict

from puncta.clinic.drawing import map_zones
from puncta.clinic.forms.base import ClinicForm, number_field
from puncta.clinic.library import VARIETIES, ConcernKind, InputError, LesionKind, Problem, scales, text
from puncta.clinic.names import cream_choices, device_choices, product_choices
from puncta.clinic.words import said, say

ROLES = ("ignore", "treat", "avoid")
CONCERNS = 3
LESIONS = 4
_MINUTES = 60


class CaseForm(ClinicForm):
    """Everything of a case but person, answers and policy, which are known already."""

    device = forms.ChoiceField(label=said("case.device"))
    session_product = forms.ChoiceField(label=said("case.session_product"), required=False)
    cream = forms.ChoiceField(label=said("case.cream"), required=False)
    cream_minutes = number_field("case.cream_minutes", 0, 300, required=False, initial=_MINUTES)
    home_product = forms.ChoiceField(label=said("case.home_product"), required=False)
    sunscreen = forms.BooleanField(label=said("case.sunscreen"), required=False, initial=True)
    max_sessions = number_field("case.max_sessions", 1, 12, required=False, initial=6)
    max_pain_score = number_field("case.max_pain", 0, 10, required=False, initial=7)

    def __init__(self, *args: Any, usual: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = [("", say("case.none"))]
        self.fields["device"].choices = device_choices()
        self.fields["device"].initial = usual.get("device", "dermapen_4")
        self.fields["session_product"].choices = none + product_choices()
        self.fields["session_product"].initial = usual.get("session_product", "sterile_saline")
        self.fields["cream"].choices = none + cream_choices()
        self.fields["home_product"].choices = none + product_choices()
        kinds = [("", say("case.none")), *((kind.value, text(f"report.concern.{kind.value}")) for kind in ConcernKind)]
        for index in range(CONCERNS):
            self._add(f"kind_{index}", forms.ChoiceField(label=said("case.concern"), choices=kinds, required=False))
            self._add(f"scale_{index}", forms.ChoiceField(label=said("case.scale"), choices=_scales(), required=False))
            self._add(f"severity_{index}", number_field("case.severity", 0, 100, required=False))
            self._add(
                f"variety_{index}", forms.ChoiceField(label=said("case.variety"), choices=_varieties(), required=False)
            )
        lesions = [("", say("case.none")), *((kind.value, text(f"report.lesion.{kind.value}")) for kind in LesionKind)]
        places = [
            ("", say("case.where")),
            *((key, _zone(key)) for region in ("face", "body") for key in map_zones(region)),
        ]
        for index in range(LESIONS):
            self._add(f"lesion_{index}", forms.ChoiceField(label=said("case.lesion"), choices=lesions, required=False))
            self._add(f"place_{index}", forms.ChoiceField(label=said("case.place"), choices=places, required=False))
            self._add(f"clearance_{index}", number_field("case.clearance", 0, 50, required=False, initial=5))
            self._add(f"examined_{index}", forms.BooleanField(label=said("case.examined"), required=False))

    def _add(self, name: str, field: forms.Field) -> None:
        if not isinstance(field.widget, forms.CheckboxInput):
            field.widget.attrs["class"] = "field"
        self.fields[name] = field

    def rows(self, names: tuple[str, ...], count: int) -> list[list[forms.BoundField]]:
        """Fields of repeated rows."""
        return [[self[f"{name}_{index}"] for name in names] for index in range(count)]

    @property
    def concern_rows(self) -> list[list[forms.BoundField]]:
        """Rows of concerns."""
        return self.rows(("kind", "scale", "severity", "variety"), CONCERNS)

    @property
    def lesion_rows(self) -> list[list[forms.BoundField]]:
        """Rows of lesions."""
        return self.rows(("lesion", "place", "clearance", "examined"), LESIONS)

    def tree(self, roles: dict[str, str]) -> dict[str, Any]:
        """The tables of the library's case file, as far as this form fills them."""
        given = self.cleaned_data
        treated = [zone for zone, role in roles.items() if role == "treat"]
        concerns = []
        for index in range(CONCERNS):
            if given.get(f"kind_{index}"):
                entry: dict[str, Any] = {"kind": given[f"kind_{index}"], "zones": treated}
                entry["scale"] = given.get(f"scale_{index}") or None
                entry["severity_score"] = given.get(f"severity_{index}")
                entry["variety"] = given.get(f"variety_{index}") or None
                concerns.append({key: value for key, value in entry.items() if value is not None})
        lesions = [
            {
                "kind": given[f"lesion_{index}"],
                "zone": given.get(f"place_{index}", ""),
                "examined": bool(given.get(f"examined_{index}")),
                "clearance_mm": given.get(f"clearance_{index}") or 0,
            }
            for index in range(LESIONS)
            if given.get(f"lesion_{index}")
        ]
        names = list(dict.fromkeys(entry["kind"] for entry in concerns))
        out: dict[str, Any] = {
            "title": ", ".join(text(f"report.concern.{kind}") for kind in names) or "-",
            "zones": [{"name": zone, "role": role} for zone, role in roles.items()],
            "concerns": concerns,
            "lesions": lesions,
            "device": {"name": given["device"]},
            "session_product": given.get("session_product") or None,
            "home_care": {
                "sunscreen": bool(given.get("sunscreen")),
                "products": [given["home_product"]] if given.get("home_product") else [],
            },
            "limits": {
                "max_sessions": int(given.get("max_sessions") or 6),
                "max_pain_score": 7.0 if given.get("max_pain_score") is None else given["max_pain_score"],
            },
        }
        if given.get("cream"):
            out["numbing"] = {"product": given["cream"], "minutes": given.get("cream_minutes") or _MINUTES}
        return out

    def take_problems(self, error: InputError) -> None:
        """Put each problem of the library beside the field it is about."""
        for problem in error.problems:
            self.add_error(self._field_of(problem.field), sentences(problem))

    def _field_of(self, place: str) -> str | None:
        found = re.match(r"(concerns|lesions)\[(\d+)\]\.?(\w*)", place)
        if found:
            group, number, name = found.groups()
            names = {"concerns": {"kind": "kind", "scale": "scale", "severity_score": "severity", "variety": "variety"}}
            names["lesions"] = {"kind": "lesion", "zone": "place", "clearance_mm": "clearance", "examined": "examined"}
            field = f"{names[group].get(name, '')}_{number}"
            return field if field in self.fields else None
        short = {"device.name": "device", "numbing.product": "cream", "numbing.minutes": "cream_minutes"}
        field = short.get(place, place.rsplit(".", 1)[-1])
        return field if field in self.fields else None


def sentences(problem: Problem) -> str:
    """A problem of the library as sentences: what is allowed, why, what to do."""
    allowed = say("form.allowed", allowed=problem.allowed) if problem.allowed else ""
    parts = [part.strip().rstrip(".") for part in (allowed, problem.why, problem.do) if part.strip()]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts) or str(problem)


def _zone(key: str) -> str:
    from puncta.clinic.names import zone_name

    return zone_name(key)


def _scales() -> list[tuple[str, Any]]:
    groups: list[tuple[str, Any]] = [("", say("case.choose_scale"))]
    for kind in ConcernKind:
        fitting = [(key, one.name) for key, one in scales().items() if kind.value in one.concerns]
        groups.append((text(f"report.concern.{kind.value}"), fitting))
    return groups


def _varieties() -> list[tuple[str, str]]:
    kinds = dict.fromkeys(word for words in VARIETIES.values() for word in words)
    return [("", say("case.mixed")), *((word, say(f"variety.{word}")) for word in kinds)]


def read_roles(given: QueryDict) -> dict[str, str]:
    """Roles of zones as they stand in the list beside the map."""
    found = {}
    for region in ("face", "body"):
        for zone in map_zones(region):
            role = given.get(f"zone_{zone}", "ignore")
            if role in ROLES and role != "ignore":
                found[zone] = role
    return found


def roles_of(tree: dict[str, Any]) -> dict[str, str]:
    """Roles of zones in the tables of a case."""
    return {entry["name"]: entry.get("role", "treat") for entry in tree.get("zones", [])}


def initial_of(tree: dict[str, Any]) -> dict[str, Any]:
    """The form's values for the tables of a case."""
    if not tree:
        return {}
    out: dict[str, Any] = {
        "device": tree["device"]["name"],
        "session_product": tree.get("session_product") or "",
        "cream": tree.get("numbing", {}).get("product", ""),
        "cream_minutes": tree.get("numbing", {}).get("minutes", _MINUTES),
        "home_product": next(iter(tree["home_care"]["products"]), ""),
        "sunscreen": tree["home_care"]["sunscreen"],
        "max_sessions": tree["limits"]["max_sessions"],
        "max_pain_score": tree["limits"]["max_pain_score"],
    }
    for index, entry in enumerate(tree["concerns"]):
        out |= {f"kind_{index}": entry["kind"], f"scale_{index}": entry.get("scale", "")}
        out |= {f"severity_{index}": entry.get("severity_score"), f"variety_{index}": entry.get("variety", "")}
    for index, entry in enumerate(tree["lesions"]):
        out |= {f"lesion_{index}": entry["kind"], f"place_{index}": entry["zone"]}
        out |= {f"clearance_{index}": entry["clearance_mm"], f"examined_{index}": entry["examined"]}
    return out
