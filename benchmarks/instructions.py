"""Instructions of the processor per person-year of the fixed problem, which no other load on the computer changes.

    python -m benchmarks.instructions

Counted by cachegrind of Valgrind, as the difference between two runs of different size, so that start and compilation
drop out; what lays lanes out and reads them in Python is counted too. Where there is no Valgrind, it says so.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FEW, MANY = 8, 136
TOLERANCE = 1e-3
TASK = """
from tests.healing.engine import fixed
from puncta.healing.engine import run
people = fixed.people({count}, 3)
print(run(fixed.MODEL, fixed.course(people), tolerance={tolerance}, precision="{precision}", map=map).steps.mean())
"""


def counted(valgrind: str, task: str, place: str) -> tuple[int, float]:
    """Instructions of a fresh process, and what it printed."""
    command = [valgrind, "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={place}/out", "--"]
    environment = {"PUNCTA_CACHE": place, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, sys.executable, "-c", task], check=True, cwd=ROOT, env=environment, capture_output=True, text=True
    )
    found = re.search(r"I +refs: +([\d,]+)", done.stderr)
    if found is None:
        raise RuntimeError(done.stderr)
    return int(found[1].replace(",", "")), float(done.stdout)


def main() -> None:
    """Count and print."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        print("no Valgrind here: nothing is counted")
        return
    with tempfile.TemporaryDirectory() as place:
        for precision in ("double", "single"):
            figures = []
            for count in (FEW, FEW, MANY):  # the first keeps the object
                task = TASK.format(count=count, tolerance=TOLERANCE, precision=precision)
                figures.append(counted(valgrind, task, place))
            each = (figures[2][0] - figures[1][0]) / (MANY - FEW)
            print(f"{precision}: {each / 1e6:.2f} million instructions a person-year, {figures[2][1]:.0f} steps")


if __name__ == "__main__":
    main()
