"""Shown: where a simple mean of studies predicts better than the model, the forecast shows that mean."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.evidence.fitted import FOLDER
from puncta.frozen import frozen
from puncta.kept import kept, name_in

Array = NDArray[np.float64]
_FILE = "appearance_unseen.toml"


@frozen
class Shown:
    """A mean of studies that is shown in place of the model.

    Parameters
    ----------
    baseline : str
        ``other_studies``: those of the same heading; ``one_percentage``: all.
    mean_fraction, scale_fraction : float
        Share of severity gone as studies read it, raters' hope included, and how far a further study may lie from it:
        the scale of a t with 4 degrees of freedom, as for the model.
    rows : tuple of str
        Study rows behind it.
    """

    baseline: str
    mean_fraction: float
    scale_fraction: float
    rows: tuple[str, ...]


@cache
def shown(heading: str) -> Shown | None:
    """What is shown in place of the model; None where the model is.

    Parameters
    ----------
    heading : str
        Heading of studies as validation names them, for example ``acne_plasma``.

    Examples
    --------
    >>> shown("acne_alone") is None
    True
    """
    stored = _stored().get(heading)
    if stored is None:
        return None
    return Shown(stored["baseline"], stored["mean_fraction"], stored["scale_fraction"], tuple(stored["rows"]))


@cache
def _stored() -> dict[str, Any]:
    file = FOLDER.joinpath(_FILE)

    def read() -> dict[str, Any]:
        return tomllib.loads(file.read_text(encoding="utf-8")).get("shown", {})

    return kept(name_in(FOLDER, "shown"), [file], read) if isinstance(file, Path) else read()


def study_heading(group: str, needled: bool, addon: str) -> str:
    """Heading of studies that a course belongs to.

    Parameters
    ----------
    group : str
        ``acne``, ``melasma`` or another group of studies.
    needled : bool
        Whether there is a session.
    addon : str
        Add-on class that has an effect; empty without one.

    Returns
    -------
    str
        Empty where no heading is tested.

    Examples
    --------
    >>> study_heading("acne", True, "plasma"), study_heading("melasma", False, "hydroquinone")
    ('acne_plasma', 'melasma_home')
    """
    if group == "melasma":
        if needled:
            return "melasma_product" if addon else ""
        return "melasma_home" if addon else ""
    if group != "acne" or not needled:
        return ""
    return {"": "acne_alone", "plasma": "acne_plasma"}.get(addon, "acne_product")


def shown_course(mean: Shown, developed: Array, begun: Array, study: Array, person: Array, person_sd: Array) -> Array:
    """Share of severity gone day by day where a mean of studies is shown.

    Parameters
    ----------
    mean : Shown
        What is shown.
    developed, begun : ndarray, shape (n, t)
        How much of the course's effect is there, and how much of what studies and persons differ by; 0 to 1.
    study, person : ndarray, shape (n,)
        Standard scores as in `Chance`; persons also (k, n).
    person_sd : ndarray, shape (n,)
        Spread between persons.

    Returns
    -------
    ndarray, shape (n, t) or (k, n, t)
        At most 1.

    Examples
    --------
    >>> one, zero = np.ones((1, 1)), np.zeros(1)
    >>> shown_course(Shown("other_studies", 0.4, 0.1, ()), one, one, zero, zero, np.ones(1))
    array([[0.4]])
    """
    apart = mean.scale_fraction * study + person_sd * person
    return np.minimum(mean.mean_fraction * developed + apart[..., None] * begun, 1.0)
