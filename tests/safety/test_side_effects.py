"""Side effects: the counts as printed, and how many of the people counted are like this one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.evidence import sources
from puncta.messages import has_text
from puncta.person import Person, Sex
from puncta.safety import EffectCount, likeness, pooled_probability, side_effects

EVERYTHING = [count for counts in side_effects().values() for count in counts]


def test_every_effect_the_screen_speaks_of_is_there_with_words_and_sources() -> None:
    assert set(side_effects()) >= {"dark_marks", "infection", "herpes", "tram_track", "granuloma"}
    for effect, counts in side_effects().items():
        assert has_text(f"recovery.effect.{effect}") and counts
        for count in counts:
            assert count.source in sources()
            assert (count.people_count is None) != (count.reported_count is None)
            assert (count.marked_count or 0) <= (count.people_count or 0)


def test_the_dark_marks_of_the_series_in_types_iv_and_v_are_five_of_thirty_completers() -> None:
    first = side_effects()["dark_marks"][0]
    assert (first.marked_count, first.people_count, first.enrolled_count, first.phototypes) == (5, 30, 36, (4, 5))


@given(st.integers(0, 40), st.integers(1, 400))
def test_the_range_of_a_chance_holds_the_share_that_was_counted(marked: int, more: int) -> None:
    count = EffectCount("x", "r", marked, marked + more, None, (), None, None, None, None, "dogra_2014", "")
    found = pooled_probability([count])
    assert found is not None
    _, people, low, high = found
    assert 0.0 <= low <= marked / people <= high <= 1.0


def test_case_reports_give_no_chance() -> None:
    assert pooled_probability(side_effects()["granuloma"]) is None


@pytest.mark.parametrize("phototype", range(1, 7))
def test_people_like_this_one_are_never_more_than_were_counted_and_unknown_is_no_yes(phototype: int) -> None:
    found = likeness(Person("P", 40, Sex.MALE, 80, phototype), EVERYTHING)
    assert found.type_count + found.type_unknown_count <= found.people_count
    assert found.sex_count == 0 and found.age_count == 0  # nobody prints either
    assert found.sex_unknown_count == found.people_count


def test_a_series_that_prints_sex_and_age_counts_for_those_it_names() -> None:
    count = EffectCount("x", "r", 1, 30, None, (1, 3), 20, (20.0, 60.0), None, None, "dogra_2014", "")
    woman, old_man = Person("P", 40, Sex.FEMALE, 80, 2), Person("P", 70, Sex.MALE, 80, 5)
    assert (likeness(woman, [count, count]).sex_count, likeness(woman, [count]).age_count) == (20, 30)
    assert (likeness(old_man, [count]).sex_count, likeness(old_man, [count]).age_count) == (10, 0)
    assert likeness(old_man, [count]).type_count == 0
