"""Redness on this person's tone: what melanin lets through of the blood that comes with inflammation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
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
    a_star = [
        lab_from_reflectance(skin.reflectance(melanin_fraction, resting, fold * resting))[:, 1]
        for fold in (0.0, *flushed_blood_fold)
    ]
    return np.stack(a_star[1:], axis=1) - a_star[0][:, None]


def visible_delta_a(latent_delta_a: Array, melanin_fraction: Array, parameters: OpticsParameters) -> Array:
    """Change of a* that a meter sees on this skin, from the change that light skin would show.

    Parameters
    ----------
    latent_delta_a : ndarray, shape (n,) or (n, t)
        Change of a* on light skin, 0 or more.
    melanin_fraction : ndarray, shape (n,)
        Share of the epidermis taken by melanosomes.
    parameters : OpticsParameters
        Draws, shape (n,) or (1,).

    Returns
    -------
    ndarray, same shape as given
        Change of a* on this skin. It never falls while inflammation rises: where much blood only darkens very dark
        skin, it stays at its highest. Beyond the most blood that heating brings, the share seen stays as it is there.

    Notes
    -----
    Limits: ``limits.skin_colour``. Sources: nist_skin_2017, fredriksson_2008.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(OpticsParameters)
    >>> seen = [visible_delta_a(np.array([4.3]), melanin_from_ita(np.array([a]), p), p)[0] for a in (48.0, -30.0)]
    >>> bool(seen[1] < 0.6 * seen[0])
    True
    """
    most = parameter("optics.flushed_most_fold").value - 1.0
    # close together at first, where the curves bend most
    folds = most * np.linspace(0.0, 1.0, _STEPS) ** 2
    light = np.maximum.accumulate(delta_a_of_blood(folds, light_skin_melanin(parameters), parameters), axis=1)
    here = np.maximum.accumulate(delta_a_of_blood(folds, melanin_fraction, parameters), axis=1)
    light, here = np.broadcast_arrays(light, here)
    rows = latent_delta_a.reshape(latent_delta_a.shape[0], -1)
    seen = np.empty_like(rows)
    for index, latent in enumerate(rows):
        on_light, on_this = light[index], here[index]
        within = np.interp(latent, on_light, on_this)
        seen[index] = np.where(latent <= on_light[-1], within, latent * on_this[-1] / on_light[-1])
    return seen.reshape(latent_delta_a.shape)
