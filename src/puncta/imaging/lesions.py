"""Lesions: one spot, red place or scar against its own surround, which a bad capture leaves standing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.imaging.chromophores import OwnSkin, chromophores, melanin_against, most_told
from puncta.imaging.curve import FLOOR
from puncta.imaging.tone import hidden, hidden_words
from puncta.imaging.zones import Outline, labels
from puncta.messages import text
from puncta.skin.colour import lab_from_xyz, xyz_from_linear_rgb

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Float = NDArray[np.float32]

_BLUE = 2


@frozen(eq=False)
class Lesions:
    """Lesions drawn on a photograph.

    Parameters
    ----------
    names : tuple of str
        Names of lesions 1, 2 and so on.
    places : ndarray of uint8, shape (h, w)
        Their numbers on the coarse frame; 0 elsewhere.
    """

    names: tuple[str, ...]
    places: Bytes


@frozen
class Contrast:
    """A lesion against its own surround.

    Parameters
    ----------
    lesion : str
        Its name.
    area_mm2 : float
        Of what was drawn.
    values : mapping of str to float
        By metric of `puncta.imaging.metrics.contrasts`: lesion less surround.
    refused : mapping of str to str
        Why a metric is not told.
    """

    lesion: str
    area_mm2: float
    values: Mapping[str, float]
    refused: Mapping[str, str]


def placed_lesions(outlines: Sequence[Outline], shape: tuple[int, int], place: Array, px_per_mm: float) -> Lesions:
    """Lesions as numbers on a frame.

    Parameters
    ----------
    outlines : sequence of Outline
        Drawn in pixels of the photograph.
    shape : tuple of int
        Height and width of the frame.
    place : ndarray, shape (2, 3)
        From pixels of the photograph to pixels of the frame.
    px_per_mm : float
        Of the frame.

    Examples
    --------
    >>> from puncta.imaging.zones import drawn_outlines
    >>> scar = drawn_outlines({"scar": [(1, 1), (6, 1), (6, 6), (1, 6)]})
    >>> int(placed_lesions(scar, (8, 8), np.eye(2, 3), 1.0).places.max())
    1
    """
    return Lesions(tuple(outline.name for outline in outlines), labels(outlines, shape, place, px_per_mm))


def contrasts_of(
    lesions: Lesions, light: Float, open_skin: NDArray[np.bool_], px_per_mm: float, own: OwnSkin
) -> tuple[Contrast, ...]:
    """Each lesion against the ring of skin around it.

    Parameters
    ----------
    lesions : Lesions
        On the coarse frame.
    light : ndarray of float32, shape (h, w, 3)
        Linear light of the coarse frame.
    open_skin : ndarray of bool, shape (h, w)
        Where the frame shows skin that no shine cuts off; shadows count, since a dark lesion may be one.
    px_per_mm : float
        Of the frame.
    own : OwnSkin
        The person's usual skin, of both of a pair.

    Returns
    -------
    tuple of Contrast
        In the order of the names.

    Notes
    -----
    Gain and white balance of a capture drop out to first order. Melanin is told with shade held, so that it is told on
    every tone; blood and shade are told from the differences between channels, where these tell them. A lesion that
    takes more off all channels alike than melanin takes is no lesion of two pigments: its melanin is not told.
    Limits: ``limits.photographs``. Source: puncta_imaging_trial.

    Examples
    --------
    >>> from puncta.imaging.chromophores import own_skin
    >>> from puncta.imaging.zones import drawn_outlines
    >>> light = np.full((80, 80, 3), (0.5, 0.35, 0.25), np.float32)
    >>> light[30:50, 30:50] *= (0.9, 0.8, 0.7)
    >>> drawn = drawn_outlines({"a": [(30, 30), (50, 30), (50, 50), (30, 50)]})
    >>> spot = placed_lesions(drawn, (80, 80), np.eye(2, 3), 4.0)
    >>> usual = own_skin(-np.log10(np.array([0.5, 0.35, 0.25])))
    >>> found = contrasts_of(spot, light, np.ones((80, 80), bool), 4.0, usual)[0]
    >>> found.values["contrast_melanin"] > 0.05, found.values["contrast_delta_e"] > 3
    (True, True)
    """
    return tuple(
        _contrast(name, lesions.places == number, lesions.places > 0, light, open_skin, px_per_mm, own)
        for number, name in enumerate(lesions.names, start=1)
    )


def _contrast(
    name: str,
    drawn: NDArray[np.bool_],
    every: NDArray[np.bool_],
    light: Float,
    open_skin: NDArray[np.bool_],
    px_per_mm: float,
    own: OwnSkin,
) -> Contrast:
    area = float(drawn.sum()) / px_per_mm**2
    rim, ring = (parameter(f"imaging.lesion_{part}_mm").value * px_per_mm for part in ("rim", "ring"))
    inside = _grown(drawn, -rim) & open_skin
    around = _grown(drawn, rim + ring) & ~_grown(every, rim) & open_skin
    least = parameter("imaging.lesion_least_mm2").value * px_per_mm**2
    if inside.sum() < least or around.sum() < least:
        reason = text("imaging.refused.lesion", limit=parameter("imaging.lesion_least_mm2").value)
        return Contrast(name, area, {}, {"": reason})
    both = np.stack([light[place].mean(axis=0, dtype=np.float64) for place in (inside, around)])
    density = -np.log10(np.maximum(both, FLOOR))
    seen = density[None].astype(np.float32)
    found = chromophores(seen, own)
    blood, shade = (float(part[0, 0] - part[0, 1]) for part in (found.blood, found.shade))
    melanin = float(melanin_against(seen[:, :1], seen[:, 1:], own)[0, 0])
    lab = lab_from_xyz(xyz_from_linear_rgb(both))
    values = {
        "contrast_melanin": melanin, "contrast_blood": blood, "contrast_shade": shade,
        "contrast_lightness": float(lab[0, 0] - lab[1, 0]), "contrast_delta_e": float(np.linalg.norm(lab[0] - lab[1])),
    }  # fmt: skip
    refused = {f"contrast_{name}": hidden_words(own) for name in _untold(own)}
    told = not own.ambiguous and float(found.melanin.max()) < most_told(own.polarised)
    if own.polarised and density[:, _BLUE].max() > parameter("imaging.most_blue_density").value:
        refused |= dict.fromkeys(("contrast_melanin", "contrast_blood"), hidden_words(own))
    elif not told:  # a lesion darker than the skin may be where the skin is not
        refused["contrast_blood"] = hidden_words(own)
    elif abs(shade) > max(abs(melanin), parameter("imaging.lesion_least_shade").value):
        refused["contrast_melanin"] = text("imaging.refused.two_pigments")
    return Contrast(name, area, {key: value for key, value in values.items() if key not in refused}, refused)


def _untold(own: OwnSkin) -> frozenset[str]:
    """Pigments that no contrast tells; without polarisers melanin stands against its surround on every tone."""
    return hidden(own) & ({"melanin", "blood"} if own.polarised else {"blood"})


def _grown(place: NDArray[np.bool_], by_px: float) -> NDArray[np.bool_]:
    """A place grown by some pixels on all sides, or shrunk where they are negative."""
    cv2 = opencv()
    reach = round(abs(by_px))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    change = cv2.dilate if by_px > 0 else cv2.erode
    return np.asarray(change(place.astype(np.uint8), kernel) > 0, np.bool_)
