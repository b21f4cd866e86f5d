"""One pass: the needles of a device as they meet the skin, repeated along a track and from track to track."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.needling.devices import Device
from puncta.needling.parameters import PatternParameters
from puncta.needling.pattern import density_per_pass_per_cm2

Array = NDArray[np.float64]
_MM_PER_CM = 10.0
_MM2_PER_CM2 = 100.0


@frozen(eq=False)
class OnePass:
    """The pattern of one pass.

    Parameters
    ----------
    density_per_cm2 : ndarray, shape (n,)
        Punctures per cm2 of the pass.
    along_mm : ndarray, shape (n,)
        Way of the device between two strokes (pen), two needles of a row (roller), or the length of the plate (stamp).
    across_mm : ndarray, shape (n,)
        Width of a track or plate; tracks lie edge to edge.
    layout : ndarray, shape (k, 2)
        Needles that come down together, along and across, in units of ``unit_mm``.
    unit_mm : ndarray, shape (n,)
        Length of one unit of the layout.
    turned : bool
        Whether the cartridge stands in a new turn against its track in each pass.
    scattered : bool
        Whether presses fall anywhere (stamp), or strokes follow one another along tracks.
    """

    density_per_cm2: Array
    along_mm: Array
    across_mm: Array
    layout: Array
    unit_mm: Array
    turned: bool
    scattered: bool


def one_pass(
    device: Device,
    speed_cm_per_s: Array,
    strokes_per_s: Array,
    swath_cm: Array,
    parameters: PatternParameters,
) -> OnePass:
    """Work out the pattern of one pass from the geometry of the device.

    Parameters
    ----------
    device : Device
        A pen's needles stand evenly on a ring; its diameter is the record's ``ring_cm``, else a share of the swath. A
        roller has ``rows`` of needles in step, as far apart along a row as the density asks. A stamp is a square plate.
    speed_cm_per_s, strokes_per_s, swath_cm : ndarray, shape (n,)
        Glide speed, stroke rate and width of the track, above 0.
    parameters : PatternParameters
        Draws, shape (n,) or (1,).

    Returns
    -------
    OnePass
        The pattern; its density is that of `density_per_pass_per_cm2`.

    Notes
    -----
    Limits: ``limits.needling``. Needles are taken to come down upright and at once; how the hand leaves gaps between
    tracks, or covers them twice, is not counted, so real skin is treated less evenly. Source: schwarz_2011 for the
    roller, whose needles stand every 15 degrees in each of 8 rows; how pens set theirs is assumed.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> from puncta.needling import PatternParameters, device
    >>> pen = one_pass(device("exceed"), *(np.array([x]) for x in (3.0, 120.0, 0.5)), nominal(PatternParameters))
    >>> pen.along_mm, pen.density_per_cm2
    (array([0.25]), array([480.]))
    """
    density = density_per_pass_per_cm2(device, speed_cm_per_s, strokes_per_s, swath_cm)
    swath = _MM_PER_CM * swath_cm
    if device.kind == "pen":
        along, layout = _MM_PER_CM * speed_cm_per_s / strokes_per_s, _ring(device.needles)
        ring = device.record.value("ring_cm")
        width = swath * parameters.ring_of_swath_fraction if ring is None else np.full_like(swath, _MM_PER_CM * ring)
        return OnePass(density, along, swath, layout, 0.5 * width, turned=True, scattered=False)
    if device.kind == "roller":
        # where a record has no rows, needles stand as far apart across as along
        rows = device.rows or max(round(float(np.quantile(swath * np.sqrt(density / _MM2_PER_CM2), 0.5))), 1)
        layout = np.column_stack([np.zeros(rows), np.arange(float(rows))])
        along = rows * _MM2_PER_CM2 / (density * swath)
        return OnePass(density, along, swath, layout, swath / rows, turned=False, scattered=False)
    pitch = np.sqrt(_MM2_PER_CM2 / density)
    side = pitch * np.sqrt(device.needles)
    return OnePass(density, side, side, _plate(device.needles), pitch, turned=True, scattered=True)


def _ring(needles: int) -> Array:
    angles = 2.0 * np.pi * np.arange(needles) / needles
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _plate(needles: int) -> Array:
    columns = int(np.ceil(np.sqrt(needles)))
    return np.column_stack(np.divmod(np.arange(needles), columns)).astype(float)
