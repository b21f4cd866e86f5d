"""Cell: one channel with the skin around it, resolved in radius and depth; the measure of everything quicker."""

from puncta.absorption.cell.cell import UnitCell
from puncta.absorption.cell.film import Film
from puncta.absorption.cell.march import Pace
from puncta.absorption.cell.mesh import Counts
from puncta.absorption.cell.permeate import QUICK, RESOLVED, Resolution, permeate
from puncta.absorption.cell.permeation import PLACES, Permeation

__all__ = ["PLACES", "QUICK", "RESOLVED", "Counts", "Film", "Pace", "Permeation", "Resolution", "UnitCell", "permeate"]
