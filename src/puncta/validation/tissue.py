"""Tissue: redness, cells, collagen, elastin and epidermis of needled skin and of large wounds, as studies read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, parameter, uniforms
from puncta.evidence.mechanism import MechanismRow
from puncta.healing import STATES, Healing, HealingParameters, rest
from puncta.safety import SafetyParameters, seen_from_delta_a, skin_tone, visible_hours, visible_redness
from puncta.skin import elastotic_fraction
from puncta.validation.bench import REDNESS_DAYS, Bench
from puncta.validation.protocol import at_site

Array = NDArray[np.float64]
Reading = Callable[[MechanismRow, Bench], Array]
_HOURS_PER_DAY = 24.0
_PERCENT = 100.0
_FOUR_WEEKS = 4 * 7
_PHOTOAGED = "photoaged"


def redness_hours(row: MechanismRow, bench: Bench) -> Array:
    """Hours during which redness is seen on the persons' skin, after one session, shape (n,).

    As in a simulation without a measured angle: the usual colour of the phototype, with its wide spread, lets through
    what is seen of the change that light skin would show.
    """
    healing, _ = bench.course(row, REDNESS_DAYS)
    phototype = bench.protocol(row).phototype
    visible = visible_redness(healing.redness_delta_a, skin_tone(None, phototype, bench.seed))
    seen = seen_from_delta_a(phototype, draw(SafetyParameters, bench.n, bench.seed))
    return visible_hours(REDNESS_DAYS * _HOURS_PER_DAY, visible, seen)


def message(gain: str) -> Reading:
    """Peak of a message of fibroblasts over rest: fibroblasts times (1 + gain times activation)."""

    def read(row: MechanismRow, bench: Bench) -> Array:
        healing, law = bench.course(row, bench.read_days(row))  # a peak over all days read
        age = bench.protocol(row).age_years
        own = law.G * np.maximum(1.0 - law.kage * (age - law.age0), 0.0) * getattr(law, gain)
        upper = healing.papillary
        return (upper.fibroblasts_fold * (1.0 + own[:, None] * upper.activation_fraction)).max(axis=1)

    return read


def change(*names: str, percent: bool = False) -> Reading:
    """Change since before treatment; of several figures the smallest, since all of them are said to have changed."""

    def read(row: MechanismRow, bench: Bench) -> Array:
        days = bench.read_days(row)
        healing, law = bench.course(row, days)
        on = np.searchsorted(healing.days, days)[_read_on(row, bench, days.shape[0])]
        each = [_CHANGES[name](healing, law, row, bench)[np.arange(bench.n), on] for name in names]
        return np.min(each, axis=0) * (_PERCENT if percent else 1.0)

    return read


def _read_on(row: MechanismRow, bench: Bench, days: int) -> NDArray[np.int64]:
    return np.floor(uniforms(bench.seed, f"validation.{row.study}.day", bench.n) * days).astype(np.int64)


def _total_elastin(healing: Healing, law: HealingParameters, row: MechanismRow, bench: Bench) -> Array:
    age = bench.protocol(row).age_years
    if row.lesion == _PHOTOAGED:  # people picked for photoaged skin have at least as much as the share stands for
        age = np.maximum(age, parameter("skin.elastotic_reference_age_years").value)
    share = at_site(row, bench.n, bench.seed, lambda name: elastotic_fraction(name, age, bench.seed))
    return healing.papillary.total_elastin_fold(share) - 1.0


_CHANGES: dict[str, Callable[[Healing, HealingParameters, MechanismRow, Bench], Array]] = {
    "collagen": lambda h, law, row, bench: h.papillary.collagen_fold - 1.0,
    "collagen_i": lambda h, law, row, bench: (
        (h.papillary.young_collagen_fraction + h.papillary.mature_collagen_fraction) / (1.0 - law.C3s[:, None]) - 1.0
    ),
    "collagen_iii": lambda h, law, row, bench: h.papillary.collagen_iii_fraction / law.C3s[:, None] - 1.0,
    "collagen_young": lambda h, law, row, bench: h.papillary.young_collagen_fraction - _young_at_rest(law)[:, None],
    "elastin_new": lambda h, law, row, bench: h.papillary.new_elastin_fraction,
    "elastin_old": lambda h, law, row, bench: h.papillary.old_elastin_fraction - 1.0,
    "elastin_total": _total_elastin,
    "epidermis": lambda h, law, row, bench: h.thickness_fold - 1.0,
    "epidermis_viable": lambda h, law, row, bench: h.epidermis_fold - 1.0,
}


def _young_at_rest(law: HealingParameters) -> Array:
    return rest(law)[STATES.index("Ci")]


def wound_share(*states: str) -> Reading:
    """Cells of a large wound at the printed hour over their own peak within four weeks, shape (n,)."""

    def read(row: MechanismRow, bench: Bench) -> Array:
        healing = bench.wound()
        assert healing.states is not None
        middle = healing.grid.layers // 2
        total = sum(healing.states[:, STATES.index(name), middle, :] for name in states)
        weeks = healing.days <= _FOUR_WEEKS
        return np.asarray(total)[_wound_index(row, healing)] / np.asarray(total)[weeks].max(axis=0)

    return read


def _wound_index(row: MechanismRow, healing: Healing) -> int:
    day = (row.hours or (0.0, 0.0))[0] / _HOURS_PER_DAY
    return int(np.abs(healing.days - day).argmin())


def wound_collagen_share(row: MechanismRow, bench: Bench) -> Array:
    """Collagen made in a large wound by the printed hour over that made by day 28, shape (n,)."""
    healing = bench.wound()
    made = healing.papillary.collagen_fold - healing.papillary.collagen_fold[:, :1]
    end = int(np.abs(healing.days - _FOUR_WEEKS).argmin())
    return made[:, _wound_index(row, healing)] / made[:, end]


def wound_iii_per_i(row: MechanismRow, bench: Bench) -> Array:
    """Change of collagen III over I in a large wound, shape (n,)."""
    healing = bench.wound()
    ratio = healing.papillary.iii_per_i_fold
    return ratio[:, _wound_index(row, healing)] / ratio[:, 0] - 1.0


def wound_iii_per_i_percent(row: MechanismRow, bench: Bench) -> Array:
    """The same in percent, shape (n,)."""
    return _PERCENT * wound_iii_per_i(row, bench)


def wound_extractable_percent(row: MechanismRow, bench: Bench) -> Array:
    """Collagen I that is not yet cross-linked in a large wound, percent of collagen I, shape (n,)."""
    healing = bench.wound()
    upper, at = healing.papillary, _wound_index(row, healing)
    young, mature = upper.young_collagen_fraction[:, at], upper.mature_collagen_fraction[:, at]
    return _PERCENT * young / (young + mature)


def wound_elastin_old(row: MechanismRow, bench: Bench) -> Array:
    """Change of the elastin from before in a large wound, shape (n,)."""
    healing = bench.wound()
    return healing.papillary.old_elastin_fraction[:, _wound_index(row, healing)] - 1.0


def horny_transit_days(row: MechanismRow, bench: Bench) -> Array:
    """Transit through the horny layer at the row's site and age, days, shape (n,)."""
    return bench.transit_days(row)[1]


