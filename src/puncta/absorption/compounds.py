"""Compounds: the actives of products as a skin model sees them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.errors import InputError, Problem, nearest
from puncta.evidence import Record, own_tables, parameter, read_records, records
from puncta.frozen import frozen
from puncta.messages import text

Array = NDArray[np.float64]

_MW, _KOW, _SOLUBILITY, _VAPOUR = "mw_g_per_mol", "kow_log10", "solubility_percent", "vapour_pressure_log10"
_ACIDS, _BASES = ("acid_pka", "second_acid_pka"), ("base_pka",)
_UNBOUND = "unbound_fraction"
_EVAPORATES, _NEGLIGIBLE = "evaporates", "negligible"
_WHOLE_PERCENT = 100.0
# what a figure is held against; shares lie between nothing and all
_PLAUSIBLE = MappingProxyType(
    {
        _MW: "plausible_g_per_mol",
        _KOW: "plausible_kow_log10",
        _VAPOUR: "plausible_vapour_pressure_log10",
        **dict.fromkeys((*_ACIDS, *_BASES), "plausible_pka"),
    }
)
_SHARES = MappingProxyType({_SOLUBILITY: _WHOLE_PERCENT, _UNBOUND: 1.0})
_FIGURES = (*_PLAUSIBLE, *_SHARES)


@frozen
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
        Octanol-water partition of the form without charge; None for macromolecules, where it means nothing.
    acid_pka, base_pka : tuple of float
        Dissociation constants of its acids and bases; empty where it does not ionise, or where the partition and the
        solubility are those of all its forms together.
    solubility_percent : float or None
        What water dissolves of the form without charge, by weight.
    unbound_fraction : float or None
        Share not bound in plasma; None where it is not needed.
    vapour_pressure_log10 : float or None
        Vapour pressure at 25 °C in Pa, as a logarithm; None where it is negligible.
    record : Record
        Its figures with spread and source.
    """

    key: str
    name: str
    mw_g_per_mol: float
    kow_log10: float | None
    acid_pka: tuple[float, ...]
    base_pka: tuple[float, ...]
    solubility_percent: float | None
    unbound_fraction: float | None
    vapour_pressure_log10: float | None
    record: Record

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        """Evidence keys of its figures."""
        return tuple(self.record.key_of(figure) for figure in self.record.figures)

    def fraction_unionised(self, ph: float | Array) -> Array:
        """Share of its molecules without net charge.

        Parameters
        ----------
        ph : float or ndarray
            Acidity, 0 to 14.

        Returns
        -------
        ndarray
            Share from 0 to 1, of the shape given; 1 for a compound without dissociation constants.

        Notes
        -----
        A zwitterion counts as without charge, since its partition is measured so.

        Examples
        --------
        >>> float(compounds()["lidocaine"].fraction_unionised(7.9).round(2))
        0.5
        >>> float(compounds()["tranexamic_acid"].fraction_unionised(7.0).round(2))
        1.0
        """
        at = np.asarray(ph, dtype=float)
        minus = _charges([10 ** (at - pka) for pka in self.acid_pka], at)
        plus = _charges([10 ** (pka - at) for pka in self.base_pka], at)
        return np.sum([a * b for a, b in zip(minus, plus, strict=False)], axis=0)[()]

    def dissolves_percent(self, ph: float) -> float:
        """What water of an acidity dissolves of it in all its forms, by weight; all where it is not known.

        Examples
        --------
        >>> azelaic = compounds()["azelaic_acid"]
        >>> azelaic.dissolves_percent(3.0) < 0.3, azelaic.dissolves_percent(7.0) > 10
        (True, True)
        """
        if self.solubility_percent is None:
            return _WHOLE_PERCENT
        return float(min(_WHOLE_PERCENT, self.solubility_percent / self.fraction_unionised(ph)))


def _charges(ratios: list[Array], at: Array) -> list[Array]:
    """Share of molecules with 0, 1, 2 ... charges; each ratio is that of one more charge to one less."""
    shares = [np.ones_like(at)]
    for ratio in ratios:
        shares.append(shares[-1] * ratio)
    whole = np.sum(shares, axis=0)
    return [share / whole for share in shares]


@cache
def compounds() -> Mapping[str, Compound]:
    """All built-in compounds by key.

    Examples
    --------
    >>> compounds()["lidocaine"].mw_g_per_mol
    234.3
    """
    return read_records("compounds", records("compounds"), "compounds", _made)


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


def read_compounds(folder: str | Path) -> Mapping[str, Compound]:
    """Read somebody's own compounds through the same checks as the built-in ones.

    Parameters
    ----------
    folder : str or Path
        Folder with one TOML file per compound.

    Returns
    -------
    mapping of str to Compound
        Compounds by file name without ending.

    Raises
    ------
    InputError
        With everything that is wrong in the folder.

    Examples
    --------
    >>> import tempfile
    >>> dict(read_compounds(tempfile.mkdtemp()))
    {}
    """
    return read_records("compounds", own_tables(folder), str(folder), _made)


def _made(record: Record, problems: list[Problem]) -> Compound | None:
    _check_facts(record, problems)
    _check_figures(record, problems)
    weight = record.value(_MW)
    # a weight that is there but flawed has been told already
    if weight is None and not any(problem.field.startswith(f"{record.key}.{_MW}") for problem in problems):
        problems.append(Problem(f"{record.key}.{_MW}", "", "", "", text("products.record.missing_figure")))
    if problems or weight is None:
        return None
    return Compound(
        record.key,
        record.facts["name"],
        weight,
        record.value(_KOW),
        tuple(record.figures[name].value for name in _ACIDS if name in record.figures),
        tuple(record.figures[name].value for name in _BASES if name in record.figures),
        record.value(_SOLUBILITY),
        record.value(_UNBOUND),
        record.value(_VAPOUR),
        record,
    )


def _check_facts(record: Record, problems: list[Problem]) -> None:
    known = ("name", _EVAPORATES)
    for name in record.facts:
        if name not in known:
            near = nearest(name, (*known, *_FIGURES))
            problems.append(Problem(f"{record.key}.{name}", name, near, "", text("products.record.unknown_field")))
    if not record.facts.get("name"):
        given = repr(record.facts.get("name"))
        problems.append(Problem(f"{record.key}.name", given, "", "", text("products.record.name")))
    said = record.facts.get(_EVAPORATES)
    if (said is None) == (_VAPOUR not in record.figures) or said not in (None, _NEGLIGIBLE):
        allowed, do = _NEGLIGIBLE, text("products.compound.evaporates", figure=_VAPOUR)
        problems.append(Problem(f"{record.key}.{_EVAPORATES}", repr(said), allowed, "", do))


def _check_figures(record: Record, problems: list[Problem]) -> None:
    for name, figure in record.figures.items():
        field, given = f"{record.key}.{name}", f"{figure.value:g}"
        if name not in _FIGURES:
            near = nearest(name, _FIGURES) or ", ".join(_FIGURES)
            problems.append(Problem(field, name, near, "", text("products.record.unknown_field")))
            continue
        if name in _SHARES:
            low, high, inside = 0.0, _SHARES[name], 0.0 < figure.value <= _SHARES[name]
        else:
            range_of = parameter(f"absorption.{_PLAUSIBLE[name]}").spread
            low, high, inside = range_of.a, range_of.b, range_of.a <= figure.value <= range_of.b
        if not inside:
            why, do = text("products.compound.implausible"), text("products.compound.mend")
            problems.append(Problem(field, given, f"{low:g} to {high:g}", why, do))
