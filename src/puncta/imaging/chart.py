"""Chart: a ColorChecker in the picture, the linear matrix that it gives, and the light that it tells of."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.errors import PunctaError
from puncta.evidence import parameter
from puncta.evidence.spectrum import spectrum
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.imaging.curve import linear
from puncta.imaging.photograph import Photograph
from puncta.messages import text
from puncta.skin.colour import (
    lab_from_xyz,
    linear_rgb_from_xyz,
    wavelengths_nm,
    xyz_from_linear_rgb,
    xyz_from_reflectance,
)

Array = NDArray[np.float64]

_PATCHES, _COLUMNS, _ROWS = 24, 6, 4  # numerics: of the chart
_GREYS = slice(18, 24)  # numerics: the last row is grey
_GREY = 21  # numerics: a grey of middle lightness among the patches
_LARGEST_SIDE = 1000  # numerics: the chart is looked for on a small copy
_EDGE, _PITCH = 0.0, 1.0  # numerics: patches touch the box that is found
_INNER = 0.25  # numerics: the middle half of a patch is read
_LEAST_CARD, _MOST_CARD = 0.01, 0.97  # numerics: linear light outside which a card tells no colour
_DARK = 0.02  # numerics: keeps dark patches from ruling the fit


@frozen(eq=False)
class Chart:
    """A chart that was found.

    Parameters
    ----------
    corners : ndarray, shape (4, 2)
        Its corners in pixels.
    seen : ndarray, shape (24, 3)
        Linear light of its patches as the picture holds them.
    matrix : ndarray, shape (3, 3)
        From the picture's linear light to that under daylight.
    error_delta_e : float
        Mean distance of corrected patches from their reference, in L*a*b*.
    """

    corners: Array
    seen: Array
    matrix: Array
    error_delta_e: float

    @property
    def width_px(self) -> float:
        """Length of its longer side in pixels."""
        sides = np.linalg.norm(np.diff(self.corners[:3], axis=0), axis=1)
        return float(sides.max())


@cache
def reference() -> Array:
    """Linear light of the patches under daylight, shape (24, 3).

    Examples
    --------
    >>> reference().shape
    (24, 3)
    """
    table, at = spectrum("colour_checker"), wavelengths_nm()
    seen = np.stack([table.at(f"patch_{number:02d}", at) for number in range(1, _PATCHES + 1)])
    return linear_rgb_from_xyz(xyz_from_reflectance(seen))


def find_chart(photo: Photograph) -> Chart | None:
    """Look for a ColorChecker Classic.

    Parameters
    ----------
    photo : Photograph
        The picture.

    Returns
    -------
    Chart or None
        None where there is none, or where what was found does not look like one.

    Notes
    -----
    Source: colour_checker_ohta.

    Examples
    --------
    >>> find_chart(Photograph("grey", np.full((200, 200, 3), 128, np.uint8))) is None
    True
    """
    cv2 = opencv()
    shown = photo.shown
    fold = min(1.0, _LARGEST_SIDE / max(shown.shape[:2]))
    small = cv2.resize(shown, None, fx=fold, fy=fold, interpolation=cv2.INTER_AREA) if fold < 1 else shown
    detector = cv2.mcc.CCheckerDetector_create()
    if not detector.process(np.ascontiguousarray(small[..., ::-1]), cv2.mcc.MCC24, 1):
        return None
    found = detector.getListColorChecker()
    if not len(found):
        return None
    corners = np.array(found[0].getBox(), dtype=np.float64) / fold
    best: Chart | None = None
    for turn in range(4):  # the detector may name another corner first
        chart = fit_chart(np.roll(corners, turn, axis=0), _patches(photo, np.roll(corners, turn, axis=0)))
        if best is None or chart.error_delta_e < best.error_delta_e:
            best = chart
    assert best is not None
    return best if best.error_delta_e <= parameter("imaging.chart_most_delta_e").value else None


def grey_matrix(photo: Photograph) -> Array | None:
    """Matrix that makes a grey card grey: a gain for each channel; None where no card was shown.

    Parameters
    ----------
    photo : Photograph
        With the place of the card.

    Returns
    -------
    ndarray, shape (3, 3), or None
        From the picture's linear light to light under which the card is as it should be.

    Raises
    ------
    PunctaError
        Where the card lies outside the picture, or is black or cut off.

    Notes
    -----
    Limits: between cameras and lights a tone is off by up to 20 degrees. Source: puncta_imaging_trial.

    Examples
    --------
    >>> photo = Photograph("grey", np.full((40, 40, 3), (120, 118, 100), np.uint8), grey_box=(0, 0, 20, 20))
    >>> grey_matrix(photo).diagonal().round(2)
    array([0.96, 0.99, 1.41])
    """
    if photo.grey_box is None:
        return None
    left, top, width, height = photo.grey_box
    card = photo.rgb[max(top, 0) : max(top, 0) + max(height, 0), max(left, 0) : max(left, 0) + max(width, 0)]
    if left < 0 or top < 0 or card.shape[:2] != (height, width) or card.size == 0:
        raise PunctaError(text("imaging.error.grey_box", subject=photo.subject))
    seen = np.median(linear(np.ascontiguousarray(card)).reshape(-1, 3), axis=0).astype(np.float64)
    if seen.min() < _LEAST_CARD or seen.max() > _MOST_CARD:
        raise PunctaError(text("imaging.error.grey_light", subject=photo.subject))
    return np.diag(parameter("imaging.grey_card_reflectance").value / seen)


def fit_chart(corners: Array, seen: Array) -> Chart:
    """Fit the matrix of a chart: linear, three by three, never a polynomial.

    Parameters
    ----------
    corners : ndarray, shape (4, 2)
        Of the chart.
    seen : ndarray, shape (24, 3)
        Linear light of its patches as the picture holds them.

    Returns
    -------
    Chart
        With its error.

    Examples
    --------
    >>> fit_chart(np.zeros((4, 2)), 0.5 * reference()).matrix.round(3)[0, 0]
    np.float64(2.0)
    """
    wanted = reference()
    weight = 1.0 / (wanted.mean(axis=1, keepdims=True) + _DARK)
    matrix = np.linalg.lstsq(seen * weight, wanted * weight, rcond=None)[0].T
    lab, aim = (lab_from_xyz(xyz_from_linear_rgb(rgb)) for rgb in (seen @ matrix.T, wanted))
    return Chart(corners, seen, matrix, float(np.mean(np.linalg.norm(lab - aim, axis=1))))


def light_difference(before: Chart, after: Chart) -> float:
    """How far the light changed in kind, whatever its strength and the white balance.

    Parameters
    ----------
    before, after : Chart
        Of both photographs.

    Returns
    -------
    float
        Spread of the coloured patches against the grey one, natural logarithm: another lamp moves colours even where
        grey stays grey, and no matrix brings that back.

    Examples
    --------
    >>> one = fit_chart(np.zeros((4, 2)), reference().clip(0.01))
    >>> light_difference(one, fit_chart(np.zeros((4, 2)), 0.7 * one.seen))
    0.0
    """
    floor = 1e-4  # numerics: below any patch
    ratios = []
    for chart in (before, after):
        seen = np.maximum(chart.seen, floor)
        ratios.append(np.log(seen[: _GREYS.start] / seen[_GREY]))
    return float(round(np.sqrt(np.mean((ratios[1] - ratios[0]) ** 2)), 6))  # numerics: digits enough


def _patches(photo: Photograph, corners: Array) -> Array:
    cv2 = opencv()
    size = 40  # numerics: pixels a patch on a flattened copy
    flat = np.array([[0, 0], [_COLUMNS, 0], [_COLUMNS, _ROWS], [0, _ROWS]], np.float32) * size
    around = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    seen = cv2.warpPerspective(photo.rgb, around, (_COLUMNS * size, _ROWS * size), flags=cv2.INTER_AREA)
    light = linear(seen)
    cells = light.reshape(_ROWS, size, _COLUMNS, size, 3)
    inner = slice(round(size * _INNER), round(size * (1 - _INNER)))
    return np.median(cells[:, inner, :, inner].transpose(0, 2, 1, 3, 4).reshape(_PATCHES, -1, 3), axis=1).astype(
        np.float64
    )
