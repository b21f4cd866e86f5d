"""Closing in a run: age, lightness and a person's own pace count."""

from dataclasses import replace

import numpy as np

from puncta.case import Course, read_case
from puncta.simulation.closing import closing
from puncta.simulation.run import prepare

CASE = read_case("examples/acne_scars.toml")
HOURS = np.array([24.0])


def _share(ita: float | None, age: int) -> np.ndarray:
    person = replace(CASE.person, ita_degrees=ita, age_years=age)
    run = prepare(replace(CASE, person=person), Course("untreated", ()), 60, seed=0)
    return closing(run).open_share(HOURS, np.ones(60), np.full(60, 0.05))[:, 0]


def test_darker_and_older_skin_closes_later() -> None:
    light = _share(50.0, 30)
    assert np.all(_share(-30.0, 30) >= light)
    assert np.median(_share(-30.0, 30)) > np.median(light)
    assert np.all(_share(50.0, 70) >= light)


def test_persons_differ_and_the_trace_names_what_closing_rests_on() -> None:
    run = prepare(CASE, Course("untreated", ()), 60, seed=0)
    found = closing(run)
    assert np.std(np.log(found.law.person_fold)) > 0.25
    assert {"channels.person_fold", "channels.tone_slope"} <= set(found.rests_on)
    assert any(key.startswith("optics.") for key in found.rests_on)
