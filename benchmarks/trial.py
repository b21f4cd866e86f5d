"""A virtual trial: 10,000 people, six sessions, a year, every outcome and doses, on one core and two; then 100,000.

python -m benchmarks.trial            each run in a process of its own, with its memory
python -m benchmarks.trial 10000 2    one run: people and cores
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace

from benchmarks.timing import conditions
from puncta.trials import Trial, read_trial, run_trial

FILE, PEOPLE, ROUNDS = "examples/trials/split_face.toml", 10_000, 4


def trial(people: int) -> Trial:
    """A split-face trial in which the needled side gets a product, so that doses are followed, too."""
    told = read_trial(FILE)
    needled = replace(told.arms[0], sessions_count=6, product="tranexamic_acid_4_mg_per_ml")
    return replace(
        told,
        people_count=people,
        trials_count=1,
        arms=(needled, told.arms[1]),
        visit_days=(0, 84, 168, 365),
        analysis=replace(told.analysis, day=365),
    )


def _peak_mb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024.0 if sys.platform != "darwin" else 1024.0**2)


def once(people: int, cores: int) -> str:
    """Run on so many cores, one thread for each, and say what it took, tables written as Parquet and CSV."""
    if hasattr(os, "sched_setaffinity"):  # doses of the first people are followed on all there are
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    with tempfile.TemporaryDirectory() as place:
        run_trial(trial(64), place, csv=False)  # machine code is made or loaded
    before, processor = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as place:
        run_trial(trial(people), place, workers=cores)
        wall = time.perf_counter() - before
    return f"{wall:.2f} {time.process_time() - processor:.2f} {_peak_mb():.0f}"


def _apart(people: int, cores: int) -> tuple[float, ...]:
    """The same run in a process of its own: wall time, processor time and memory."""
    command = [sys.executable, "-m", "benchmarks.trial", str(people), str(cores)]
    return tuple(map(float, subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()))


def main() -> None:
    """Measure and print."""
    if len(sys.argv) > 2:
        print(once(int(sys.argv[1]), int(sys.argv[2])))
        return
    print(conditions("pyarrow"))
    least: dict[tuple[int, int], tuple[float, ...]] = {}
    for _ in range(ROUNDS):  # in turn, so that a busy minute of the computer meets both
        for cores in (1, 2):
            found = _apart(PEOPLE, cores)
            least[PEOPLE, cores] = min(found, least.get((PEOPLE, cores), found))
    least[10 * PEOPLE, 2] = _apart(10 * PEOPLE, 2)
    for (people, cores), (wall, processor, memory) in least.items():
        took = f"{wall:6.2f} s of wall time, {processor:6.2f} s of processor time, {memory:.0f} MB at most"
        print(f"{people:7,d} people, {cores} cores: {took}")
    one, two, more = (took[0] for took in least.values())
    print(f"the least of {ROUNDS} rounds for {PEOPLE:,d}; two cores: {one / two:.2f} times one")
    print(f"ten times the people: {more / two:.1f} times the time")


if __name__ == "__main__":
    main()
