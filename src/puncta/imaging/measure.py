"""Measure: figures of every zone of one photograph, and the maps behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.imaging.chromophores import ChromophoreMaps, OwnSkin, chromophores, melanin_against, own_skin
from puncta.imaging.frame import Frame
from puncta.imaging.lesions import Contrast, Lesions, contrasts_of
from puncta.imaging.relief import (
    band,
    blurred,
    line_threshold,
    lines,
    masked_mean,
    noise_of,
    pore_threshold,
    pores,
    ridges,
    sharpness,
)
from puncta.imaging.skinmask import not_bare
from puncta.skin.colour import ita_degrees, lab_from_xyz, xyz_from_linear_rgb

Float = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_GREEN = 1
_MAD_TO_SD = 1.4826  # numerics: of a normal distribution
_PERCENT = 100.0
_MM2_PER_CM2, _MM_PER_CM = 100.0, 10.0
_STEP_LENGTH = 1.13  # numerics: mean length of a step between pixels of a thin line, over all directions


@frozen
class Thresholds:
    """From where something counts as a line, a pore, a spot, a red place; the same for both of a pair.

    Parameters
    ----------
    line, pore, spot, red : float
        In optical density.
    """

    line: float
    pore: float
    spot: float
    red: float


@frozen(eq=False)
class Maps:
    """Maps of one photograph.

    Parameters
    ----------
    coarse : Frame
        Linear light of the coarse frame.
    colour : ChromophoreMaps
        Coarse frame.
    spots, red : ndarray of float32, shape (h, w)
        Melanin and blood above their surround, coarse frame, in optical density.
    green, texture : ndarray of float32, shape (2 h, 2 w)
        Optical density of green and its band of relief, fine frame.
    strength : ndarray of float32, shape (h, w)
        Strength of lines.
    skin, unseen, zones, covered : ndarray of uint8, shape (h, w)
        Bare skin of the zones; hair, shadow and shine anywhere; zone numbers; what landmarks say is no skin.
    pore_height : ndarray of float32, shape (2 h, 2 w)
        Height of dots, fine frame.
    pore_peaks : ndarray of uint8, shape (2 h, 2 w)
        255 at each dot.
    own : OwnSkin
        The usual skin from which pigment was told.
    """

    coarse: Frame
    colour: ChromophoreMaps
    spots: Float
    red: Float
    green: Float
    texture: Float
    strength: Float
    skin: Bytes
    unseen: Bytes
    zones: Bytes
    covered: Bytes
    pore_height: Float
    pore_peaks: Bytes
    own: OwnSkin

    def fine(self, picture: Bytes) -> Bytes:
        """A picture of the coarse frame in the size of the fine one."""
        size = self.green.shape[1], self.green.shape[0]
        return opencv().resize(picture, size, interpolation=opencv().INTER_NEAREST)


@frozen
class ZoneFigures:
    """Figures of one zone.

    Parameters
    ----------
    zone : str
        Its name.
    area_cm2 : float
        Bare skin that was measured.
    usable_fraction : float
        Share of the zone that is bare skin.
    values : mapping of str to float
        By metric.
    """

    zone: str
    area_cm2: float
    usable_fraction: float
    values: Mapping[str, float]


@frozen(eq=False)
class Measured:
    """What one frame gives.

    Parameters
    ----------
    zones : tuple of ZoneFigures
        In the order of the outlines.
    maps : Maps
        Behind them.
    lines : ndarray of uint8, shape (h, w)
        255 along lines, coarse frame.
    thresholds : Thresholds
        That were used.
    sharpness, noise_density, clipped_fraction, px_per_mm : float
        Of the photograph, on its skin.
    lesions : tuple of Contrast
        Lesions that were drawn, each against its own surround.
    """

    zones: tuple[ZoneFigures, ...]
    maps: Maps
    lines: Bytes
    thresholds: Thresholds
    sharpness: float
    noise_density: float
    clipped_fraction: float
    px_per_mm: float
    lesions: tuple[Contrast, ...] = ()


def usual_ita(found: Measured) -> float:
    """Angle of a person's tone: the median of the zones, in degrees; not a number where nothing was measured."""
    tones = [zone.values["ita"] for zone in found.zones if "ita" in zone.values]
    return float(np.median(tones)) if tones else float("nan")


