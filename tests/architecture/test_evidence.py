"""Every number has its unit, spread, kind and source, and is used by something."""

import dataclasses
import importlib
import pkgutil
import re
from pathlib import Path

import puncta
from puncta import units
from puncta.evidence import parameters, sources

SRC = Path(puncta.__file__).parent


def _parameter_classes() -> dict[str, type]:
    found = {}
    for module in pkgutil.walk_packages(puncta.__path__, "puncta."):
        if ".report" in module.name or ".cli" in module.name:
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and dataclasses.is_dataclass(value) and hasattr(value, "EVIDENCE"):
                found[value.__name__] = value
    return found


def test_every_parameter_has_meaning_and_a_source_that_exists() -> None:
    assert len(parameters()) > 300
    for entry in parameters().values():
        assert entry.means, entry.key
        assert all(key in sources() for key in entry.sources), entry.key


def test_every_field_of_a_parameters_dataclass_stands_in_the_evidence() -> None:
    classes = _parameter_classes()
    assert {"HealingParameters", "NeedlingParameters", "AppearanceParameters"} <= set(classes)
    for cls in classes.values():
        for field in dataclasses.fields(cls):
            assert f"{cls.EVIDENCE}.{field.name}" in parameters()


def test_no_parameter_of_a_model_is_left_unused() -> None:
    used = {
        f"{cls.EVIDENCE}.{field.name}" for cls in _parameter_classes().values() for field in dataclasses.fields(cls)
    }
    code = "\n".join(file.read_text() for file in SRC.rglob("*.py"))
    folders = ("zones.", "devices.", "compounds.", "products.", "numbing.", "scales.", "ranges.")
    unused = [
        key
        for key in parameters()
        if not key.startswith(folders)
        and key not in used
        and f'"{key}"' not in code
        and f".{key.split('.', 1)[1]}" not in code
        and f'"{key.split(".", 1)[1]}"' not in code
    ]
    assert not unused


def test_every_source_is_used() -> None:
    text = "\n".join(
        file.read_text() for file in (SRC / "evidence" / "data").rglob("*.toml") if file.parent.name != "sources"
    ) + "\n".join(file.read_text() for file in (SRC / "messages").rglob("*.toml"))
    unused = [key for key in sources() if not re.search(rf"\b{re.escape(key)}\b", text)]
    assert not unused


def test_a_length_or_time_in_the_evidence_carries_its_unit_in_its_name() -> None:
    """Healing and absorption keep the symbols of the literature; all others carry the suffix."""
    suffix_of_unit = {"mm": "_mm", "cm²": "_cm2", "per cm²": "_per_cm2", "kg": "_kg"}
    wrong = [
        key
        for key, entry in parameters().items()
        if entry.unit in suffix_of_unit
        and not key.startswith(("healing.", "absorption.", "channels."))
        and not any(part.endswith(suffix_of_unit[entry.unit]) for part in key.split("."))
    ]
    assert not wrong


def test_public_quantities_carry_their_unit() -> None:
    allowed_plain = {"value", "a", "b", "low", "high", "seed", "day", "days", "year", "step", "read_day"}
    wrong = []
    for module in pkgutil.walk_packages(puncta.__path__, "puncta."):
        if not module.name.startswith(
            ("puncta.case", "puncta.needling", "puncta.safety", "puncta.planning", "puncta.person")
        ):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if not (isinstance(value, type) and dataclasses.is_dataclass(value)) or value.__module__ != module.name:
                continue
            if hasattr(value, "EVIDENCE") or value.__name__.startswith("_"):
                continue
            wrong += [
                f"{value.__name__}.{field.name}"
                for field in dataclasses.fields(value)
                if str(field.type).startswith("float")
                and field.name not in allowed_plain
                and units.suffix_of(field.name) is None
                and field.name != "minutes"
            ]
    assert not wrong
