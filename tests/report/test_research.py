"""The research file holds every figure of every course once."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from puncta.case import read_case
from puncta.planning import plan
from puncta.report.research import research_csv


def test_every_quantity_of_every_course_stands_with_unit_band_and_day() -> None:
    made = plan(read_case("examples/stretch_marks.toml"), draws=20)
    rows = list(csv.DictReader(io.StringIO(research_csv(made))))
    wanted = sum(q.days.shape[0] for a in made.alternatives for q in a.outcome.quantities.values())
    assert len(rows) == wanted
    assert len({(r["course"], r["quantity"], r["concern"], r["zone"], r["day"]) for r in rows}) == wanted
    assert made.chosen is not None
    pain = next(r for r in rows if r["quantity"] == "pain_score" and r["course"] == made.chosen.course.name)
    median = float(np.median(made.chosen.outcome["pain_score@abdomen"].values))
    assert float(pain["median"]) == pytest.approx(median, rel=1e-4)
    assert pain["day"] == ""
