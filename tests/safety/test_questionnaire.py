"""The questionnaire: from the rules, in the person's language, and a "don't know" comes back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.safety.safety_case import case_of

from puncta.errors import InputError
from puncta.messages import keys, languages
from puncta.safety import questionnaire, questions, screen

QUESTIONS = sorted(questions())


def test_every_language_has_every_question_and_every_word_around_it() -> None:
    spoken = [name for name in languages() if keys("questionnaire.", name)]
    assert set(spoken) >= {"en", "de"}
    for name in spoken:
        for prefix in ("questions.", "questionnaire."):
            assert set(keys(prefix, name)) == set(keys(prefix, "en")), name


def test_each_question_names_the_rules_that_read_it_and_only_what_concerns_the_case_is_asked() -> None:
    asked = {entry.key: entry for entry in questionnaire(case_of())}
    assert all(entry.rules for entry in asked.values())
    assert asked["filler"].hints == ("on which day (last)?", "where?") and not asked["psoriasis"].hints
    assert "pseudocholinesterase_deficiency" not in asked
    assert "pregnant_or_nursing" not in {entry.key for entry in questionnaire(case_of({"person": {"sex": "male"}}))}
    assert {entry.state for entry in asked.values()} == {"no"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(QUESTIONS), unique=True, max_size=4), st.sampled_from(QUESTIONS))
def test_what_is_unknown_or_was_never_asked_comes_first(left_out: list[str], unknown: str) -> None:
    case = case_of(
        {
            "unanswered": [key for key in left_out if key != unknown],
            "history": {unknown: "unknown"},
            "cream": "lidocaine_tetracaine_7_7",
        }
    )
    asked = questionnaire(case)
    count = sum(entry.to_ask for entry in asked)
    assert all(entry.to_ask for entry in asked[:count]) and not any(entry.to_ask for entry in asked[count:])
    assert {entry.key for entry in asked if entry.to_ask} == ({*left_out, unknown}) & {entry.key for entry in asked}
    assert {entry.key for entry in asked if entry.to_ask and entry.blocks} == set(screen(case).unanswered)


def test_a_language_without_questions_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError) as caught:
        questionnaire(case_of(), "xx")
    assert caught.value.problems[0].allowed == "de, en, es"
