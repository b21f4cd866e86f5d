"""The evidence library: reads the TOML files once, checks them, and hands out parameters, sources and records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from puncta.errors import EvidenceError, nearest
from puncta.evidence.parameter import Parameter
from puncta.evidence.source import SEEN, SOURCE_KINDS, Source
from puncta.kept import toml_tables

_FORMAT = 1


def read_data(*path: str) -> dict[str, Any]:
    """Read one TOML file of the evidence folder and check its format number."""
    table = dict(_tables()["/".join(path)])
    if table.pop("format", None) != _FORMAT:
        raise EvidenceError(f"{path[-1]}: format must be {_FORMAT}")
    return table


@cache
def _tables() -> Mapping[str, dict[str, Any]]:
    return toml_tables(files("puncta.evidence").joinpath("data"))


def data_files(*folder: str) -> tuple[str, ...]:
    """List the TOML files of a folder of the evidence data, in order of name."""
    way = "".join(f"{name}/" for name in folder)
    inside = (path.removeprefix(way) for path in _tables() if path.startswith(way))
    return tuple(sorted(name for name in inside if "/" not in name))


def _parameters_in(table: Mapping[str, Any], prefix: str) -> Iterator[Parameter]:
    for name, entry in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if isinstance(entry, Mapping):
            if "value" in entry:
                yield Parameter.read(key, entry)
            else:
                yield from _parameters_in(entry, key)


@cache
def sources() -> Mapping[str, Source]:
    """All sources by key.

    Examples
    --------
    >>> sources()["dogra_2014"].year
    2014
    """
    out: dict[str, Source] = {}
    for file in data_files("sources"):
        for key, entry in read_data("sources", file).items():
            if key in out:
                raise EvidenceError(f"source {key} is written twice")
            if entry.get("kind") not in SOURCE_KINDS or entry.get("seen") not in SEEN or not entry.get("title"):
                known = f"kind ({', '.join(SOURCE_KINDS)}), seen ({', '.join(SEEN)})"
                raise EvidenceError(f"source {key}: needs title, {known}")
            out[key] = Source(
                key, entry["title"], entry["kind"], entry["seen"], entry.get("year"), entry.get("identifier", "")
            )
    return MappingProxyType(out)


@cache
def parameters() -> Mapping[str, Parameter]:
    """All parameters by dotted key: of the models, and of the zones, devices and products.

    Raises
    ------
    EvidenceError
        Where a parameter names an unknown source, or a figure that is only recalled claims to be more than assumed.

    Examples
    --------
    >>> parameters()["healing.mun"].unit
    '1/d'
    """
    out: dict[str, Parameter] = {}
    found: list[Parameter] = []
    for file in data_files("parameters"):
        found += _parameters_in(read_data("parameters", file), file.removesuffix(".toml"))
    for folder in ("zones", "devices", "compounds", "products", "numbing", "scales"):
        for file in data_files(folder):
            found += _parameters_in(read_data(folder, file), f"{folder}.{file.removesuffix('.toml')}")
    for entry in found:
        check_sources(entry)
        out[entry.key] = entry
    return MappingProxyType(out)


def check_sources(entry: Parameter) -> None:
    """Refuse a parameter with an unknown source, or with only recalled sources that claims to be more than assumed."""
    if not entry.sources:
        raise EvidenceError(f"{entry.key}: needs a source")
    for key in entry.sources:
        if key not in sources():
            raise EvidenceError(f"{entry.key}: unknown source {key!r}; nearest: {nearest(key, sources())}")
    if entry.kind != "assumed" and all(sources()[key].seen == "recalled" for key in entry.sources):
        raise EvidenceError(f"{entry.key}: a recalled figure may enter only as assumed")


def parameter(key: str) -> Parameter:
    """Look up one parameter.

    Parameters
    ----------
    key : str
        Dotted name.

    Raises
    ------
    EvidenceError
        Where there is none, with the nearest names.

    Examples
    --------
    >>> parameter("healing.mun").value
    1.02
    """
    if key not in parameters():
        raise EvidenceError(f"there is no parameter {key!r}; nearest: {nearest(key, parameters()) or 'none'}")
    return parameters()[key]


def source(key: str) -> Source:
    """Look up one source.

    Examples
    --------
    >>> source("dogra_2014").kind
    'paper'
    """
    if key not in sources():
        raise EvidenceError(f"there is no source {key!r}; nearest: {nearest(key, sources()) or 'none'}")
    return sources()[key]


@cache
def records(folder: str) -> Mapping[str, Mapping[str, Any]]:
    """Read a folder of records (zones, devices, products, numbing): one TOML file per record, raw tables by name.

    Examples
    --------
    >>> records("devices")["exceed"]["kind"]
    'pen'
    """
    return MappingProxyType({file.removesuffix(".toml"): read_data(folder, file) for file in data_files(folder)})
