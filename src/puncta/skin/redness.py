"""Redness on this person's tone: what melanin lets through of the blood that comes with inflammation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.skin.colour import lab_from_reflectance, wavelengths_nm
from puncta.skin.light import OpticsParameters
from puncta.skin.optics import skin_at
from puncta.skin.tone import melanin_from_ita

Array = NDArray[np.float64]

# numerics: steps of added blood that follow the curves of redness to a hundredth
_STEPS = 12


def light_skin_melanin(parameters: OpticsParameters) -> Array:
    """Melanin of the light skin on which redness before skin colour is defined, shape (n,).

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> bool(0.02 < light_skin_melanin(nominal(OpticsParameters))[0] < 0.08)
    True
    """
    light = parameter("optics.light_skin_ita_degrees").value
    return melanin_from_ita(np.full(parameters.resting_blood_fraction.shape, light), parameters)


def delta_a_of_blood(flushed_blood_fold: Array, melanin_fraction: Array, parameters: OpticsParameters) -> Array:
    """Rise of a* for a rise of blood.

    Parameters
    ----------
    flushed_blood_fold : ndarray, shape (k,)
        Blood that comes with redness, against the blood at rest; 0 or more.
    melanin_fraction : ndarray, shape (n,)
        Share of the epidermis taken by melanosomes.
    parameters : OpticsParameters
        Draws, shape (n,) or (1,).

    Returns
    -------
    ndarray, shape (n, k)
        Change of a* against rest. It can fall again where much blood darkens dark skin.

    Notes
    -----
    Limits: ``limits.skin_colour``. Source: nist_skin_2017.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> rise = delta_a_of_blood(np.array([0.0, 1.0, 2.0]), np.array([0.05]), nominal(OpticsParameters))[0]
    >>> bool(rise[0] == 0 and 0 < rise[1] < rise[2])
    True
    """
    skin, resting = skin_at(wavelengths_nm(), parameters), parameters.resting_blood_fraction
    passed = skin.passed(melanin_fraction)
    a_star = [
        lab_from_reflectance(skin.seen(passed, skin.dermis(resting, fold * resting)))[:, 1]
        for fold in (0.0, *flushed_blood_fold)
    ]
    return np.stack(a_star[1:], axis=1) - a_star[0][:, None]


@frozen(eq=False)
class RednessMask:
    """What the melanin of n persons lets through of redness: a* here over a* on light skin, for rising blood.

    Parameters
    ----------
    light, here : ndarray, shape (n, k)
        Rise of a* on light skin and on this skin at the same k amounts of blood, neither ever falling.
    """

    light: Array
    here: Array

    def seen(self, latent_delta_a: Array) -> Array:
        """Change of a* on this skin, for changes on light skin of shape (n,) or (n, t)."""
        rows = np.maximum(latent_delta_a.reshape(latent_delta_a.shape[0], -1), self.light[:, :1])
        most, last = self.light[:, -1:], self.here[:, -1:]
        # the last step at or below each change; where a curve stays level, the last of its equals
        left = np.zeros(rows.shape, np.int8)
        for step in self.light.T[1:-1]:
            left += step[:, None] <= rows
        run, rise = np.diff(self.light, axis=1), np.diff(self.here, axis=1)
        slope = np.divide(rise, run, out=np.zeros_like(rise), where=run > 0.0)
        place = left + slope.shape[1] * np.arange(rows.shape[0])[:, None]
        steep, x, y = (part.take(place, mode="clip") for part in (slope, self.light[:, :-1], self.here[:, :-1]))
        inside = steep * (rows - x) + y
        beyond = rows * last / most
        seen = np.where(rows < most, inside, np.where(rows == most, last, beyond))
        return seen.astype(latent_delta_a.dtype, copy=False).reshape(latent_delta_a.shape)


def redness_mask(melanin_fraction: Array, parameters: OpticsParameters) -> RednessMask:
    """What melanin lets through of the redness that light skin would show.

    Parameters
    ----------
    melanin_fraction : ndarray, shape (n,)
        Share of the epidermis taken by melanosomes.
    parameters : OpticsParameters
        Draws, shape (n,) or (1,).

    Returns
    -------
    RednessMask
        What is seen never falls while inflammation rises: where much blood only darkens very dark skin, it stays at
        its highest. Beyond the most blood that heating brings, the share seen stays as it is there.

    Notes
    -----
    Limits: ``limits.skin_colour``. Sources: nist_skin_2017, fredriksson_2008.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p, latent = nominal(OpticsParameters), np.array([4.3])
    >>> masks = [redness_mask(melanin_from_ita(np.array([angle]), p), p) for angle in (48.0, -30.0)]
    >>> bool(masks[1].seen(latent)[0] < 0.6 * masks[0].seen(latent)[0])
    True
    """
    most = parameter("optics.flushed_most_fold").value - 1.0
    # close together at first, where the curves bend most
    folds = most * np.linspace(0.0, 1.0, _STEPS) ** 2
    light, here = (
        np.maximum.accumulate(delta_a_of_blood(folds, melanin, parameters), axis=1)
        for melanin in (light_skin_melanin(parameters), melanin_fraction)
    )
    return RednessMask(*np.broadcast_arrays(light, here))
