"""Fitted: joint draws that a calibration left behind, refused where the values they were fitted with have changed."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.errors import EvidenceError
from puncta.evidence.library import parameters
from puncta.evidence.randomness import uniforms
from puncta.frozen import frozen
from puncta.kept import kept, name_in

Array = NDArray[np.float64]

#: Where the draws stand.
FOLDER = files("puncta.evidence").joinpath("data", "fitted")
# numerics: chains that agree, and draws enough to place the ends of an 80 % band
_MOST_R_HAT, _FEWEST_EFFECTIVE = 1.05, 400
# numerics: ends of an 80 % band; share of the prior's variance below which data say next to nothing
_BAND, _LEAST_SAID = (10.0, 50.0, 90.0), 0.2


@frozen(eq=False)
class Fitted:
    """Joint draws of some parameters of one package.

    Parameters
    ----------
    package : str
        Prefix of the keys, for example ``healing``.
    columns : mapping of str to ndarray, shape (rows,)
        Draws by parameter name; the values of one row belong together.
    contraction : mapping of str to float
        Share of the prior's variance that the data removed; near 0 the data say nothing.
    rows : tuple of str
        Study rows that they were fitted to.
    probes : mapping of str to float
        Outputs of the model at its own values when it was fitted.
    """

    package: str
    columns: Mapping[str, Array]
    contraction: Mapping[str, float]
    rows: tuple[str, ...]
    probes: Mapping[str, float]

    def persons(self, n: int, seed: int, start: int = 0) -> NDArray[np.int64]:
        """Rows of n persons; the same person gets the same row in every column."""
        length = next(iter(self.columns.values())).shape[0]
        return (uniforms(seed, f"{self.package}.fitted", n, start) * length).astype(np.int64)


@frozen
class JointSpread:
    """How a parameter scatters in joint draws.

    Parameters
    ----------
    low, median, high : float
        Band of 80 of 100 draws and its middle.
    contraction : float
        Share of the prior's variance that the data removed.
    rows : tuple of str
        Study rows that the draws were fitted to.
    """

    low: float
    median: float
    high: float
    contraction: float
    rows: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether the data say anything; else the parameter stays where it was thought to be before them."""
        return self.contraction >= _LEAST_SAID


def joint_spread(key: str) -> JointSpread | None:
    """How a parameter scatters in joint draws; None where it was not fitted jointly.

    Parameters
    ----------
    key : str
        Dotted name of the parameter.

    Examples
    --------
    >>> joint_spread("safety.pain_person_fold") is None
    True
    """
    package, _, name = key.partition(".")
    joint = fitted(package)
    if joint is None or name not in joint.columns:
        return None
    low, median, high = (float(x) for x in np.percentile(joint.columns[name], _BAND))
    return JointSpread(low, median, high, joint.contraction[name], joint.rows)


def fingerprint(package: str) -> str:
    """Hash of all values and spreads of a package: joint draws hold only for those they were fitted with.

    Parameters
    ----------
    package : str
        Prefix of the keys.

    Examples
    --------
    >>> len(fingerprint("healing"))
    16
    """
    known = {
        key: [entry.value, entry.spread.shape, entry.spread.a, entry.spread.b]
        for key, entry in sorted(parameters().items())
        if key.startswith(f"{package}.")
    }
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()[:16]


@cache
def fitted(package: str) -> Fitted | None:
    """Joint draws of a package; None where nothing was fitted jointly.

    Parameters
    ----------
    package : str
        Prefix of the keys.

    Raises
    ------
    EvidenceError
        Where the draws are stale, did not converge, or name a parameter that does not exist.

    Examples
    --------
    >>> fitted("skin") is None
    True
    """
    return read_fitted(FOLDER, package) if FOLDER.joinpath(f"{package}.toml").is_file() else None


def _written(folder: Traversable, package: str) -> tuple[dict[str, Any], list[str], Array]:
    """What stands in the two files of a package, its figures as one row for each name."""
    about, table = (folder.joinpath(f"{package}.{ending}") for ending in ("toml", "csv"))

    def parsed() -> tuple[dict[str, Any], list[str], Array]:
        first, _, rest = table.read_text(encoding="utf-8").partition("\n")
        names = first.split(",")
        values = np.fromstring(rest.replace("\n", ","), sep=",").reshape(-1, len(names))
        return tomllib.loads(about.read_text(encoding="utf-8")), names, np.ascontiguousarray(values.T)

    if isinstance(about, Path) and isinstance(table, Path):
        return kept(name_in(folder, f"fitted-{package}"), (about, table), parsed)
    return parsed()  # inside an archive: nothing tells when it was changed


def read_fitted(folder: Traversable, package: str) -> Fitted:
    """Read and check the joint draws of a package from a folder; see `fitted`."""
    head, names, values = _written(folder, package)
    told = head["columns"]
    wrong = [name for name in names if f"{package}.{name}" not in parameters() or name not in told]
    if wrong or set(told) != set(names):
        raise EvidenceError(f"fitted/{package}: columns do not match: {', '.join(wrong) or 'header and table differ'}")
    if head["evidence_hash"] != fingerprint(package):
        raise EvidenceError(f"fitted/{package}: values of {package} changed since; run its calibration again")
    loose = [n for n, c in told.items() if c["r_hat"] > _MOST_R_HAT or c["effective_count"] < _FEWEST_EFFECTIVE]
    if loose:
        raise EvidenceError(f"fitted/{package}: not converged: {', '.join(loose)}")
    values.flags.writeable = False
    return Fitted(
        package,
        MappingProxyType(dict(zip(names, values, strict=True))),
        MappingProxyType({name: float(c["contraction"]) for name, c in told.items()}),
        tuple(head["fitted_to"]),
        MappingProxyType({name: float(value) for name, value in head["probes"].items()}),
    )
