"""Compare: a figure of the plan beside the second calculation, and whether they agree."""

from __future__ import annotations

import math
from enum import StrEnum

from puncta.evidence import parameter
from puncta.frozen import frozen

# numerics: two standard errors of the median of normal draws, in halves of the band of 80 of 100
_CHANCE = 2.0 * math.sqrt(math.pi / 2.0) / 1.2816


class Kind(StrEnum):
    """What agreement means for a figure."""

    #: A median with its band: within a share of half the band.
    MEDIAN = "median"
    #: A figure without spread: within a few per cent.
    EXACT = "exact"
    #: The second calculation names a bound that the plan must not pass.
    BOUND = "bound"


@frozen
class Compared:
    """One figure, twice.

    Parameters
    ----------
    name : str
        Name of the figure, ending in its unit; key of its text.
    where : str
        Zone, concern or active; empty for the whole course.
    kind : Kind
        What agreement means.
    plan, second : float
        The plan's figure and the second calculation's.
    tolerance : float
        How far they may lie apart.
    """

    name: str
    where: str
    kind: Kind
    plan: float
    second: float
    tolerance: float

    @property
    def agrees(self) -> bool:
        """Whether the plan's figure stands within the tolerance, or below the bound; a missing one does not."""
        if self.kind is Kind.BOUND:
            return self.plan <= self.second + self.tolerance
        return abs(self.plan - self.second) <= self.tolerance


@frozen
class Checked:
    """The second calculation of one course.

    Parameters
    ----------
    figures : tuple of Compared
        Everything that was compared.
    """

    figures: tuple[Compared, ...]

    @property
    def apart(self) -> tuple[Compared, ...]:
        """Figures beyond the tolerance."""
        return tuple(one for one in self.figures if not one.agrees)

    @property
    def agrees(self) -> bool:
        """Whether the plan may be called checked."""
        return bool(self.figures) and not self.apart


def median(name: str, where: str, band: tuple[float, float, float], second: float, draws_count: int) -> Compared:
    """Compare a median with a second figure.

    Parameters
    ----------
    name, where : str
        As in `Compared`.
    band : tuple of float
        Low end, middle and high end of the band of 80 %.
    second : float
        The second calculation's figure.
    draws_count : int
        Draws behind the band; what chance alone moves their middle comes on top of the tolerance.

    Examples
    --------
    >>> median("pain_score", "nose", (2.0, 4.0, 6.0), 4.5, 200).agrees
    True
    """
    low, middle, high = band
    chance = _CHANCE / math.sqrt(draws_count)
    share = parameter("check.band_fraction").value + chance
    least = parameter("check.exact_fraction").value * abs(second)
    if name.endswith("_hours"):
        least = max(least, parameter("check.least_hours").value)
    return Compared(name, where, Kind.MEDIAN, middle, second, max(share * (high - low) / 2.0, least))


def exact(name: str, where: str, plan: float, second: float) -> Compared:
    """Compare a figure without spread.

    Examples
    --------
    >>> exact("area_cm2", "", 100.0, 110.0).agrees
    False
    """
    return Compared(name, where, Kind.EXACT, plan, second, parameter("check.exact_fraction").value * abs(second))


def bound(name: str, where: str, plan: float, most: float) -> Compared:
    """Hold a figure against a bound.

    Examples
    --------
    >>> bound("dial_mm", "nose", 1.5, 1.0).agrees
    False
    """
    return Compared(name, where, Kind.BOUND, plan, most, 1e-9 * max(abs(most), 1.0))  # numerics: binary dust
