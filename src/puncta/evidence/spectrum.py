"""Spectra: published tables over wavelength, with unit and source."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.errors import EvidenceError, nearest
from puncta.evidence.library import data_files, read_data, sources
from puncta.frozen import frozen


@frozen
class Spectrum:
    """A published table over evenly spaced wavelengths.

    Parameters
    ----------
    key : str
        Name of the table.
    means : str
        What it holds, in one line.
    unit : str
        Unit of the columns; empty for a pure number.
    source : str
        Key of the source.
    wavelength_nm : ndarray, shape (w,)
        Wavelengths, ascending.
    columns : mapping of str to ndarray, shape (w,)
        Values by name.
    """

    key: str
    means: str
    unit: str
    source: str
    wavelength_nm: NDArray[np.float64]
    columns: Mapping[str, NDArray[np.float64]]

    def at(self, column: str, wavelength_nm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Read a column at wavelengths, linear between those of the table.

        Raises
        ------
        EvidenceError
            Where a wavelength lies outside the table.
        """
        low, high = self.wavelength_nm[0], self.wavelength_nm[-1]
        if np.min(wavelength_nm) < low or np.max(wavelength_nm) > high:
            raise EvidenceError(f"spectrum {self.key}: known from {low:g} to {high:g} nm only")
        return np.interp(wavelength_nm, self.wavelength_nm, self.columns[column])


@cache
def spectra() -> Mapping[str, Spectrum]:
    """All spectra by name.

    Raises
    ------
    EvidenceError
        Where a table names an unknown source or its columns differ in length.

    Examples
    --------
    >>> sorted(spectra())
    ['colour_checker', 'daylight_d65', 'haemoglobin', 'observer_1931']
    """
    out = {}
    for file in data_files("spectra"):
        key, table = file.removesuffix(".toml"), read_data("spectra", file)
        columns = {name: np.array(values, dtype=np.float64) for name, values in table["columns"].items()}
        lengths = {values.shape[0] for values in columns.values()}
        if table["source"] not in sources() or len(lengths) != 1:
            raise EvidenceError(f"spectrum {key}: needs a known source and columns of one length")
        steps = np.arange(lengths.pop())
        wavelength_nm = table["wavelength_start_nm"] + table["wavelength_step_nm"] * steps
        for values in (wavelength_nm, *columns.values()):
            values.flags.writeable = False
        out[key] = Spectrum(
            key, table["means"], table["unit"], table["source"], wavelength_nm, MappingProxyType(columns)
        )
    return MappingProxyType(out)


def spectrum(key: str) -> Spectrum:
    """Look up one spectrum.

    Parameters
    ----------
    key : str
        Name of the table.

    Raises
    ------
    EvidenceError
        Where there is none, with the nearest names.

    Examples
    --------
    >>> import numpy as np
    >>> float(spectrum("daylight_d65").at("power", np.array([560.0]))[0])
    100.0
    """
    if key not in spectra():
        raise EvidenceError(f"there is no spectrum {key!r}; nearest: {nearest(key, spectra()) or 'none'}")
    return spectra()[key]
