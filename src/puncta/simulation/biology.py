"""Second step: the wound heals. All zones and draws of a course in one integration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from puncta.errors import SimulationError
from puncta.evidence import draw, parameter_keys
from puncta.frozen import frozen
from puncta.healing import Healing, HealingParameters, grid, heal, injury
from puncta.messages import text
from puncta.needling import Channels
from puncta.safety import SafetyParameters
from puncta.simulation.closing import Closing, closing
from puncta.simulation.comfort import redness_quantities
from puncta.simulation.needling import NeedledGroup
from puncta.simulation.outcome import Quantity
from puncta.simulation.run import Run

Array = NDArray[np.float64]
_HOURS_PER_DAY = 24.0

# numerics: a run goes on with fewer draws than asked for only while those that failed are this rare
_MOST_FAILED_FRACTION = 0.01

HEALING_KEYS = parameter_keys(HealingParameters)
_REDNESS_FIELDS = frozenset(
    (
        *("mun", "kptn", "kptm", "knm", "snr", "knpt", "munr", "Ninf", "smr", "kmpt", "kmm", "kmn", "KD", "mumr"),
        *("loop", "ksw", "mum", "mum2", "kD", "q0", "w1", "tw", "aW", "aV", "v1", "tv", "zr", "rim", "he"),
    )
)
#: Healing's own transit times do not count where the zone's are known.
_TRANSIT_FIELDS = frozenset(("tv_e", "ts"))
REDNESS_KEYS = tuple(key for key in HEALING_KEYS if key.split(".")[1] in _REDNESS_FIELDS)


def lane_parameters(law: HealingParameters, count: int) -> HealingParameters:
    """Repeat the draws for several wounds side by side.

    Parameters
    ----------
    law : HealingParameters
        Draws, shape (n,).
    count : int
        Number of wounds, k.

    Returns
    -------
    HealingParameters
        Each field of shape (k n,).
    """
    return HealingParameters(**{field.name: np.tile(getattr(law, field.name), count) for field in fields(law)})


@frozen
class HealedGroup:
    """A group with its healing.

    Parameters
    ----------
    needled : NeedledGroup
        The group.
    healing : Healing
        Of all groups together.
    lanes : slice
        Which lanes are this group's.
    """

    needled: NeedledGroup
    healing: Healing
    lanes: slice

    @property
    def collagen_fold(self) -> Array:
        """Collagen of the papillary dermis against the same person untreated, shape (draws, days)."""
        return self.healing.papillary.collagen_fold[self.lanes]

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Evidence keys of needles and healing."""
        return (*self.needled.first.rests_on, *HEALING_KEYS)


def heal_groups(run: Run, needled: tuple[NeedledGroup, ...]) -> tuple[HealedGroup, ...]:
    """Heal every group through the whole course.

    Raises
    ------
    SimulationError
        Where more than a hundredth of the draws has no answer.
    """
    if not needled:
        return ()
    law = draw(HealingParameters, run.draws_count, run.seed)
    epidermis, viable, horny = (
        np.concatenate([getattr(entry.skin, name) for entry in needled])
        for name in ("epidermis_mm", "viable_transit_days", "horny_transit_days")
    )
    lanes = replace(lane_parameters(law, len(needled)), he=epidermis)
    injuries = [
        injury(grid(), Channels.side_by_side([_channels(entry, index) for entry in needled]), lanes)
        for index in range(len(run.session_days))
    ]
    healing = heal(
        injuries,
        run.session_days,
        lanes,
        age_years=np.tile(run.people.age_years, len(needled)),
        horizon_days=float(run.days[-1]),
        output_days=run.days,
        # the zone's transit already holds this person's own pace, so healing's draw of it is divided out
        turnover_fold=viable / lanes.tv_e,
        shedding_fold=horny / lanes.ts,
        precision="single",
        map=run.map,
    )
    if len(healing.failures) > _MOST_FAILED_FRACTION * lanes.mun.shape[0]:
        first = healing.failures[0]
        raise SimulationError(text("simulation.failed", count=len(healing.failures), reason=first.message))
    n = run.draws_count
    return tuple(HealedGroup(entry, healing, slice(i * n, (i + 1) * n)) for i, entry in enumerate(needled))


def _channels(entry: NeedledGroup, session: int) -> Channels:
    done = entry.sessions[session]
    return entry.first.wound.channels.none() if done is None else done.wound.channels


def biology_quantities(run: Run, healed: tuple[HealedGroup, ...], law: SafetyParameters) -> Iterator[Quantity]:
    """Inflammation, collagen, elastin, epidermis, open channels and redness over the course, per zone."""
    if not healed:
        return
    elastotic = np.concatenate([entry.needled.skin.elastotic_fraction for entry in healed])
    closes = closing(run)
    for entry in healed:
        healing, lanes = entry.healing, entry.lanes
        wound_keys, keys, skin = entry.needled.first.rests_on, entry.rests_on, entry.needled.skin
        upper = healing.papillary
        curves = {
            "inflammation_fraction": upper.inflammation[lanes],
            "collagen_fold": entry.collagen_fold,
            "collagen_mature_fold": _against_start(upper.mature_collagen_fraction[lanes]),
            "elastin_new_fraction": upper.new_elastin_fraction[lanes],
            "elastin_total_fold": upper.total_elastin_fold(elastotic)[lanes],
            "epidermis_fold": healing.thickness_fold[lanes],
        }
        own_keys = {
            "elastin_total_fold": (*keys, *skin.rests_on["elastotic_fraction"]),
            "epidermis_fold": _surface_keys(entry),
        }
        for name in entry.needled.group.zones:
            for figure, values in curves.items():
                yield Quantity(figure, name, None, run.days, values, own_keys.get(figure, keys), "limits.healing")
            yield _open_channels(run, name, entry.needled, closes)
        red = (*wound_keys, *REDNESS_KEYS)
        yield from redness_quantities(run, entry.needled.group.zones, healing.redness_delta_a[lanes], red, law)


def _surface_keys(entry: HealedGroup) -> tuple[str, ...]:
    own = entry.needled.skin.rests_on
    healing = (key for key in entry.rests_on if key.partition(".")[2] not in _TRANSIT_FIELDS)
    return tuple(dict.fromkeys((*healing, *own["viable_transit_days"], *own["horny_transit_days"])))


def _against_start(values: Array) -> Array:
    return values / values[:, :1]


def _open_channels(run: Run, name: str, entry: NeedledGroup, closes: Closing) -> Quantity:
    share = np.zeros((run.draws_count, run.days.shape[0]))
    for day, done in zip(run.session_days, entry.sessions, strict=True):
        if done is not None:
            hours = (run.days - day) * _HOURS_PER_DAY
            share += closes.open_share(hours, done.wound.opened_area_fraction, done.wound.surface_radius_mm)
    keys = (*entry.first.rests_on, *closes.rests_on)
    return Quantity("open_channel_fraction", name, None, run.days, share, keys, "limits.needling")