def measure_frame(
    fine: Frame, names: Sequence[str], zones: Bytes, covered: Bytes, thresholds: Thresholds | None = None
) -> Measured:
    """Measure the zones of a frame.

    Parameters
    ----------
    fine : Frame
        Linear light at the fine scale.
    names : sequence of str
        Names of zones 1, 2 and so on.
    zones, covered : ndarray of uint8, shape (h // 2, w // 2)
        Zone numbers, and where landmarks say that there is no skin, on the coarse frame.
    thresholds : Thresholds or None
        Of the photograph with which this one is compared; None takes its own.

    Returns
    -------
    Measured
        Figures and maps.

    Notes
    -----
    Limits: ``limits.photographs``. Sources: takiwaki_1998, frangi_1998, tsumura_1999, puncta_imaging_trial.

    Examples
    --------
    >>> light = np.full((160, 160, 3), (0.5, 0.35, 0.25), np.float32)
    >>> frame = Frame(light, np.zeros((160, 160), np.float32), np.eye(2, 3), 8.0)
    >>> zone = np.ones((80, 80), np.uint8)
    >>> found = measure_frame(frame, ["patch"], zone, np.zeros_like(zone))
    >>> round(found.zones[0].area_cm2), found.zones[0].values["spots"]
    (4, 0.0)
    """
    maps = maps_of(fine, zones, covered)
    used = thresholds or thresholds_of(maps)
    return figures_of(names, maps, maps.skin, used)


def maps_of(fine: Frame, zones: Bytes, covered: Bytes, polarised: bool = False, own: OwnSkin | None = None) -> Maps:
    """Everything that is worked out for each pixel.

    Parameters
    ----------
    fine : Frame
        Linear light at the fine scale.
    zones, covered : ndarray of uint8, shape (h // 2, w // 2)
        As in `measure_frame`.
    polarised : bool
        True through crossed polarisers.
    own : OwnSkin or None
        The person's usual skin, of the earlier photograph; None takes that of this one.

    Returns
    -------
    Maps
        For `figures_of`.
    """
    coarse = fine.half()
    # what is smaller than a spot is noise, and noise does not pass a curved law evenly
    density = blurred(coarse.density(), parameter("imaging.spot_blur_mm").value * coarse.px_per_mm)
    if own is None:
        shown = density[(zones > 0) & (covered == 0)]
        own = own_skin(np.median(shown if len(shown) else density.reshape(-1, 3), axis=0), polarised)
    colour = chromophores(density, own)
    unseen = not_bare(None if own.ambiguous else colour.shade, coarse.clipped, zones, covered, coarse.px_per_mm)
    skin = ((zones > 0) & (unseen == 0)).astype(np.uint8) * 255  # numerics: byte that stands for yes
    height, width = (n * 2 for n in zones.shape)
    green = _green_density(fine.light[:height, :width])
    on = skin.astype(np.float32) * np.float32(1.0 / 255.0)  # numerics: byte that stands for yes
    if own.ambiguous:  # melanin's direction lies along blood's: darkness against the surround tells it
        reach = parameter("imaging.spot_surround_mm").value * coarse.px_per_mm
        around = np.stack([masked_mean(np.ascontiguousarray(density[..., k]), on, reach) for k in range(3)], axis=-1)
        pigment = melanin_against(density, around, own)
    else:  # the straight direction of melanin is steadier
        pigment = colour.melanin_part * np.float32(own.directions()[0, _GREEN])
    spots = _above(pigment, on, coarse.px_per_mm, "spot")
    red = _above(colour.blood_part, on, coarse.px_per_mm, "red")
    dots, peaks = pores(green, fine.px_per_mm)
    return Maps(
        coarse, colour, spots, red, green, band(green, fine.px_per_mm), ridges(green, fine.px_per_mm), skin, unseen,
        zones, covered, dots, peaks, own,
    )  # fmt: skip


def thresholds_of(maps: Maps) -> Thresholds:
    """From where something counts on this photograph.

    Parameters
    ----------
    maps : Maps
        From `maps_of`.
    """
    spread = parameter("imaging.spot_mad_fold").value * _mad(maps.spots, maps.skin)
    return Thresholds(
        line_threshold(maps.strength, maps.skin),
        pore_threshold(maps.green, maps.fine(maps.skin)),
        max(parameter("imaging.spot_density").value, spread),
        parameter("imaging.red_density").value,
    )


def figures_of(
    names: Sequence[str], maps: Maps, skin: Bytes, used: Thresholds, lesions: Lesions | None = None
) -> Measured:
    """Figures of every zone on the skin that is given.

    Parameters
    ----------
    names : sequence of str
        Names of zones 1, 2 and so on.
    maps : Maps
        From `maps_of`.
    skin : ndarray of uint8, shape (h, w)
        Not 0 where skin is measured; of a pair, where both show it.
    used : Thresholds
        From where something counts.
    lesions : Lesions or None
        Drawn by hand.

    Returns
    -------
    Measured
        Figures and maps.
    """
    wanted = (maps.zones > 0) & (maps.covered == 0)
    clipped = float(np.mean(maps.coarse.clipped[wanted] > 0)) if np.any(wanted) else 0.0
    fine_skin = maps.fine(skin)
    drawn = lines(maps.strength, skin, maps.coarse.px_per_mm, used.line)
    figures = _figures(names, maps, skin, drawn, used)
    px_per_mm = 2.0 * maps.coarse.px_per_mm
    focus = sharpness(maps.green, fine_skin, px_per_mm)
    told: tuple[Contrast, ...] = ()
    if lesions is not None:
        open_skin = (maps.covered == 0) & (maps.coarse.clipped <= parameter("imaging.shine_pixel_share").value)
        told = contrasts_of(lesions, maps.coarse.light, open_skin, maps.coarse.px_per_mm, maps.own)
    return Measured(figures, maps, drawn, used, focus, noise_of(maps.green, fine_skin), clipped, px_per_mm, told)


