"""Protocols of the reference tables, and the runs that several tests read."""

from functools import cache
from types import MappingProxyType

import numpy as np

from puncta.evidence import nominal
from puncta.healing import Healing, HealingParameters, Injury, grid, heal, injury
from puncta.healing.grid import PRODUCTION_LAYERS
from puncta.needling import Channels

#: Mean depth reached in mm, channels per cm2, surface radius in mm.
PROTOCOLS = MappingProxyType(
    {
        "R15": (0.9, 250.0, 0.06),
        "P05": (0.5, 1000.0, 0.045),
        "P10": (1.0, 1000.0, 0.055),
        "P15": (1.5, 1000.0, 0.06),
        "P25": (2.5, 1000.0, 0.06),
        "STRONG": (2.5, 2000.0, 0.06),
    }
)
NOMINAL = nominal(HealingParameters)
#: Taper and scatter of depth that the reference values were computed with.
TAPER, SCATTER = 0.75, 0.2
COURSE = (0, 28, 56, 84)


def channels_of(depth: np.ndarray, density: np.ndarray, radius: np.ndarray, taper: float = TAPER) -> Channels:
    """Channels of the shape that the reference values belong to."""
    return Channels(depth, density, radius, np.full(depth.shape, SCATTER), np.full(depth.shape, taper))


def wound_of(
    *rows: tuple[float, float, float], layers: int = PRODUCTION_LAYERS, parameters: HealingParameters = NOMINAL
) -> Injury:
    """The injury of one session, one lane per row of depth, density and radius."""
    depth, density, radius = np.array(rows, dtype=float).T
    return injury(grid(layers), channels_of(depth, density, radius), parameters)


def follow(
    injuries: Injury,
    days: tuple[float, ...],
    output_days: tuple[float, ...],
    parameters: HealingParameters = NOMINAL,
    **options: object,
) -> Healing:
    """Heal at the age at which the gain is 1, up to the last day read."""
    given: dict = {"age_years": 30.0, "horizon_days": output_days[-1], "output_days": output_days, **options}
    return heal(injuries, days, parameters, **given)


@cache
def plan(name: str) -> Healing:
    """Plan A (P15 four times every 28 days) or B (R15 five times every 30 days) on 40 layers, closely."""
    if name == "A":
        days, outputs, protocol = COURSE, (0, 1, 7, 28, 84, 84.5, 112, 365), "P15"
    else:
        days, outputs, protocol = (0, 30, 60, 90, 120), (3, 7, 176, 365), "R15"
    wound = wound_of(PROTOCOLS[protocol], layers=40)
    return follow(wound, days, outputs, layers=40, record="all", tolerance=1e-7)
