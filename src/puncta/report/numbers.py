"""Numbers as people read them: true minus, unit once, precision by error, ranges, odds, dates and durations."""

from __future__ import annotations

import math
import re
from datetime import date

from puncta.frozen import frozen
from puncta.messages import text

MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"
HALF = "\N{VULGAR FRACTION ONE HALF}"

_HYPHEN_MINUS = re.compile(r"(?<![\w)\-/])-(?=\d)")

#: Digits of the range that decide how many are printed.
_DIGITS = 2
#: No quantity here is known to more than three decimals.
_MOST_DECIMALS = 3
#: Units that stand without a space.
_CLOSE = ("°",)


def number(value: float, decimals: int = 0, signed: bool = False) -> str:
    """Write a number with a true minus and thousands commas.

    Parameters
    ----------
    value : float
        Any finite number.
    decimals : int
        Decimals; below 0 rounds to tens, hundreds.
    signed : bool
        Whether a gain carries a plus, as in a change.

    Returns
    -------
    str
        The number; never "−0" or "+0".

    Examples
    --------
    >>> number(1923.4), number(-0.2), number(1923.4, -1)
    ('1,923', '0', '1,920')
    """
    if not math.isfinite(value):
        raise ValueError(f"a figure must be finite, not {value}")
    rounded = round(value, decimals)
    written = f"{abs(rounded):,.{max(decimals, 0)}f}"
    if not float(written.replace(",", "")):
        return written
    if rounded < 0:
        return f"{MINUS}{written}"
    return f"+{written}" if signed else written


def true_minus(words: str) -> str:
    """Give figures in a sentence the minus that they have here, and keep per cent on their line; identifiers stay.

    Examples
    --------
    >>> true_minus("MASI -70 %, doi:10.1186/s12895-017"), true_minus("29-34")
    ('MASI −70\xa0%, doi:10.1186/s12895-017', '29-34')
    """
    return _HYPHEN_MINUS.sub(MINUS, words).replace(" %", "\N{NO-BREAK SPACE}%")


def decimals_for(low: float, high: float, most: int = _MOST_DECIMALS) -> int:
    """Say how many decimals a figure deserves: two digits of its range decide.

    Parameters
    ----------
    low, high : float
        The 80 % range.
    most : int
        Most decimals that its kind of quantity is ever given.

    Returns
    -------
    int
        Decimals; below 0 means tens.

    Examples
    --------
    >>> decimals_for(0.61, 0.89), decimals_for(-52, -6), decimals_for(1700, 2100)
    (2, 0, -1)
    """
    width = abs(high - low)
    if width == 0:
        return most
    return min(most, _DIGITS - 1 - math.floor(math.log10(width)))


def with_unit(written: str, unit: str) -> str:
    """Put a unit behind a number, held together by a space that does not break."""
    if not unit:
        return written
    return f"{written}{unit}" if unit in _CLOSE else f"{written}{NBSP}{unit}"


@frozen
class Printed:
    """A figure as printed: the median with the range that holds 80 of 100, and where its evidence stands.

    Parameters
    ----------
    value : str
        The median.
    low, high : str
        Ends of the range; both empty where there is none.
    unit : str
        Unit, empty for a pure number.
    evidence : str
        Name of the block that says what it rests on; empty for a setting.

    Examples
    --------
    >>> Printed("0.75", "0.61", "0.89", "mm").text.replace(NBSP, " ")
    '0.75 (0.61 to 0.89) mm'
    """

    value: str
    low: str = ""
    high: str = ""
    unit: str = ""
    evidence: str = ""

    @property
    def with_unit(self) -> str:
        """Median and unit: ``0.75 mm``."""
        return with_unit(self.value, self.unit)

    @property
    def span(self) -> str:
        """The range in words: ``0.61 to 0.89``."""
        return f"{self.low} to {self.high}" if self.low else ""

    @property
    def tight(self) -> str:
        """The range for tight cells: ``0.61–0.89``, with "to" where a minus stands in it."""
        if not self.low:
            return ""
        return self.span if MINUS in self.low + self.high else f"{self.low}{EN_DASH}{self.high}"

    @property
    def text(self) -> str:
        """Median, range and unit once."""
        return with_unit(f"{self.value} ({self.span})", self.unit) if self.low else self.with_unit


