"""A person's update: eight scores and more of one zone, the whole and its parts.

python -m benchmarks.update
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benchmarks.timing import conditions
from puncta.case import read_case
from puncta.followup import Update, read_visits, update
from puncta.followup.dose import Doses, delivered_doses, planned_doses, remaining_doses

ROUNDS, DRAWS, ZONE = 5, 500, "cheek_left"


def one_zone() -> tuple[Any, Any]:
    """The example with one cheek: four visits, three grades, four pain scores, a diary, dark marks, a photograph."""
    whole = read_case("examples/acne_scars.toml")
    visits = read_visits("examples/visits/acne_scars.toml", whole)
    scars = replace(whole.concerns[0], zones=(ZONE,))
    case = replace(whole, zones=tuple(use for use in whole.zones if use.zone == ZONE), concerns=(scars,))

    def alone(rows: Any) -> Any:
        return tuple(one for one in rows if one.zone == ZONE)

    sessions = tuple(replace(one, zones=alone(one.zones)) for one in visits.sessions)
    planned = tuple(replace(one, settings=alone(one.settings)) for one in visits.planned.sessions)
    return case, replace(visits, sessions=sessions, planned=replace(visits.planned, sessions=planned))


def _least(what: Callable[[], Any]) -> tuple[float, float]:
    what()
    found = []
    for _ in range(ROUNDS):
        wall, processor = time.perf_counter(), time.process_time()
        what()
        found.append((time.perf_counter() - wall, time.process_time() - processor))
    return min(wall for wall, _ in found), min(processor for _, processor in found)


def main() -> None:
    """Measure and print."""
    print(conditions("scipy"))
    case, visits = one_zone()
    kept: list[Update] = []
    whole = _least(lambda: kept.append(update(case, visits, draws=DRAWS)))
    every = (*planned_doses(case, visits.planned), *delivered_doses(case, visits), *remaining_doses(case, visits))
    healed = _least(lambda: Doses(case, every, DRAWS, 0))
    found = kept[-1]
    print(f"scores found together  {found.scores_count}, readings {len(found.readings)}, {DRAWS} simulated people")
    print(f"effective sample       {found.effective_sample:.0f} ({found.method})")
    print(f"whole update           {whole[0]:.2f} s wall, {whole[1]:.2f} s processor, least of {ROUNDS}")
    print(f"of it needles, healing {healed[0]:.2f} s wall, {healed[1]:.2f} s processor")


if __name__ == "__main__":
    main()
