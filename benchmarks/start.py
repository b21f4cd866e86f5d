"""The start: a fresh process from nothing to its first result, with nothing kept and with the object kept.

    python -m benchmarks.start

Bytecode is compiled beforehand; wall time of the whole process, the least of some rounds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.timing import conditions

ROOT, ROUNDS = Path(__file__).parents[1], 4
LIBRARY = """
import numpy as np
from tests.healing.engine import fixed
from puncta.healing.engine import run
run(fixed.MODEL, fixed.course(fixed.nominal()), tolerance=1e-3)
"""
HEALING = """
import numpy as np
from puncta.evidence import nominal
from puncta.healing import HealingParameters, grid, heal, injury
from puncta.needling import Channels
p = nominal(HealingParameters)
pen = injury(grid(), Channels(*(np.array([x]) for x in (1.5, 1000.0, 0.06, 0.2, 0.75))), p)
heal(pen, (0, 28, 56, 84), p, age_years=30, horizon_days=365, output_days=np.arange(366))
"""
CASE = next((ROOT / "examples").rglob("*.toml"))


def main() -> None:
    """Measure and print."""
    puncta = [str(Path(sys.executable).with_name("puncta")), "simulate", str(CASE), "--json"]
    tasks = {
        "Python alone": [sys.executable, "-c", "pass"],
        "numpy and llvmlite imported": [sys.executable, "-c", "import numpy, llvmlite.binding"],
        "engine, fixed problem, one person": [sys.executable, "-c", LIBRARY],
        "heal, one lane, a year": [sys.executable, "-c", HEALING],
        f"puncta simulate {CASE.name} --json": puncta,
    }
    print(conditions())
    with tempfile.TemporaryDirectory() as place:
        objects = Path(place) / "objects"
        bare = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = {**bare, "PUNCTA_CACHE": str(objects)}

        def wall(command: list[str]) -> float:
            start = time.perf_counter()
            subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
            return time.perf_counter() - start

        for name, command in tasks.items():
            wall(command)
            fresh, kept = [], []
            for _ in range(ROUNDS):
                shutil.rmtree(objects, ignore_errors=True)
                fresh.append(wall(command))
                kept.append(wall(command))
            print(f"{name:44} {min(fresh):6.2f} s with nothing kept, {min(kept):6.2f} s with the object kept")


if __name__ == "__main__":
    main()