def printed(
    low: float,
    median: float,
    high: float,
    unit: str = "",
    evidence: str = "",
    most: int = _MOST_DECIMALS,
    signed: bool = False,
) -> Printed:
    """Round a figure by its own error.

    Parameters
    ----------
    low, median, high : float
        80 % range and median.
    unit : str
        Unit.
    evidence : str
        Evidence block.
    most : int
        Most decimals for its kind: 2 for mm, 0 for %, hours and punctures; one more where the ends would else be equal.
    signed : bool
        Whether it is a change, so that a gain carries a plus.

    Returns
    -------
    Printed
        All three with the same decimals.

    Examples
    --------
    >>> printed(-51.7, -28.8, -6.2, "%", most=0).tight
    '−52 to −6'
    """
    if low == high:
        return Printed(number(median, most, signed), unit=unit, evidence=evidence)
    deserved = decimals_for(low, high)
    decimals = min(deserved, most)
    while decimals < deserved and number(low, decimals) == number(high, decimals):
        decimals += 1
    ends = number(low, decimals, signed), number(high, decimals, signed)
    return Printed(number(median, decimals, signed), *ends, unit, evidence)


def odds(low: float, median: float, high: float, evidence: str = "") -> Printed:
    """Write a chance as so many in 100.

    Parameters
    ----------
    low, median, high : float
        Probabilities, 0 to 1.
    evidence : str
        Evidence block.

    Returns
    -------
    Printed
        Whole numbers; "<1" below one.

    Examples
    --------
    >>> odds(0.40, 0.59, 0.75).text, odds(0, 0.004, 0.04).value
    ('59 (40 to 75)', '<1')
    """

    def write(share: float) -> str:
        hundred = 100 * share
        if hundred > 0 and round(hundred) == 0:
            return "<1"
        return number(hundred)

    ends = ("0" if round(100 * low) == 0 else write(low), write(high))
    if ends[0] == ends[1]:
        return Printed(write(median), evidence=evidence)
    return Printed(write(median), *ends, evidence=evidence)


def chance_text(probability: float) -> str:
    """Write one chance as so many in 100.

    Examples
    --------
    >>> chance_text(0.76)
    '76'
    """
    return odds(probability, probability, probability).value


def halves(value: float) -> str:
    """Write a score to the nearest half: ``5½``.

    Examples
    --------
    >>> halves(5.4), halves(4.1), halves(0.4)
    ('5½', '4', '½')
    """
    twice = round(2 * value)
    whole, half = divmod(abs(twice), 2)
    sign = MINUS if twice < 0 else ""
    if not half:
        return f"{sign}{whole}" if whole else "0"
    return f"{sign}{whole or ''}{HALF}"


def date_text(day: date, language: str = "en") -> str:
    """Write a date as ``9 Nov 2026``, the same on every computer."""
    return f"{day.day}{NBSP}{text(f'report.month.m{day.month}', language)}{NBSP}{day.year}"


def duration_text(minutes: float) -> str:
    """Write a duration as minutes and seconds, to five seconds.

    Examples
    --------
    >>> duration_text(1.83), duration_text(0.66), duration_text(74.99)
    ('1:50', '0:40', '75:00')
    """
    seconds = 5 * round(60 * minutes / 5)
    return f"{seconds // 60}:{seconds % 60:02d}"


def plain(value: float) -> str:
    """Write a parameter's value as it stands in its source: no rounding, no trailing zeros.

    Examples
    --------
    >>> plain(0.0034), plain(-1.5), plain(350.0), plain(1250.0)
    ('0.0034', '−1.5', '350', '1,250')
    """
    if value != 0 and (abs(value) < 1e-4 or abs(value) >= 1e7):
        mantissa, exponent = f"{value:.3e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{mantissa}e{int(exponent)}".replace("-", MINUS)
    written = f"{value:,.6f}".rstrip("0").rstrip(".")
    return written.replace("-", MINUS)
