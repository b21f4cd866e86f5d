"""A darker skin is never needled deeper or more densely: limits act on injury and inflammation, not on what is seen."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.case import Case, Limits, read_case
from puncta.planning import plan

DRAWS = 20
names = st.sampled_from(["acne_scars", "face_lines", "melasma", "stretch_marks"])
limits = st.builds(
    Limits,
    max_sessions=st.integers(1, 6),
    max_pain_score=st.sampled_from([3.0, 5.0, 7.0, 10.0]),
    max_redness_hours=st.sampled_from([6.0, 12.0, 24.0, 48.0, 96.0]),
    max_pih_probability=st.sampled_from([0.05, 0.15, 1.0]),
)


@cache
def _read(name: str) -> Case:
    return read_case(f"examples/{name}.toml")


def _settings(name: str, wanted: Limits, phototype: int, seed: int) -> dict[str, tuple[float, int]]:
    """Deepest setting and most passes by zone."""
    case = _read(name)
    person = replace(case.person, phototype=phototype, ita_degrees=None)
    made = plan(replace(case, person=person, limits=wanted), draws=DRAWS, seed=seed)
    out: dict[str, tuple[float, int]] = {}
    for session in made.chosen.course.sessions if made.chosen else ():
        for one in session.settings:
            depth, passes = out.get(one.zone, (0.0, 0))
            out[one.zone] = (max(depth, one.dial_mm), max(passes, one.passes or 0))
    return out


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(names, limits, st.integers(1, 6), st.integers(1, 6), st.integers(0, 3))
def test_a_darker_phototype_never_gets_a_deeper_or_denser_plan(
    name: str, wanted: Limits, one: int, other: int, seed: int
) -> None:
    lighter, darker = (_settings(name, wanted, phototype, seed) for phototype in sorted((one, other)))
    for zone, (depth_mm, passes) in darker.items():
        assert depth_mm <= lighter[zone][0] and passes <= lighter[zone][1], zone
