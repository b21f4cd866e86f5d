"""Leaks: how much of one pigment a change of the other seems to bring along, where skin is not as the model has it."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import numpy as np

from puncta.evidence.fitted import FOLDER

LIGHTS = ("plain", "crossed")
PLACES = ("zone", "lesion")


def brought_along(pigment: str, other_change: float, ita: float, *, light: str, place: str) -> tuple[float, float]:
    """Lowest and highest change of a pigment that a change of the other may have brought along.

    Parameters
    ----------
    pigment : str
        melanin (density) or blood (ln): what is told.
    other_change : float
        Of the other of both, as measured.
    ita : float
        Tone of the person, in degrees; beyond the tones that were tried the nearest counts.
    light, place : str
        plain or crossed (polarisers); zone or lesion.

    Returns
    -------
    tuple of float
        In the pigment's scale; 95 of 100 simulated persons lie between, and the second optics too.

    Notes
    -----
    A change of blood brings melanin along where its oxygen or its vessels differ from what is there. Source:
    puncta_optics_ensemble. Limits: ``limits.photographs``.

    Examples
    --------
    >>> low, high = brought_along("melanin", 0.5, 45.0, light="plain", place="zone")
    >>> low < 0.0 < high < 0.1
    True
    """
    rows = _stored()[light][place][pigment]
    tones = sorted(rows, key=float)
    ends = np.array([rows[tone] for tone in tones])
    low, high = (float(np.interp(ita, [float(tone) for tone in tones], ends[:, k])) for k in (0, 1))
    first, second = sorted((low * other_change, high * other_change))
    return first, second


@cache
def _stored() -> dict[str, Any]:
    return tomllib.loads(FOLDER.joinpath("imaging_leaks.toml").read_text(encoding="utf-8"))
