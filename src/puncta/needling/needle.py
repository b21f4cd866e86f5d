"""Needle: one session in one zone, from what is set to the wound it leaves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, draw_one, parameter_keys
from puncta.frozen import frozen
from puncta.needling.at_once import needles_at_once
from puncta.needling.devices import Device
from puncta.needling.insertion import reached_depth_mm
from puncta.needling.one_pass import OnePass, one_pass
from puncta.needling.parameters import NeedlingParameters, PatternParameters
from puncta.needling.pattern import time_minutes
from puncta.needling.puncture_spread import PunctureSpread, spread_of_punctures
from puncta.needling.wound import Wound, wound
from puncta.skin import SkinLayers, zone

Array = NDArray[np.float64]

_RATIOS = {
    "pen": ("ratio_pen",),
    "roller": ("roller_half_length_mm", "roller_steepness"),
    "stamp": ("ratio_stamp",),
}


@frozen
class Hand:
    """How the hand works a device, one entry per draw.

    Parameters
    ----------
    speed_cm_per_s, strokes_per_s : ndarray, shape (n,)
        Glide speed and stroke rate as they really are.
    planned_speed_cm_per_s, planned_strokes_per_s : float or None
        As the card asks for them; None where the device has none.
    """

    speed_cm_per_s: Array
    strokes_per_s: Array
    planned_speed_cm_per_s: float | None
    planned_strokes_per_s: float | None

    def needle_speed_fold(self, device: Device) -> Array:
        """Speed at which needles meet the skin against the device's usual one, shape (n,).

        A pen's goes with its strokes, a roller's with the hand, a stamp's is always the usual one.
        """
        usual = {"pen": device.usual_strokes_per_s, "roller": device.usual_speed_cm_per_s}.get(device.kind)
        real = self.strokes_per_s if device.kind == "pen" else self.speed_cm_per_s
        return real / usual if usual is not None else np.ones_like(real)


def hand(device: Device, speed_cm_per_s: float | None, strokes_per_s: float | None, n: int, seed: int) -> Hand:
    """Draw how the hand works, around what is asked for or else the device's usual way.

    Parameters
    ----------
    device : Device
        Pen, roller or stamp.
    speed_cm_per_s, strokes_per_s : float or None
        What is asked for; None takes the device's usual figure.
    n, seed : int
        Number of draws and seed.

    Examples
    --------
    >>> from puncta.needling.devices import device
    >>> hand(device("exceed"), 2.0, None, 5, seed=0).planned_speed_cm_per_s
    2.0
    """
    ones = np.ones(n)
    speed, planned_speed = ones, device.usual_speed_cm_per_s
    if device.usual_speed_cm_per_s is not None:
        planned_speed = speed_cm_per_s or device.usual_speed_cm_per_s
        speed = device.draw("usual_speed_cm_per_s", n, seed) * (planned_speed / device.usual_speed_cm_per_s)
    strokes, planned_strokes = ones, device.usual_strokes_per_s
    if device.usual_strokes_per_s is not None:
        planned_strokes = strokes_per_s or device.usual_strokes_per_s
        strokes = ones * strokes_per_s if strokes_per_s else device.draw("usual_strokes_per_s", n, seed)
    return Hand(speed, strokes, planned_speed, planned_strokes)


@frozen
class Needled:
    """One session in one zone: the wound, how long it took, and what that rests on.

    Parameters
    ----------
    wound : Wound
        What is left in the skin.
    passes : ndarray, shape (n,)
        Passes; drawn where a published protocol does not report them.
    minutes : ndarray, shape (n,)
        Time of gliding over the area.
    rests_on : tuple of str
        Evidence keys.
    one_pass : OnePass
        The pattern of each pass; how even it is rests on ``pattern.ring_of_swath_fraction`` besides.
    length_mm : float
        Needle that is out: what the device is set to, its whole needle at most.
    at_once : ndarray, shape (n,)
        Needles in the skin at one time; for a roller it rests on ``pattern.roller_sunk_mm`` besides.
    """

    wound: Wound
    passes: Array
    minutes: Array
    rests_on: tuple[str, ...]
    one_pass: OnePass
    length_mm: float
    at_once: Array

    @property
    def spread(self) -> PunctureSpread:
        """How many punctures fall, what they open and how evenly they lie."""
        return spread_of_punctures(self.one_pass, self.passes, self.wound.surface_radius_mm)


def needle(
    device: Device,
    zone_name: str,
    dial_mm: float,
    passes: int | None,
    area_cm2: float,
    manner: Hand,
    layers: SkinLayers,
    seed: int,
) -> Needled:
    """Needle one zone once.

    Parameters
    ----------
    device : Device
        Pen, roller or stamp.
    zone_name : str
        Zone with side.
    dial_mm : float
        Set depth, 0 to the device's reach.
    passes : int or None
        Whole passes; None draws them from the published range.
    area_cm2 : float
        Area, above 0.
    manner : Hand
        Speed and stroke rate, n draws.
    layers : SkinLayers
        Layers of this zone, n draws.
    seed : int
        Seed of the run.

    Returns
    -------
    Needled
        Wound, time and trace.

    Notes
    -----
    Limits: ``limits.needling``.

    Examples
    --------
    >>> from puncta.needling import device
    >>> from puncta.person import People, Person, Sex
    >>> from puncta.skin import skin_layers
    >>> people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), 300, seed=0)
    >>> pen = device("exceed")
    >>> done = needle(pen, "cheek_left", 1.0, 4, 42, hand(pen, None, None, 300, 0),
    ...               skin_layers("cheek_left", people, 0), 0)
    >>> bool(0.6 < np.median(done.wound.depth_mm) < 0.9)
    True
    """
    n = layers.epidermis_mm.shape[0]
    law = draw(NeedlingParameters, n, seed)
    deflection_key = zone(zone_name).key("deflection_factor")
    length = min(dial_mm, device.needle_length_mm)
    depth = reached_depth_mm(
        device.kind,
        length,
        device.tolerance_mm,
        draw_one(deflection_key, n, seed),
        law,
        speed_fold=manner.needle_speed_fold(device),
    )
    if passes is None:
        drawn = law.passes_unreported_roller if device.kind == "roller" else law.passes_unreported_pen
    else:
        drawn = np.full(n, float(passes))
    swath = device.draw("swath_cm", n, seed)
    pattern = draw(PatternParameters, n, seed)
    one = one_pass(device, manner.speed_cm_per_s, manner.strokes_per_s, swath, pattern)
    made = wound(depth, one.density_per_cm2 * drawn, layers.epidermis_mm, law)
    return Needled(
        made,
        drawn,
        time_minutes(area_cm2, drawn, manner.speed_cm_per_s, swath),
        _rests_on(device, deflection_key, passes is None),
        one,
        length,
        needles_at_once(device, length, pattern.roller_sunk_mm),
    )


def _rests_on(device: Device, deflection_key: str, passes_drawn: bool) -> tuple[str, ...]:
    unused = {f"needling.{name}" for kind, names in _RATIOS.items() if kind != device.kind for name in names}
    unused |= {"needling.passes_unreported_pen", "needling.passes_unreported_roller"}
    if passes_drawn:
        unused.discard(f"needling.passes_unreported_{'roller' if device.kind == 'roller' else 'pen'}")
    figures = ["tolerance_mm", "swath_cm", "needles"]
    figures += ["punctures_per_cm2_per_pass"] if device.punctures_per_cm2_per_pass is not None else []
    figures += ["usual_strokes_per_s"] if device.usual_strokes_per_s is not None else []
    figures += ["usual_speed_cm_per_s"] if device.usual_speed_cm_per_s is not None else []
    laws = [key for key in parameter_keys(NeedlingParameters) if key not in unused]
    return (*laws, deflection_key, *(device.key_of(figure) for figure in figures))
