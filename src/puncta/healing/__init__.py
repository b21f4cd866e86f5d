"""The wound heals: inflammation, its signal, new collagen and elastin, redness and turnover, layer by layer."""

from puncta.healing.engine import Map
from puncta.healing.grid import Grid, grid
from puncta.healing.heal import heal, warm_up
from puncta.healing.healing import Failure, Healing
from puncta.healing.injury import Injury, injury
from puncta.healing.parameters import HealingParameters
from puncta.healing.react import STATES, activation, react
from puncta.healing.readings import DepthMeans
from puncta.healing.rest import rest
from puncta.healing.surface import SURFACE, surface_react

__all__ = [
    "STATES",
    "SURFACE",
    "DepthMeans",
    "Failure",
    "Grid",
    "Healing",
    "HealingParameters",
    "Injury",
    "Map",
    "activation",
    "grid",
    "heal",
    "injury",
    "react",
    "rest",
    "surface_react",
    "warm_up",
]
