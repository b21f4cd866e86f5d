"""Settings of a course: what must fit together in its sessions, and with the device and the zones of a case."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from puncta.case.mistakes import Mistake, Place
from puncta.needling.devices import Device
from puncta.skin import expand, zone


def session_mistakes(
    place: Place, sessions: list[Any], device: Device | None, treated: Collection[str] | None
) -> Iterator[Mistake]:
    """Find what does not fit together in listed sessions.

    Parameters
    ----------
    place : tuple
        Where the list stands.
    sessions : list
        Session tables; None where one is wrong in itself.
    device : Device or None
        The device, where a case names one.
    treated : collection of str or None
        Zones that the case treats; None where there is no case.
    """
    last: float | None = None
    for index, session in enumerate(sessions):
        if not isinstance(session, Mapping):
            continue
        at = (*place, index)
        day = session.get("day")
        if day is not None:
            if index == 0 and day != 0:
                yield Mistake((*at, "day"), "first_day", day)
            elif last is not None and day <= last:
                yield Mistake((*at, "day"), "day_order", day, {"last": f"{last:g}"})
            last = day
        yield from _settings((*at, "settings"), session.get("settings"), device, treated)


def _settings(place: Place, settings: Any, device: Device | None, treated: Collection[str] | None) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, setting in enumerate(settings if isinstance(settings, list) else ()):
        if not isinstance(setting, Mapping):
            continue
        at = (*place, index)
        written = setting.get("zone", "")
        sides = expand(written)
        if any(zone(name).never for name in sides):
            yield Mistake((*at, "zone"), "never_zone", written, {"zone": written})
        elif treated is not None and any(name not in treated for name in sides):
            yield Mistake((*at, "zone"), "zone_not_treated", written, {"zone": written})
        if seen & set(sides):
            yield Mistake((*at, "zone"), "zone_twice", written, {"zone": written})
        seen.update(sides)
        yield from setting_mistakes(at, setting, device)


def setting_mistakes(place: Place, setting: Mapping[str, Any], device: Device | None) -> Iterator[Mistake]:
    """Find a needle length that the device cannot be set to."""
    dial = setting.get("dial_mm")
    if dial is None or device is None:
        return
    if dial > device.reach_mm:
        yield Mistake(
            (*place, "dial_mm"), "beyond_reach", dial, {"device": device.name, "reach": f"{device.reach_mm:g}"}
        )
    elif dial > 0 and not any(math.isclose(dial, step) for step in device.steps_mm):
        near = sorted(device.steps_mm, key=lambda step: abs(step - dial))[:2]
        steps = " or ".join(f"{step:g}" for step in sorted(near))
        yield Mistake((*place, "dial_mm"), "no_step", dial, {"device": device.name, "steps": steps})
