"""A virtual trial: 10,000 people, six sessions, a year, every outcome and doses, on one thread and two; then 100,000.

python -m benchmarks.trial            each run in a process of its own, with its memory
python -m benchmarks.trial 10000 2    one run: people and threads
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import replace

from benchmarks.timing import conditions
from puncta.trials import Trial, read_trial, run_trial

FILE, PEOPLE, ROUNDS = "examples/trials/split_face.toml", 10_000, 3


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


def once(people: int, threads: int) -> str:
    """Run, and say what it took, tables written as Parquet and CSV."""
    with tempfile.TemporaryDirectory() as place:
        run_trial(trial(64), place, csv=False)  # machine code is made or loaded
    before, processor = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as place:
        run_trial(trial(people), place, workers=threads)
        wall = time.perf_counter() - before
    return f"{wall:.2f} {time.process_time() - processor:.2f} {_peak_mb():.0f}"


def _apart(people: int, threads: int, at_once: int) -> list[tuple[float, ...]]:
    """The same run in some processes at once: wall time, processor time and memory of each."""
    command = [sys.executable, "-m", "benchmarks.trial", str(people), str(threads)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(at_once)]
    return [tuple(map(float, process.communicate()[0].split())) for process in started]


def main() -> None:
    """Measure and print."""
    if len(sys.argv) > 2:
        print(once(int(sys.argv[1]), int(sys.argv[2])))
        return
    print(conditions("pyarrow"))
    least: dict[tuple[int, int], float] = {}
    for people, threads, rounds in ((PEOPLE, 1, ROUNDS), (PEOPLE, 2, ROUNDS), (10 * PEOPLE, 2, 1)):
        wall, processor, memory = min(_apart(people, threads, 1)[0] for _ in range(rounds))
        least[people, threads] = wall
        took = f"{wall:6.2f} s of wall time, {processor:6.2f} s of processor time, {memory:.0f} MB at most"
        print(f"{people:7,d} people, {threads} threads: {took}; the least of {rounds}")
    beside = min(max(_apart(PEOPLE, 1, 2))[0] for _ in range(ROUNDS))
    print(f"two processes side by side, one thread each: {beside:6.2f} s; the machine gives two cores at most "
          f"{2 * least[PEOPLE, 1] / beside:.2f} times one")  # fmt: skip
    print(f"two threads: {least[PEOPLE, 1] / least[PEOPLE, 2]:.2f} times one")
    print(f"ten times the people: {least[10 * PEOPLE, 2] / least[PEOPLE, 2]:.1f} times the time")


if __name__ == "__main__":
    main()
