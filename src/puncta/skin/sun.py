"""Sun: how much of the elastin of a zone a life in daylight has turned into elastotic material."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, draw_one, parameter_keys
from puncta.frozen import frozen
from puncta.skin.zones import zone

Array = NDArray[np.float64]
_FIGURE = "sun_exposure_fold"


@frozen
class SunParameters:
    """What sun does to elastin; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "skin"

    elastotic_fraction: Array
    elastotic_reference_age_years: Array


def elastotic_fraction(zone_name: str, age_years: Array, seed: int) -> Array:
    """Elastotic share of the elastin of a zone.

    Parameters
    ----------
    zone_name : str
        Zone with side; both sides of a person share their skin.
    age_years : ndarray, shape (n,)
        Ages, 0 to 120.
    seed : int
        Seed of the run.

    Returns
    -------
    ndarray, shape (n,)
        0 to 1: what sun has spared falls by the same share with every further year and with the site's exposure.

    Notes
    -----
    It belongs to the site, not to a lesion: a scar on the face counts as skin of the face. This person's own sun is not
    known and stands in the spread; that darker skin is spared is not modelled. Limits: ``limits.skin``.
    Source: puncta_judgement.

    Examples
    --------
    >>> cheek, abdomen = (elastotic_fraction(name, np.full(200, 50.0), 0) for name in ("cheek_left", "abdomen"))
    >>> bool(np.all(abdomen < cheek))
    True
    """
    n = age_years.shape[0]
    law = draw(SunParameters, n, seed)
    exposure = draw_one(zone(zone_name).key(_FIGURE), n, seed)
    spared = (1.0 - law.elastotic_fraction) ** (exposure * age_years / law.elastotic_reference_age_years)
    return 1.0 - spared


def sun_keys(zone_name: str) -> tuple[str, ...]:
    """Evidence keys behind the elastotic share of a zone.

    Examples
    --------
    >>> sun_keys("cheek_left")[0]
    'zones.cheek.sun_exposure_fold'
    """
    return (zone(zone_name).key(_FIGURE), *parameter_keys(SunParameters))
