"""Redness that can be seen: what skin colour lets through, and for how long."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, parameter_keys
from puncta.frozen import frozen
from puncta.safety.parameters import SafetyParameters
from puncta.skin import (
    OpticsParameters,
    RednessMask,
    melanin_from_ita,
    person_ita_degrees,
    redness_mask,
    resting_lab,
    tone_keys,
)

Array = NDArray[np.float64]
_DARK = 4
_MASK_KEYS = (*parameter_keys(OpticsParameters), "optics.light_skin_ita_degrees", "optics.flushed_most_fold")


@frozen
class SkinTone:
    """Skin colour of many persons at rest.

    Parameters
    ----------
    ita_degrees : ndarray, shape (n,)
        Individual typology angles.
    melanin_fraction : ndarray, shape (n,)
        Effective share of the epidermis taken by melanosomes.
    optics : OpticsParameters
        Draws, shape (n,).
    rests_on : tuple of str
        Evidence keys.
    """

    ita_degrees: Array
    melanin_fraction: Array
    optics: OpticsParameters
    rests_on: tuple[str, ...]

    @cached_property
    def mask(self) -> RednessMask:
        """What this colour lets through of redness, worked out once."""
        return redness_mask(self.melanin_fraction, self.optics)

    @property
    def lightness(self) -> Array:
        """L* at rest, shape (n,)."""
        return resting_lab(self.melanin_fraction, self.optics)[:, 0]


def skin_tone(measured_degrees: float | None, phototype: NDArray[np.int64], seed: int) -> SkinTone:
    """Draw the skin colour of many persons.

    Parameters
    ----------
    measured_degrees : float or None
        Measured individual typology angle; where there is none, the usual one of the phototype with a wide spread.
    phototype : ndarray of int, shape (n,)
        Fitzpatrick types, 1 to 6.
    seed : int
        Seed of the run.

    Returns
    -------
    SkinTone
        Arrays of shape (n,).

    Notes
    -----
    Limits: ``limits.skin_colour``. Sources: nist_skin_2017, angle_and_phototype.

    Examples
    --------
    >>> tone = skin_tone(18.0, np.full(50, 4), seed=0)
    >>> bool(np.all(np.abs(tone.ita_degrees - 18) < 8))
    True
    """
    optics = draw(OpticsParameters, phototype.shape[0], seed)
    angles = person_ita_degrees(measured_degrees, phototype, seed)
    keys = tone_keys(measured_degrees is not None, set(phototype.tolist()))
    return SkinTone(angles, melanin_from_ita(angles, optics), optics, (*keys, *_MASK_KEYS))


def visible_redness(latent_delta_a: Array, tone: SkinTone) -> Array:
    """Change of a* that a meter sees on this skin, from the change that light skin would show.

    Parameters
    ----------
    latent_delta_a : ndarray, shape (n,) or (n, t)
        Change of a* on light skin, 0 or more.
    tone : SkinTone
        Skin colour of the n persons.

    Returns
    -------
    ndarray, same shape as given
        Change of a* on this skin: the same inflammation looks less red on dark skin.

    Notes
    -----
    Limits: ``limits.redness``, ``limits.skin_colour``. Sources: nist_skin_2017, fredriksson_2008.

    Examples
    --------
    >>> light, dark = (skin_tone(angle, np.full(99, 6), seed=0) for angle in (48.0, -30.0))
    >>> latent = np.full(99, 4.3)
    >>> bool(np.all(visible_redness(latent, dark) < visible_redness(latent, light)))
    True
    """
    return tone.mask.seen(latent_delta_a)


def seen_from_delta_a(phototype: NDArray[np.int64], parameters: SafetyParameters) -> Array:
    """Change of a* from which redness is seen on this skin.

    Parameters
    ----------
    phototype : ndarray of int, shape (n,)
        Fitzpatrick types, 1 to 6.
    parameters : SafetyParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Threshold.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> seen_from_delta_a(np.array([2]), nominal(SafetyParameters))
    array([2.])
    """
    p = parameters
    return np.where(phototype < _DARK, p.redness_seen_light_delta_a, p.redness_seen_dark_delta_a)


def visible_hours(hours: Array, visible_delta_a: Array, seen_delta_a: Array) -> Array:
    """Hours during which redness is seen, over all recorded time.

    Parameters
    ----------
    hours : ndarray, shape (t,)
        Recorded times, ascending.
    visible_delta_a : ndarray, shape (n, t)
        Change of a* on this skin.
    seen_delta_a : ndarray, shape (n,)
        Threshold.

    Returns
    -------
    ndarray, shape (n,)
        Hours above the threshold, linear between recorded times.

    Examples
    --------
    >>> visible_hours(np.array([0.0, 10.0]), np.array([[4.0, 0.0]]), np.array([2.0]))
    array([5.])
    """
    over = visible_delta_a - seen_delta_a[:, None]
    left, right = over[:, :-1], over[:, 1:]
    span = np.diff(hours)[None, :]
    rise = np.where(left == right, 1.0, np.abs(right - left))
    above = np.clip(np.maximum(left, right), 0.0, None)
    crossing = (left > 0) != (right > 0)
    share = np.where(crossing, above / rise, np.where((left > 0) & (right > 0), 1.0, 0.0))
    return (share * span).sum(axis=1)
