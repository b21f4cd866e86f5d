"""Timing: every candidate in turn, again and again, and the least processor time of each."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version

ROUNDS = 5


def least(candidates: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Seconds of processor time, the least of some rounds, all candidates interleaved after one warm-up of each."""
    for run in candidates.values():
        run()
    best = dict.fromkeys(candidates, float("inf"))
    for _ in range(rounds):
        for name, run in candidates.items():
            start = time.process_time()
            run()
            best[name] = min(best[name], time.process_time() - start)
    return best


def conditions(*packages: str) -> str:
    """What the figures were measured with, and how busy the computer was."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    versions = ", ".join(f"{name} {version(name)}" for name in ("numpy", "llvmlite", *packages))
    return f"{os.cpu_count()} processors, load {load:.1f}; {versions}"
