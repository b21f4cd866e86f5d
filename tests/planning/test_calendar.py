"""Days to keep free stay free."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from puncta.case import Course, KeepFree, read_case
from puncta.planning import plan
from puncta.planning.calendar import first_visit

CASE = read_case("examples/stretch_marks.toml")
DAYS = st.dates(date(2026, 11, 4), date(2028, 1, 1))


@given(
    st.lists(st.builds(lambda on, long, before: KeepFree("x", on, on + timedelta(long), before),
                       DAYS, st.integers(0, 40), st.integers(0, 30)), max_size=4),
    st.integers(1, 8), st.integers(14, 60), DAYS,
)  # fmt: skip
def test_no_visit_falls_on_a_day_to_keep_free_and_none_begins_needlessly_late(
    kept: list[KeepFree], count: int, apart: int, earliest: date
) -> None:
    case, course = replace(CASE, keep_free=tuple(kept)), Course.regular("x", (), count, apart)

    def free(begins: date) -> bool:
        return not any(one.forbids(begins + timedelta(session.day)) for session in course.sessions for one in kept)

    begins = first_visit(case, course, earliest)
    if begins is None:
        assert not any(free(earliest + timedelta(waited)) for waited in range(366))
    else:
        assert free(begins)
        assert not any(free(earliest + timedelta(waited)) for waited in range((begins - earliest).days))


def test_an_unknown_delay_has_no_first_visit() -> None:
    assert first_visit(CASE, Course("untreated", ()), None) is None


def test_a_plan_begins_after_the_days_to_keep_free() -> None:
    wedding = KeepFree("wedding", date(2026, 11, 20), date(2026, 11, 21), 14)
    made = plan(replace(CASE, keep_free=(wedding,)), draws=20)
    assert made.chosen is not None
    assert made.starts_on == made.chosen.starts_on
    if made.chosen.course.sessions:
        assert made.starts_on is not None
        assert not any(wedding.forbids(made.starts_on + timedelta(s.day)) for s in made.chosen.course.sessions)


def test_where_no_beginning_keeps_days_free_nothing_is_needled() -> None:
    always = KeepFree("sun", date(2026, 11, 1), date(2030, 1, 1), 0)
    made = plan(replace(CASE, keep_free=(always,)), draws=20)
    assert made.chosen is not None
    assert not made.chosen.course.sessions
    needled = [one for one in made.alternatives if one.course.sessions]
    assert needled
    assert all("planning.broken.keep_free" in one.broken_limits for one in needled)
