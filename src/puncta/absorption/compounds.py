"""Compounds: the actives of products as a skin model sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from puncta.evidence import parameters

_PREFIX = "absorption.compounds."
_MW, _LOG_KOW = "mw_g_per_mol", "kow_log10"


@dataclass(frozen=True)
class Compound:
    """One active.

    Parameters
    ----------
    key : str
        Name, for example ``tranexamic_acid``.
    mw_g_per_mol : float
        Molecular weight.
    kow_log10 : float or None
        Octanol-water partition; None for macromolecules, where it means nothing.
    """

    key: str
    mw_g_per_mol: float
    kow_log10: float | None

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        """Evidence keys of its figures."""
        names = (_MW,) if self.kow_log10 is None else (_MW, _LOG_KOW)
        return tuple(f"{_PREFIX}{self.key}.{name}" for name in names)


@cache
def compounds() -> Mapping[str, Compound]:
    """All compounds by key.

    Examples
    --------
    >>> compounds()["lidocaine"].mw_g_per_mol
    234.3
    """
    known = parameters()
    names = [key.removeprefix(_PREFIX).removesuffix(f".{_MW}") for key in known if key.startswith(_PREFIX)]
    out = {}
    for name in names:
        if f"{_PREFIX}{name}.{_MW}" in known:
            log_kow = known.get(f"{_PREFIX}{name}.{_LOG_KOW}")
            weight = known[f"{_PREFIX}{name}.{_MW}"].value
            out[name] = Compound(name, weight, None if log_kow is None else log_kow.value)
    return MappingProxyType(out)
