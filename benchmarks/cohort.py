"""A cohort: 10,000 person-years of the fixed problem, on one thread and on all, with the memory it takes.

python -m benchmarks.cohort
"""

from __future__ import annotations

import sys
import time
from functools import partial

from tests.healing.engine import fixed

from benchmarks.timing import conditions
from puncta.healing.engine import run

PEOPLE, ROUNDS = 10_000, 3


def _peak_mb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024.0 if sys.platform != "darwin" else 1024.0**2)


def main() -> None:
    """Measure and print."""
    course = fixed.course(fixed.people(PEOPLE, 3))
    follow = partial(run, fixed.MODEL, course, tolerance=1.4e-3, precision="single")
    run(fixed.MODEL, fixed.course(fixed.people(8, 3)), tolerance=1.4e-3, precision="single")
    print(conditions())
    before, least = _peak_mb(), {}
    for name, how in (("one thread", {"map": map}), ("all processors", {})):
        walls = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            found = follow(**how)
            walls.append(time.perf_counter() - start)
        least[name] = min(walls)
        print(
            f"{PEOPLE} person-years, single precision, {name}: {least[name]:.2f} s of wall time, the least of {ROUNDS}"
        )
        lost, size = int((found.status != 0).sum()), found.rows.nbytes / 1024.0**2
    print(f"threads: {least['one thread'] / least['all processors']:.2f} times; {lost} people without an answer")
    print(f"memory: {_peak_mb():.0f} MB at most, {before:.0f} MB before, {size:.0f} MB of it the result")


if __name__ == "__main__":
    main()
