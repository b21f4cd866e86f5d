"""Compounds: the actives of products as a skin model sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from puncta.errors import EvidenceError, InputError, Problem, nearest
from puncta.evidence import Record, read_record, records
from puncta.messages import text

_MW, _KOW = "mw_g_per_mol", "kow_log10"


@dataclass(frozen=True)
class Compound:
    """One active.

    Parameters
    ----------
    key : str
        Name of its record, for example ``tranexamic_acid``.
    name : str
        Name as people know it.
    mw_g_per_mol : float
        Molecular weight.
    kow_log10 : float or None
        Octanol-water partition; None for macromolecules, where it means nothing.
    record : Record
        Its figures with spread and source.
    """

    key: str
    name: str
    mw_g_per_mol: float
    kow_log10: float | None
    record: Record

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        """Evidence keys of its figures."""
        return tuple(self.record.key_of(figure) for figure in self.record.figures)


@cache
def compounds() -> Mapping[str, Compound]:
    """All compounds by key.

    Examples
    --------
    >>> compounds()["lidocaine"].mw_g_per_mol
    234.3
    """
    out: dict[str, Compound] = {}
    problems: list[Problem] = []
    for key, table in records("compounds").items():
        record = read_record("compounds", key, table, problems)
        weight = record.value(_MW)
        if weight is None or set(record.figures) - {_MW, _KOW} or set(record.facts) != {"name"}:
            raise EvidenceError(f"compounds.{key}: needs name and {_MW}, may have {_KOW}, and nothing else")
        out[key] = Compound(key, record.facts["name"], weight, record.value(_KOW), record)
    if problems:
        raise InputError("compounds", problems)
    return MappingProxyType(out)


def compound(key: str) -> Compound:
    """Look up one compound.

    Raises
    ------
    InputError
        Where there is none, with the nearest names.

    Examples
    --------
    >>> compound("hyaluronate").kow_log10 is None
    True
    """
    if key not in compounds():
        near, do = nearest(key, compounds()), text("products.product.compound")
        raise InputError("compound", [Problem("compound", key, near or ", ".join(compounds()), "", do)])
    return compounds()[key]
