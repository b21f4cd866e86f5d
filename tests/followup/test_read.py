"""Reading visits: everything wrong told at once, each with its field and what to do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.followup.small import ZONE, followed, one_cheek, tree

from puncta.case import read_case
from puncta.errors import InputError
from puncta.followup import read_visits, visits_from


def test_the_example_reads_as_it_was_written() -> None:
    found = read_visits("examples/visits/acne_scars.toml", read_case("examples/acne_scars.toml"))
    assert [one.day for one in found.sessions] == [0, 28, 56, 84]
    assert found.sessions[1].numbed is False and found.sessions[0].zones[0].pain_score == 4
    assert len(found.planned.sessions) == 4 and found.planned.sessions[0].settings[0].zone == "cheek_left"
    assert found.seen_count == 6


DONE = {"zone": ZONE, "dial_mm": 1.0, "passes": 4}
SHOWN = {"day": 30, "zone": ZONE, "metric": "texture", "change": 0.1, "sem": 0.1}


def _once(**changes: Any) -> dict[str, Any]:
    """One visit in one zone."""
    return {"sessions": [{"day": 0, "zones": [{**DONE, **changes}]}]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"format": 2}, "format"),
        ({"surprise": 1}, "surprise"),
        ({"today": 3}, "today"),
        ({"sessions": [{"day": 5, "zones": [DONE]}]}, "sessions[0].day"),
        (_once(zone="nose"), "sessions[0].zones[0].zone"),
        (_once(passes=None), "sessions[0].zones[0]"),
        (_once(dial_mm=2.9), "sessions[0].zones[0].dial_mm"),
        ({"grades": [{"day": 30, "score": 9.0}]}, "grades[0].score"),
        ({"grades": [{"day": 30, "score": 2.0, "scale": "masi_score"}]}, "grades[0].scale"),
        ({"grades": [{"day": 30, "score": 2.0, "concern": "melasma"}]}, "grades[0].concern"),
        ({"grades": [{"day": 30, "score": True}]}, "grades[0].score"),
        ({"photographs": [{**SHOWN, "metric": "glow"}]}, "photographs[0].metric"),
        ({"photographs": [{**SHOWN, "metric": "pores"}]}, "photographs[0].before"),
        ({"photographs": [{**SHOWN, "sem": 0.0}]}, "photographs[0].sem"),
        ({"reactions": [{"day": 30, "kind": "glow"}]}, "reactions[0].kind"),
        ({"reactions": [{"day": 30, "kind": "herpes", "gone_day": 3}]}, "reactions[0]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as refused:
        followed(**changes)
    assert field in [one.field for one in refused.value.problems]
    assert all(one.allowed and one.why and one.do for one in refused.value.problems)


def test_everything_wrong_is_told_at_once() -> None:
    wrong: dict[str, Any] = {
        "grades": [{"day": 30, "score": 9.0}],
        "reactions": [{"day": 30, "kind": "glow"}],
        "sessions": [{"day": 0, "zones": [{**DONE, "zone": "nose"}], "diary": [{"day": 1, "redness": 7}]}],
    }  # fmt: skip
    with pytest.raises(InputError) as refused:
        followed(**wrong)
    fields = {one.field for one in refused.value.problems}
    assert {
        "grades[0].score",
        "reactions[0].kind",
        "sessions[0].zones[0].zone",
        "sessions[0].diary[0].redness",
    } <= fields


def test_a_case_with_two_concerns_wants_to_know_which_was_graded() -> None:
    case = read_case("examples/face_lines.toml")
    if len(case.concerns) < 2:
        pytest.skip("the example has one concern")
    with pytest.raises(InputError, match="more than one concern"):
        visits_from({"format": 1, "grades": [{"day": 30, "score": 1.0}]}, case)


def test_two_values_of_a_photograph_are_a_change_in_its_scale() -> None:
    shown = {"day": 30, "zone": ZONE, "metric": "texture", "sem": 0.1, "before": 2.0, "after": 1.0}
    assert followed(photographs=[shown]).photographs[0].change == pytest.approx(-0.693, abs=1e-3)
    with pytest.raises(InputError, match="before and after"):
        followed(photographs=[{**shown, "after": None}])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(["sessions", "grades", "planned", "photographs", "reactions", "today", "title", "format"]),
)
def test_no_file_however_odd_ends_in_anything_but_a_refusal(value: Any, field: str) -> None:
    try:
        visits_from(tree(**{field: value}), one_cheek())
    except InputError as refused:
        assert refused.problems
