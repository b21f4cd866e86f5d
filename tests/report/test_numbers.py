"""Numbers: what people read is rounded by its own error, with a true minus and its unit once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.report.numbers import (
    MINUS,
    NBSP,
    date_text,
    decimals_for,
    duration_text,
    halves,
    number,
    odds,
    plain,
    printed,
    with_unit,
)

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


def test_two_digits_of_the_range_decide_the_decimals() -> None:
    assert decimals_for(0.61, 0.89) == 2
    assert decimals_for(-52, -6) == 0
    assert decimals_for(1700, 2100) == -1
    assert printed(1700.4, 1923.2, 2108.7).value == "1,920"


def test_a_kind_of_quantity_never_gets_more_decimals_than_it_deserves() -> None:
    assert printed(9.24, 10.13, 12.8, "h", most=0).text == f"10 (9 to 13){NBSP}h"


def test_ends_that_would_print_alike_get_one_more_decimal_where_the_error_allows() -> None:
    figure = printed(0.6, 0.9, 1.3, "%", most=0)
    assert (figure.value, figure.low, figure.high) == ("0.9", "0.6", "1.3")


def test_unit_stands_once_after_a_space_that_does_not_break() -> None:
    assert printed(0.61, 0.75, 0.89, "mm", most=2).text == f"0.75 (0.61 to 0.89){NBSP}mm"
    assert with_unit("18", "°") == "18°"
    assert with_unit("5", "") == "5"


def test_a_change_carries_its_sign_and_its_range_says_to() -> None:
    figure = printed(-8.2, -2.1, 3.6, "%", most=0, signed=True)
    assert (figure.value, figure.tight) == (f"{MINUS}2", f"{MINUS}8 to +4")
    assert printed(4, 10, 23, "h", most=0).tight == "4–23"


def test_a_figure_without_spread_prints_without_a_range() -> None:
    assert printed(5.0, 5.0, 5.0, "h", most=0).text == f"5{NBSP}h"


def test_odds_below_one_in_a_hundred_say_so_and_are_not_zero() -> None:
    figure = odds(0.0, 0.004, 0.04)
    assert (figure.value, figure.span) == ("<1", "0 to 4")
    assert odds(0.4, 0.59, 0.75).text == "59 (40 to 75)"


def test_scores_are_printed_to_the_half() -> None:
    assert [halves(score) for score in (0.1, 0.4, 3.9, 5.4, -0.6)] == ["0", "½", "4", "5½", f"{MINUS}½"]


def test_dates_and_durations_are_the_same_everywhere() -> None:
    assert date_text(date(2026, 11, 9)).replace(NBSP, " ") == "9 Nov 2026"
    assert duration_text(1.83) == "1:50"


def test_a_value_from_a_source_is_not_rounded() -> None:
    assert plain(0.00949) == "0.00949"
    assert plain(1.7e-9) == f"1.7e{MINUS}9"


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_figure_that_is_no_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        number(bad)


@given(FINITE, FINITE, FINITE, st.integers(0, 3), st.booleans())
def test_no_figure_has_a_hyphen_a_negative_zero_or_ends_in_disorder(
    one: float, two: float, three: float, most: int, signed: bool
) -> None:
    low, median, high = sorted((one, two, three))
    figure = printed(low, median, high, "mm", most=most, signed=signed)
    assert "-" not in figure.text
    for written in (figure.value, figure.low, figure.high):
        assert written.strip(f"{MINUS}+0.,") or not written.startswith((MINUS, "+"))
    if figure.low:
        read = [float(text.replace(MINUS, "-").replace(",", "")) for text in (figure.low, figure.value, figure.high)]
        assert read == sorted(read)
        # equal decimals
        assert len({text.partition(".")[2].__len__() for text in (figure.low, figure.value, figure.high)}) == 1


@given(FINITE)
def test_a_printed_number_lies_within_half_of_its_last_digit(value: float) -> None:
    read = float(number(value, 1).replace(MINUS, "-").replace(",", ""))
    assert abs(read - value) <= 0.05 + 1e-9 * abs(value)
