"""Study text: a built-in study in the format in which an outsider writes one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np

from puncta.evidence import Arm, arms
from puncta.validation.outcomes.arm_tissue import device_kind

_PERCENT = 100.0


def built_in_studies() -> tuple[str, ...]:
    """Names of the built-in studies that can be predicted, in order."""
    return tuple(dict.fromkeys(arm.study for arm in arms().values() if arm.improvement_fraction is not None))


def study_text(name: str) -> str:
    """Write a built-in study as a study file.

    Parameters
    ----------
    name : str
        One of `built_in_studies`.

    Returns
    -------
    str
        TOML that `read_study` takes; what was reported stands as a percentage with the deviation that gives its error.

    Examples
    --------
    >>> print(study_text("A03").splitlines()[0])
    format = 1
    """
    found = [arm for arm in arms().values() if arm.study == name and arm.improvement_fraction is not None]
    lines = ["format = 1", f"name = {json.dumps(name)}", f"source = {json.dumps(found[0].source)}"]
    lines.append(f"heading = {json.dumps(found[0].heading)}")
    sides = dict.fromkeys((arm.kind, arm.addon, arm.design, arm.people_count) for arm in found)
    for number, side in enumerate(sides):
        lines += _arm(f"arm_{number}", [arm for arm in found if _side(arm) == side])
    return "\n".join(lines) + "\n"


def _side(arm: Arm) -> tuple[str, str, str, int | None]:
    return arm.kind, arm.addon, arm.design, arm.people_count


def _arm(name: str, readings: Sequence[Arm]) -> Iterator[str]:
    arm = readings[0]
    planned = arm.sessions_planned if arm.sessions_planned is not None else arm.sessions
    yield from ("", "[[arm]]", f'name = "{name}"', f'kind = "{arm.kind}"', f'addon = "{arm.addon}"')
    yield f'design = "{arm.design}"'
    # without a number of people the error alone is known: as of one person
    yield f"people = {arm.people_count or 1}"
    if arm.phototype_low is not None:
        yield f"phototypes = [{arm.phototype_low}, {arm.phototype_high}]"
    yield f'device = "{device_kind(arm)}"'
    told = {"needle_length_mm": arm.needle_length_mm, "sessions": planned, "interval_days": arm.interval_days}
    yield from (f"{key} = {value:g}" for key, value in told.items() if value is not None)
    if arm.sessions_low is not None:
        yield f"sessions_range = [{arm.sessions_low:g}, {arm.sessions_high:g}]"
    for reading in readings:
        yield from ("", "[[arm.reading]]")
        if reading.followup_days is not None:
            yield f"followup_days = {reading.followup_days:g}"
        yield f"scale = {json.dumps(reading.scale)}"
        yield f'scale_family = "{reading.scale_family}"'
        if reading.sessions_planned is not None:
            yield f"sessions_so_far = {reading.sessions:g}"
        if reading.baseline_unknown_log_sd is not None:
            yield f"assumed_baseline_log_sd = {reading.baseline_unknown_log_sd:g}"
        sd = (reading.improvement_se_fraction or 0.0) * float(np.sqrt(reading.people_count or 1))
        mean = _PERCENT * (reading.improvement_fraction or 0.0)
        yield f"percent = {{ mean = {mean:.10g}, sd = {_PERCENT * sd:.10g} }}"
