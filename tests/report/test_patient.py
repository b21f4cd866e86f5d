"""The patient sheet: one page, plain words, honest odds."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from typing import Any

import pytest
from tests.report.made import plan_of, view_of
from tests.report.perspicuity import AT_TWELVE, perspicuity

from puncta.case import read_case
from puncta.messages import text
from puncta.planning import Plan, plan
from puncta.report.patient import Letterhead, patient_sentences, patient_sheet, render_patient
from puncta.report.pdf import page_count
from puncta.report.view import view

NAMES = ("acne", "bare", "long", "melasma")
#: School years by which somebody of 12 reads.
GRADE = 7.0
SPANISH = Letterhead("Clínica Ejemplo", "91 000 00 00", "es")


def _sentences(told: tuple[str, ...]) -> list[str]:
    return [one for words in told for one in re.split(r"(?<=[.:!?]) ", words) if one]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("letterhead", [None, SPANISH])
def test_the_sheet_is_one_page(name: str, letterhead: Letterhead | None) -> None:
    assert page_count(render_patient(plan_of(name), view_of(name), letterhead)) == 1


def test_the_clinic_stands_on_its_sheet_and_the_plan_in_the_foot(acne: Plan) -> None:
    seen = view(acne)
    told = patient_sheet(acne, seen, Letterhead("Example clinic", "020 7946 0000"))
    assert (told["clinic"], told["phone"], told["unreviewed"]) == ("Example clinic", "020 7946 0000", "")
    assert seen.plan_key in told["plan"]
    assert told["notice_device"] == text("limits.not_a_device")


def test_spanish_says_all_that_english_says_and_is_marked_as_not_reviewed(acne: Plan) -> None:
    english, spanish = patient_sheet(acne, view(acne)), patient_sheet(acne, view(acne), SPANISH)
    assert spanish["unreviewed"] == "Traducción aún no revisada por un profesional sanitario"
    assert spanish["notice_device"] == text("limits.not_a_device", "es")
    for name in ("intro", "odds", "notice", "do", "wait", "words"):
        assert len(spanish[name]) == len(english[name])
    assert [one["dots"] for one in spanish["odds"]] == [one["dots"] for one in english["odds"]]
    shared = set(patient_sentences(acne, view(acne), SPANISH)) & set(patient_sentences(acne, view(acne)))
    assert not shared
    assert "mejilla" in " ".join(spanish["intro"])


@pytest.mark.parametrize("name", ["acne_scars", "face_lines", "melasma", "stretch_marks"])
def test_somebody_of_twelve_can_read_the_spanish_too(name: str) -> None:
    made = plan(read_case(f"examples/{name}.toml"), draws=20)
    lines = _sentences(patient_sentences(made, view(made), SPANISH))
    assert perspicuity(lines) >= AT_TWELVE
    assert not [one for one in lines if len(one.split()) > 20]


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render_patient(plan_of("acne"), view_of("acne")) == render_patient(plan_of("acne"), view_of("acne"))


@pytest.mark.parametrize("name", ["acne_scars", "face_lines", "melasma", "stretch_marks"])
def test_somebody_of_twelve_can_read_it(name: str) -> None:
    made = plan(read_case(f"examples/{name}.toml"), draws=20)
    lines = _sentences(patient_sentences(made, view(made)))
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
    odds = patient_sheet(acne, view(acne))["odds"]
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
    data = patient_sheet(made, view(made))
    assert not data["notice"]
    assert not data["wait"]
    assert any("hydroquinone" in line.lower() or "cream" in line.lower() for line in data["do"])


def test_a_sentence_of_the_clinic_stands_as_it_is(acne: Plan) -> None:
    policy = replace(acne.case.policy, aftercare={"makeup": "No make-up for a week."})
    made = plan(replace(acne.case, policy=policy), draws=20)
    assert "No make-up for a week." in patient_sheet(made, view(made))["wait"]
