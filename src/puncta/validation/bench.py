"""The bench: the simulated studies of one validation, each drawn and healed once however many rows read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw
from puncta.evidence.mechanism import MechanismRow
from puncta.healing import Healing, HealingParameters, Injury, grid, heal, injury
from puncta.skin import turnover
from puncta.validation.parameters import ValidationParameters
from puncta.validation.protocol import Protocol, ages, at_site, protocol
from puncta.validation.published import people_count

Array = NDArray[np.float64]
T = TypeVar("T")
_HOURS_PER_DAY = 24.0

# numerics: days over which a reading of unknown day, or a peak, is looked for; and the clock of a large wound
_WITHIN = 5
_PEAK = 29
_WOUND_DAYS = np.unique(np.r_[np.linspace(0, 28, 113), 42.0, 180.0])
#: Days over which redness is followed.
REDNESS_DAYS = np.r_[np.linspace(0, 2, 49), np.linspace(2.25, 14, 48)]


class Bench:
    """Simulated studies, kept by protocol.

    Parameters
    ----------
    n, seed : int
        Draws and seed.
    rows : iterable of MechanismRow
        Rows that will be read, so that a course is followed once for all its days.
    """

    def __init__(self, n: int, seed: int, rows: Iterable[MechanismRow] = ()) -> None:
        self.n, self.seed = n, seed
        self._together: dict[MechanismRow, set[float]] = {}
        for row in rows:
            if row.is_usable and row.sessions is not None:
                self._together.setdefault(_done(row), set()).update(self.read_days(row).tolist())
        self._kept: dict[Any, Any] = {}

    def once(self, key: Any, make: Callable[[], T]) -> T:
        """What ``make`` gives, made at the first asking."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def protocol(self, row: MechanismRow) -> Protocol:
        """The row's protocol in draws."""
        return self.once(("protocol", _done(row)), lambda: protocol(row, self.n, self.seed))

    def person_power(self, row: MechanismRow) -> Array:
        """How much of a person's own factor is left in a mean over people: 1 over the root of their number.

        Where the row prints the spread over its people, that takes its place and nothing is left here.
        """
        if prints_spread(row):
            return np.zeros(self.n)
        return 1.0 / np.sqrt(people_count(row, self.n, self.seed))

    def law(self, row: MechanismRow) -> HealingParameters:
        """Draws of healing, the gain that of a mean over the row's people."""
        law = draw(HealingParameters, self.n, self.seed)
        return replace(law, G=law.G ** self.person_power(row))

    def transit_days(self, row: MechanismRow) -> tuple[Array, Array]:
        """Transit through the viable epidermis and the horny layer at the row's own site and age, each shape (n,)."""
        age, power = ages(row, self.n, self.seed), self.person_power(row)

        def read(part: str) -> Array:
            return at_site(
                row, self.n, self.seed, lambda name: getattr(turnover(name, age, self.seed, person_power=power), part)
            )

        return read("viable_days"), read("horny_days")

    def read_days(self, row: MechanismRow) -> Array:
        """Days on which the row was or may have been read."""
        low, high = (hour / _HOURS_PER_DAY for hour in row.hours or (0.0, 0.0))
        if low == high:
            return np.array([low])
        peak = row.quantity.startswith("message_")
        return np.linspace(low, high, _PEAK if peak else _WITHIN)

    def course(self, row: MechanismRow, days: Array) -> tuple[Healing, HealingParameters]:
        """Heal the row's course; lanes are the draws, days at least those asked for."""
        wanted = np.unique(np.r_[days, sorted(self._together.get(_done(row), ()))])
        key = ("course", _done(row), prints_spread(row), tuple(wanted))
        return self.once(key, lambda: self._course(row, wanted))

    def _course(self, row: MechanismRow, days: Array) -> tuple[Healing, HealingParameters]:
        done = self.protocol(row)
        law = replace(self.law(row), he=done.epidermis_mm)
        schedule, wounds = _sessions(done, law)
        horizon = max(float(days[-1]), schedule[-1])
        viable, horny = self.transit_days(row)
        healing = heal(
            wounds,
            schedule,
            law,
            age_years=done.age_years,
            horizon_days=horizon,
            output_days=days,
            turnover_fold=viable / law.tv_e,
            shedding_fold=horny / law.ts,
        )
        return healing, law

    def wound(self) -> Healing:
        """Heal a punch or excision: all tissue hurt and most of it taken out; its curves are means over many people."""

        def make() -> Healing:
            all_hurt = np.ones((grid().layers, self.n))
            unprinted = draw(ValidationParameters, self.n, self.seed)
            law = draw(HealingParameters, self.n, self.seed)
            return heal(
                Injury(grid(), all_hurt, all_hurt),
                (0.0,),
                replace(law, lam=1.0 - unprinted.left_in_excision_fraction, G=np.ones(self.n)),
                age_years=unprinted.age_unreported_years,
                horizon_days=float(_WOUND_DAYS[-1]),
                output_days=_WOUND_DAYS,
                record="all",
            )

        return self.once("wound", make)


def prints_spread(row: MechanismRow) -> bool:
    """Whether a row prints how its people or its mean scatter.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> prints_spread(mechanism_row("T016")), prints_spread(mechanism_row("H03b"))
    (True, False)
    """
    return row.sd is not None or row.se is not None or row.printed_range is not None


def _done(row: MechanismRow) -> MechanismRow:
    """The row without what was measured: equal for rows that read one study."""
    nothing: dict[str, Any] = {
        **dict.fromkeys(("key", "table", "group", "source", "seen", "what", "where", "unit", "reason"), ""),
        **dict.fromkeys(("says", "value", "printed_range", "sd", "se", "hours")),
    }
    return replace(row, quantity="", rounding=0.0, **nothing)


def _sessions(done: Protocol, law: HealingParameters) -> tuple[list[float], list[Injury]]:
    """All days on which any draw has a session, and its injuries; a draw that has none then sits it out."""
    most = int(done.sessions.max())
    planned = np.arange(most)[:, None] * done.interval_days[None, :]
    held = np.arange(most)[:, None] < done.sessions[None, :]
    schedule = np.unique(planned[held])
    channels = done.wound.channels
    wounds = []
    for day in schedule:
        here = np.any(held & (planned == day), axis=0)
        one = replace(channels, density_per_cm2=np.where(here, channels.density_per_cm2, 0.0))
        wounds.append(injury(grid(), one, law))
    return [float(day) for day in schedule], wounds
