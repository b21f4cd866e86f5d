"""The engine: a plain `react` becomes vector code that takes many lanes through a course of healing.

Begin with `run`. A model (`Model`) is traced once (`trace`), written out as the blocks of one step (`plan`), and
run by machine code (`llvm` with `run.ll`, `native`) or by NumPy (`plain`); both keep the same rules (`control`) to the
last bit.
"""

from puncta.healing.engine.model import Model
from puncta.healing.engine.run import Course, Map, Piece, SlowEngineWarning, ready, run
from puncta.healing.engine.trace import above, root

__all__ = ["Course", "Map", "Model", "Piece", "SlowEngineWarning", "above", "ready", "root", "run"]
