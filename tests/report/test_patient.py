"""The patient sheet: one page, plain words, honest odds."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from typing import Any

import pytest
from tests.report.made import plan_of, view_of

from puncta.case import read_case
from puncta.planning import Plan, plan
from puncta.report.patient import patient_data, patient_sentences, render_patient
from puncta.report.pdf import page_count
from puncta.report.view import view

NAMES = ("acne", "bare", "long", "melasma")
#: School years by which somebody of 12 reads.
GRADE = 7.0


@pytest.fixture(scope="module")
def acne() -> Plan:
    return plan(read_case("examples/acne_scars.toml"), draws=40)


@pytest.mark.parametrize("name", NAMES)
def test_the_sheet_is_one_page(name: str) -> None:
    assert page_count(render_patient(plan_of(name), view_of(name))) == 1


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render_patient(plan_of("acne"), view_of("acne")) == render_patient(plan_of("acne"), view_of("acne"))


@pytest.mark.parametrize("name", ["acne_scars", "face_lines", "melasma", "stretch_marks"])
def test_somebody_of_twelve_can_read_it(name: str) -> None:
    made = plan(read_case(f"examples/{name}.toml"), draws=20)
    lines = [one for words in patient_sentences(made, view(made)) for one in re.split(r"(?<=[.:!?]) ", words) if one]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its word lists are written with stray backslashes
        import readability
    measures: Any = readability
    grades = measures.getmeasures("\n".join(lines), lang="en")["readability grades"]
    for measure in ("Kincaid", "ARI", "Coleman-Liau", "GunningFogIndex", "SMOGIndex"):
        assert grades[measure] <= GRADE, (measure, grades[measure])
    long = [one for one in lines if len(one.split()) > 20]
    assert not long, long


def test_odds_have_the_other_side_and_a_hundred_dots_each(acne: Plan) -> None:
    odds = patient_data(acne, view(acne))["odds"]
    assert [one["head"] for one in odds] == [
        "A clear step better: with needling", "A clear step better: without", "Dark marks for weeks or months",
    ]  # fmt: skip
    for one in odds:
        assert len(one["dots"]) == 100
        assert one["more"]
    assert odds[0]["dots"].count("sure") > odds[1]["dots"].count("sure")


def test_care_at_home_speaks_of_no_needle() -> None:
    made = plan(read_case("examples/melasma.toml"), draws=200)
    assert made.chosen is not None
    assert not made.chosen.course.sessions
    data = patient_data(made, view(made))
    assert not data["notice"]
    assert not data["wait"]
    assert any("hydroquinone" in line.lower() or "cream" in line.lower() for line in data["do"])


def test_a_sentence_of_the_clinic_stands_as_it_is(acne: Plan) -> None:
    policy = replace(acne.case.policy, aftercare={"makeup": "No make-up for a week."})
    made = plan(replace(acne.case, policy=policy), draws=20)
    assert "No make-up for a week." in patient_data(made, view(made))["wait"]