def _green_density(light: Float) -> Float:
    cv2 = opencv()
    green = cv2.max(np.ascontiguousarray(light[..., _GREEN]), 1e-5)  # numerics: below half a level
    return cv2.multiply(cv2.log(green), -1.0 / np.log(10))


def _above(part: Float, skin: Float, px_per_mm: float, kind: str) -> Float:
    before, blur, reach = (
        parameter(f"imaging.{name}_mm").value * px_per_mm for name in ("spot_blur", f"{kind}_blur", f"{kind}_surround")
    )
    rest = float(np.sqrt(max(blur**2 - before**2, 0.0)))
    return (blurred(part, rest) if rest > 0 else part) - masked_mean(part, skin, reach)


def _mad(values: Float, skin: Bytes) -> float:
    on = values[skin > 0]
    return float(np.median(np.abs(on - np.median(on)))) * _MAD_TO_SD if on.size else 0.0


def _figures(names: Sequence[str], maps: Maps, skin: Bytes, drawn: Bytes, used: Thresholds) -> tuple[ZoneFigures, ...]:
    count, coarse = len(names) + 1, maps.coarse
    place = np.where(skin > 0, maps.zones, 0).astype(np.uint8)
    whole = np.bincount(maps.zones.ravel(), minlength=count)
    flat = place.ravel()
    pixels = np.bincount(flat, minlength=count)

    def total(values: NDArray[Any]) -> NDArray[Any]:
        return np.bincount(flat, values.ravel(), minlength=count)

    fine_place = maps.fine(place).ravel()
    rough = texture_of(maps, fine_place, count)
    dots = ((maps.pore_peaks > 0) & (maps.pore_height > used.pore)).ravel()
    pore_count = np.bincount(fine_place, dots, minlength=count)
    spot = _large((maps.spots > used.spot) & (skin > 0), coarse.px_per_mm) * maps.spots
    red = np.where(maps.red > used.red, maps.red, 0.0)
    sums = {
        "line_strength": total(maps.strength), "line_length": total(drawn > 0), "spots": total(spot),
        "redness": total(red), "melanin": total(maps.colour.melanin), "blood": total(maps.colour.blood),
    }  # fmt: skip
    out = []
    px_per_cm2 = coarse.px_per_mm**2 * _MM2_PER_CM2
    for number, name in enumerate(names, start=1):
        n = int(pixels[number])
        area = n / px_per_cm2
        usable = n / max(int(whole[number]), 1)
        if n == 0:
            out.append(ZoneFigures(name, 0.0, 0.0, {}))
            continue
        light = np.median(coarse.light[place == number], axis=0).astype(np.float64)
        lab = lab_from_xyz(xyz_from_linear_rgb(light))
        values = {
            "texture": float(rough[number]),
            "line_strength": float(sums["line_strength"][number] / n),
            "line_length": float(sums["line_length"][number] * _STEP_LENGTH / coarse.px_per_mm / area),
            "pores": float(pore_count[number] / area),
            "spots": float(_PERCENT * sums["spots"][number] / n),
            "redness": float(_PERCENT * sums["redness"][number] / n),
            "melanin": float(sums["melanin"][number] / n),
            "blood": float(sums["blood"][number] / n),
            "ita": float(ita_degrees(lab)),
            "lightness": float(lab[0]), "a_star": float(lab[1]), "b_star": float(lab[2]),
        }  # fmt: skip
        out.append(ZoneFigures(name, area, usable, values))
    return tuple(out)


def texture_of(maps: Maps, fine_place: Bytes, count: int) -> NDArray[np.float64]:
    """Texture of each of ``count`` places, by the place of every pixel of the fine frame in a row."""
    pixels = np.maximum(np.bincount(fine_place, minlength=count), 1)
    return np.sqrt(np.bincount(fine_place, (maps.texture**2).ravel(), minlength=count) / pixels)


def _large(spots: NDArray[np.bool_], px_per_mm: float) -> NDArray[np.bool_]:
    """Spots without those too small to be one."""
    cv2 = opencv()
    count, parts, stats, _ = cv2.connectedComponentsWithStats(spots.astype(np.uint8))
    if count < 2:
        return np.zeros_like(spots)
    kept = stats[:, cv2.CC_STAT_AREA] > parameter("imaging.spot_least_mm2").value * px_per_mm**2
    kept[0] = False
    return kept[parts]
