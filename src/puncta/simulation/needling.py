"""First step: the needles. What each zone's settings leave in the skin."""

from __future__ import annotations

from collections.abc import Iterator

from puncta.case import ZoneSetting
from puncta.frozen import frozen
from puncta.needling import Needled, needle
from puncta.simulation.outcome import Quantity
from puncta.simulation.run import Group, Run, scalar
from puncta.skin import SkinBefore, skin_before


@frozen
class NeedledGroup:
    """A group with its wounds.

    Parameters
    ----------
    group : Group
        The zones.
    skin : SkinBefore
        Their skin before the course.
    sessions : tuple of Needled or None
        One per session; equal settings share one object.
    """

    group: Group
    skin: SkinBefore
    sessions: tuple[Needled | None, ...]

    @property
    def first(self) -> Needled:
        """The first session that needles this group."""
        return next(done for done in self.sessions if done is not None)


def _needle_group(run: Run, group: Group) -> NeedledGroup:
    skin = skin_before(group.zones[0], run.people, run.seed)
    area = sum(run.area_cm2(name) for name in group.zones) / len(group.zones)
    done: dict[ZoneSetting, Needled] = {}
    for setting in group.settings:
        if setting is not None and setting not in done:
            done[setting] = needle(
                run.device, setting.zone, setting.dial_mm, setting.passes, area, run.manner, skin.layers, run.seed
            )
    return NeedledGroup(group, skin, tuple(done[setting] if setting else None for setting in group.settings))


def needle_groups(run: Run) -> tuple[NeedledGroup, ...]:
    """Needle every group in every session."""
    return tuple(_needle_group(run, group) for group in run.groups)


def needling_quantities(run: Run, needled: tuple[NeedledGroup, ...]) -> Iterator[Quantity]:
    """Depth, density, opened area, injured volume, bleeding and time of the first session, per zone."""
    for entry in needled:
        wound, keys = entry.first.wound, entry.first.rests_on
        figures = {
            "depth_mm": wound.depth_mm,
            "density_per_cm2": wound.density_per_cm2,
            "opened_area_fraction": wound.opened_area_fraction,
            "injury_mm3_per_cm2": wound.injury_mm3_per_cm2,
            "bleeding_fraction": wound.bleeding_fraction,
            "time_minutes": entry.first.minutes,
        }
        for name in entry.group.zones:
            for figure, values in figures.items():
                yield Quantity(figure, name, None, *scalar(values), rests_on=keys, limits="limits.needling")
