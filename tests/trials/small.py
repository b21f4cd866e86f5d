"""Small trials that tests change as they need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from puncta.trials import Trial, read_trial, trial_from
from puncta.trials.block import BLOCK

SPLIT = Path("examples/trials/split_face.toml")


def split_trial(**changes: Any) -> Trial:
    """The split-face example: 20 people, held once."""
    return replace(read_trial(SPLIT), **{"trials_count": 1, **changes})


def long_trial(blocks: int = 3) -> Trial:
    """A split-face trial whose people fill some blocks and begin another."""
    return split_trial(people_count=(blocks - 1) * BLOCK + 100)


def parallel_trial(**changes: Any) -> Trial:
    """The same people in a parallel trial with the t test."""
    trial = split_trial()
    told = {"design": "parallel", "analysis": replace(trial.analysis, test="t")}
    return replace(trial, **{**told, **changes})


def written(*changes: tuple[str, str]) -> str:
    """The text of the example with some words changed."""
    words = SPLIT.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in words, old
        words = words.replace(old, new)
    return words


def changed(*changes: tuple[str, str]) -> Trial:
    """The trial of that text."""
    return trial_from(written(*changes))


def with_product(trial: Trial, product: str) -> Trial:
    """The same trial with a product needled in on the first arm."""
    return replace(trial, arms=(replace(trial.arms[0], product=product), *trial.arms[1:]))