def epidermis_transit_days(row: MechanismRow, bench: Bench) -> Array:
    """Transit through the whole epidermis, as pigment takes it to the surface, days, shape (n,)."""
    return np.sum(bench.transit_days(row), axis=0)


def observables() -> Sequence[tuple[str, Reading]]:
    """What can be read from tissue, by name."""
    return (
        ("redness_hours", redness_hours),
        ("message_i_fold", message("g1")),
        ("message_iii_fold", message("g3")),
        ("message_hsp47_fold", message("gH")),
        *((name, change(name)) for name in _CHANGES),
        ("collagen_and_elastin", change("collagen", "elastin_total")),
        ("collagen_and_new_elastin", change("collagen", "elastin_new")),
        ("epidermis_and_collagen", change("epidermis", "collagen")),
        *(
            (f"{name}_percent", change(name, percent=True))
            for name in ("collagen", "collagen_iii", "epidermis", "epidermis_viable")
        ),
        ("neutrophils_share", wound_share("N")),
        ("macrophages_share", wound_share("M1", "M2")),
        ("inflammation_share", wound_share("N", "M1")),
        ("wound_collagen_share", wound_collagen_share),
        ("wound_iii_per_i", wound_iii_per_i),
        ("wound_iii_per_i_percent", wound_iii_per_i_percent),
        ("wound_extractable_percent", wound_extractable_percent),
        ("wound_elastin_old", wound_elastin_old),
        ("horny_transit_days", horny_transit_days),
        ("epidermis_transit_days", epidermis_transit_days),
    )
