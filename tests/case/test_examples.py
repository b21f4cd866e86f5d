"""The examples load, and each asks what it is meant to ask."""

from datetime import date

import pytest
from tests.case.mutations import EXAMPLES

from puncta.case import Case, ConcernKind, Names, Reply, Role, read_case
from puncta.evidence import arm
from puncta.safety import screen

NAMES = ("acne_scars", "face_lines", "isotretinoin", "melasma", "published_A03", "stretch_marks")
#: Questions that a case leaves out because nobody would ask them there.
NOT_ASKED = {"pregnant_or_nursing", "pseudocholinesterase_deficiency"}
OF_CREAM = {
    "anaesthetic_allergy",
    "g6pd_or_methaemoglobin",
    "methaemoglobin_medicine",
    "heart_rhythm_medicine",
    "liver_disease",
}


def example(name: str) -> Case:
    return read_case(EXAMPLES / f"{name}.toml")


def test_there_are_six_examples() -> None:
    assert sorted(file.stem for file in EXAMPLES.glob("*.toml")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_answered_but_those_nobody_would_ask(name: str) -> None:
    case = example(name)
    open_questions = set(Names.built_in().questions) - set(case.history)
    assert open_questions <= NOT_ASKED | OF_CREAM
    assert all(answer.reply is not Reply.UNKNOWN for answer in case.history.values())


@pytest.mark.parametrize("name", NAMES)
def test_no_question_that_can_stop_is_open_and_no_example_is_stopped(name: str) -> None:
    screening = screen(example(name))
    assert screening.unanswered == ()
    assert screening.allows_plan


def test_the_screen_finds_what_each_example_is_about() -> None:
    found = {name: {finding.rule: finding for finding in screen(example(name)).findings} for name in NAMES}
    filler = found["acne_scars"]["filler_recent"]
    assert filler.zones == ("infraorbital_left", "infraorbital_right") and filler.until == date(2027, 4, 4)
    assert "mole_in_field" in found["acne_scars"]
    assert found["isotretinoin"]["isotretinoin_recent"].until == date(2027, 1, 4)
    assert found["face_lines"]["cold_sore_history"].overridden is not None
    assert {"melasma", "dark_marks_after_healing"} <= set(found["melasma"])


@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_whether_it_is_constructed(name: str) -> None:
    assert example(name).constructed is (name != "published_A03")


def test_acne_scars_is_the_woman_of_34_with_filler_under_both_eyes() -> None:
    case = example("acne_scars")
    assert (case.person.identifier, case.person.age_years, case.person.weight_kg) == ("C-0142", 34, 62)
    assert case.person.phototype_name == "IV"
    assert case.history["filler"].when == date(2026, 10, 4)
    assert case.history["filler"].zones == ("infraorbital_left", "infraorbital_right")
    assert [lesion.zone for lesion in case.lesions] == ["cheek_left"]
    assert case.device.device == "exceed"
    assert case.numbing is not None and case.numbing.minutes == 60


def test_the_other_cases_are_what_their_names_say() -> None:
    assert {concern.kind for concern in example("face_lines").concerns} == {ConcernKind.LINES, ConcernKind.LAXITY}
    assert (example("face_lines").person.age_years, example("face_lines").person.phototype) == (52, 2)
    melasma = example("melasma")
    assert melasma.person.phototype == 5
    assert melasma.history["dark_marks_after_healing"].reply is Reply.YES
    assert [use.zone for use in example("stretch_marks").zones_with(Role.TREAT)] == ["abdomen"]
    waited = example("isotretinoin").planned_on - (example("isotretinoin").history["isotretinoin"].when or date.min)
    assert 120 <= waited.days <= 124


def test_the_published_case_follows_its_row() -> None:
    case, row = example("published_A03"), arm("A03")
    assert case.published == row.key
    assert case.concerns[0].severity_score == row.baseline_mean
    assert case.person.phototype_range == (row.phototype_low, row.phototype_high)
    assert case.protocol is not None
    assert (len(case.protocol.sessions), case.protocol.interval_days) == (row.sessions, row.interval_days)
    settings = case.protocol.sessions[0].settings
    # the length is recalled, not printed: the row holds none, the case says so in a note
    assert row.needle_length_mm is None and {setting.dial_mm for setting in settings} == {1.5}
    assert {setting.passes for setting in settings} == {None}
