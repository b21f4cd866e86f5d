"""Aftercare and end points: plain words, times with the leaflets' range, nothing that leans on redness alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.safety.safety_case import case_of

from puncta.errors import InputError
from puncta.evidence import sources
from puncta.messages import has_text, keys, text
from puncta.safety import aftercare, endpoint, endpoint_key, screen
from puncta.safety.aftercare import advice_keys


def test_deeper_needling_waits_longer_for_make_up_sport_and_actives() -> None:
    shallow = {advice.key: advice for advice in aftercare(case_of(), 0.4)}
    deep = {advice.key: advice for advice in aftercare(case_of(), 0.9)}
    for key in ("makeup", "sport", "actives"):
        assert (shallow[key].from_hours or 0) < (deep[key].from_hours or 0)
    assert "48 h" in deep["makeup"].text and "72 h" in deep["sport"].text and "7 days" in deep["actives"].text


def test_where_leaflets_disagree_the_range_stands_beside_the_default() -> None:
    advice = {entry.key: entry for entry in aftercare(case_of(), 0.9)}
    assert advice["makeup"].range_hours == (24, 48)
    assert advice["makeup"].differ == "leaflets say 24 h to 48 h"
    assert advice["sport"].differ == "leaflets say 1 day to 7 days"
    for entry in advice.values():
        assert all(key in sources() for key in entry.sources) and entry.sources
        if entry.range_hours is not None:
            assert entry.range_hours[0] <= (entry.from_hours or 0) <= entry.range_hours[1]


def test_dark_skin_is_told_to_look_for_warmth_and_not_for_redness_alone() -> None:
    for phototype in (4, 5, 6):
        said = " ".join(entry.text for entry in aftercare(case_of({"person": {"phototype": phototype}}), 0.9))
        assert "warmth" in said and "darkens" in said
    for phototype in (1, 2, 3):
        said = " ".join(entry.text for entry in aftercare(case_of({"person": {"phototype": phototype}}), 0.9))
        assert "redness that grows" in said


def test_cold_sores_and_cream_add_their_sentences() -> None:
    plain = {entry.key for entry in aftercare(case_of(), 0.9)}
    more = {entry.key for entry in aftercare(case_of({"yes": ["cold_sore_history"], "cream": "lidocaine_4"}), 0.9)}
    assert more - plain == {"cold_sore", "numb"}


def test_products_of_the_session_and_at_home_are_named() -> None:
    table = {"product": "sterile_hyaluronate_gel", "home_products": ["tretinoin_cream", "tinted_sunscreen"]}
    advice = {entry.key: entry for entry in aftercare(case_of(table), 0.9)}
    assert "hyaluronate" in advice["product"].text.lower()
    assert "retinoin" in advice["actives"].text and "7 days" in advice["actives"].text
    assert "inted" in advice["tinted"].text and "granuloma_sunscreen_report" in advice["tinted"].sources
    plain = {entry.key for entry in aftercare(case_of(), 0.9)}
    assert not plain & {"product", "tinted"}


def test_a_clinic_words_its_own_aftercare_and_the_sentence_replaced_is_kept() -> None:
    own = {"makeup": "Make-up after two days.", "own_call": "Our number at night is on the card."}
    case = case_of()
    made = aftercare(replace(case, policy=replace(case.policy, aftercare=own)), 0.9)
    advice = {entry.key: entry for entry in made}
    assert advice["makeup"].text == own["makeup"] and "48 h" in advice["makeup"].replaced
    assert advice["makeup"].differ and advice["makeup"].sources[0] == "clinic_policy"
    assert advice["own_call"].text == own["own_call"] and advice["own_call"].sources == ("clinic_policy",)
    assert made[-1].group == "call"
    with pytest.raises(InputError, match="makup"):
        screen(replace(case, policy=replace(case.policy, aftercare={"makup": "x"})))


def test_every_sentence_that_may_be_replaced_is_one_that_exists() -> None:
    everything = aftercare(
        case_of(
            {
                "product": "sterile_saline", "cream": "lidocaine_4", "yes": ["cold_sore_history"],
                "home_products": ["tinted_sunscreen"],
            }
        ),
        0.9,
    )  # fmt: skip
    assert {entry.key for entry in everything} == advice_keys()


def test_what_contradicts_what_is_shown_to_the_clinician() -> None:
    advice = {entry.key: entry for entry in aftercare(case_of(), 0.9)}
    assert "manual 2 to 3 days" in advice["sun"].conflict and "24 h" in advice["sunscreen"].conflict
    assert all(bool(entry.conflict) is bool(entry.differ) for entry in advice.values())


def test_sentences_for_patients_are_short() -> None:
    for key in keys("aftercare.advice."):
        for sentence in re.split(r"[.;:]", text(key)):
            assert len(sentence.split()) <= 18, key


@pytest.mark.parametrize(
    ("depth_mm", "grade"),
    [(0.1, "faint_redness"), (0.3, "even_redness"), (0.56, "even_redness"), (0.75, "few_points"), (1.2, "even_points")],
)
def test_the_end_point_follows_the_reached_depth(depth_mm: float, grade: str) -> None:
    assert endpoint_key(depth_mm, 2) == f"safety.endpoint.light.{grade}"
    assert endpoint_key(depth_mm, 5) == f"safety.endpoint.dark.{grade}"
    assert has_text(endpoint_key(depth_mm, 5))


def test_the_end_point_on_dark_skin_does_not_name_redness() -> None:
    assert all("red" not in endpoint(depth, 6).split() for depth in (0.1, 0.4, 0.8, 1.4))
    assert endpoint(0.75, 2) == "even redness, a few pinpoints of blood"
