"""Absorption: what one product leaves where, on the needled skin of a case and on the same skin left whole."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.absorption import DOSE_HOURS, DOSE_PLACES, Dose, Product, Site
from puncta.absorption import absorb as absorb_at
from puncta.absorption.cell import RESOLVED
from puncta.case import Case, Course, Library
from puncta.errors import InputError, Problem
from puncta.frozen import frozen
from puncta.messages import text
from puncta.simulation.closing import closing
from puncta.simulation.needling import needle_groups
from puncta.simulation.record import rounded
from puncta.simulation.run import prepare
from puncta.simulation.simulate import DRAWS

Array = NDArray[np.float64]

_WAYS = ("through_channels", "through_intact")
_BAND = (10.0, 50.0, 90.0)  # numerics: the band that holds 80 of 100 draws
_LEVELS = ("low80", "median", "high80")
_NEEDLED, _WHOLE = "needled", "whole"


@frozen
class SiteDoses:
    """One active on zones of the same skin and settings.

    Parameters
    ----------
    zones : tuple of str
        The zones.
    needled, whole : Dose
        On freshly needled skin, and on the same skin left whole.
    """

    zones: tuple[str, ...]
    needled: Dose
    whole: Dose


@frozen
class Absorption:
    """What a product leaves where.

    Parameters
    ----------
    case : Case
        The case.
    course : Course
        The course; its first session opens the channels.
    product : Product
        The product.
    wiped_after_hours : float or None
        When it is taken off.
    draws_count, seed : int
        Draws and seed.
    doses : tuple of SiteDoses
        One for each group of zones and active.
    """

    case: Case
    course: Course
    product: Product
    wiped_after_hours: float | None
    draws_count: int
    seed: int
    doses: tuple[SiteDoses, ...]


def absorb(
    case: Case,
    course: Course,
    *,
    product: str | None = None,
    wiped_after_hours: float | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Absorption:
    """Follow one application of a product after the first session of a course.

    Parameters
    ----------
    case : Case
        The case.
    course : Course
        The course, with a session at least.
    product : str, optional
        Key of a product in the case's library; that of the session where not given.
    wiped_after_hours : float, optional
        When it is taken off, above 0; None leaves it on for the day that is followed.
    draws : int
        Number of draws, 1 or more.
    seed : int
        Seed of the run.

    Returns
    -------
    Absorption
        Amounts in every place over a day, with levels by depth, from the resolved solver.

    Raises
    ------
    InputError
        Where there is no such product or none at all, no session, or it is taken off before it is put on.

    Notes
    -----
    Limits: ``limits.absorption``. An amount is never a benefit.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.planning import usual_course
    >>> case = read_case("examples/melasma.toml")
    >>> found = absorb(case, usual_course(case), product="tranexamic_acid_solution", draws=20)
    >>> found.doses[0].needled.compound
    'tranexamic_acid'
    """
    wanted = case.session_product if product is None else product
    problems = []
    if wanted is None:
        problems.append(Problem("product", "", "", text("absorb.no_product"), text("absorb.no_product_do")))
    if not course.sessions:
        problems.append(Problem("course", course.name, "", text("absorb.no_session"), text("absorb.no_session_do")))
    if wiped_after_hours is not None and wiped_after_hours <= 0:
        given, do = f"{wiped_after_hours:g}", text("absorb.wiped_do")
        problems.append(Problem("wiped_after_hours", given, "> 0", text("absorb.wiped"), do))
    if problems or wanted is None:
        raise InputError(case.title, problems)
    chosen = case.library.product(wanted)
    run = prepare(case, course, draws, seed)
    needled, closes, hours = needle_groups(run), closing(run), np.array(DOSE_HOURS, dtype=float)
    sites = []
    for entry in needled:
        wound = entry.first.wound
        share = closes.open_share(hours, np.ones(draws), wound.surface_radius_mm)
        sites += [Site(entry.skin.layers, wound, share), Site(entry.skin.layers)]
    told = absorb_at(
        chosen, sites, seed, hours=hours, wiped_after_hours=wiped_after_hours, resolution=RESOLVED, profile=True
    )
    doses = []
    for index, entry in enumerate(needled):
        for opened, whole in zip(told[2 * index], told[2 * index + 1], strict=True):
            doses.append(SiteDoses(entry.group.zones, opened, whole))
    return Absorption(case, course, chosen, wiped_after_hours, draws, seed, tuple(doses))


def absorption_record(found: Absorption) -> dict[str, Any]:
    """An absorption as plain values for JSON.

    Parameters
    ----------
    found : Absorption
        What was followed.

    Returns
    -------
    dict
        Per group of zones and active: the amount in each place over time with its 80 % band, what supports it, and
        the notice that stands on every output.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.planning import usual_course
    >>> case = read_case("examples/melasma.toml")
    >>> found = absorb(case, usual_course(case), product="tranexamic_acid_solution", draws=20)
    >>> absorption_record(found)["notice"][:8]
    'Research'
    """
    return {
        "format": 1,
        "notice": text("absorb.notice"),
        "limits": text("limits.absorption"),
        "not_a_device": text("limits.not_a_device"),
        "case": found.case.title,
        "course": found.course.name,
        "product": found.product.key,
        "product_name": found.product.name,
        "wiped_after_hours": found.wiped_after_hours,
        "draws": found.draws_count,
        "seed": found.seed,
        "doses": [
            {
                "zones": list(one.zones),
                "compound": one.needled.compound,
                "name": found.product.compounds[one.needled.compound].name,
                "intact_refused": one.needled.intact_refused,
                "applied_ug_per_cm2": _band(one.needled.applied_ug_per_cm2),
                "hours": [rounded(float(hour)) for hour in one.needled.hours],
                _NEEDLED: _told(one.needled, found.case.library, meant=found.product.during_needling),
                _WHOLE: _told(one.whole, found.case.library, meant=True),
            }
            for one in found.doses
        ],
    }


def effect_text(dose: Dose, *, meant: bool) -> str:
    """What an amount may be said to do: a harm, what a study supports, or nothing that is known.

    Parameters
    ----------
    dose : Dose
        The amount.
    meant : bool
        Whether the product may lie there at all.

    Returns
    -------
    str
        In words.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> effect_text(SimpleNamespace(supported_by=()), meant=True)
    'delivered, effect unknown'
    """
    if not meant:
        return text("absorb.harm")
    if dose.supported_by:
        return text("absorb.supported", studies=", ".join(dose.supported_by))
    return text("absorb.unknown")


def _told(dose: Dose, library: Library, *, meant: bool) -> dict[str, Any]:
    behind = library.trace(dose.rests_on, dose.supported_by)
    return {
        "effect": effect_text(dose, meant=meant),
        "studies": list(dose.supported_by) if meant else [],
        "parameters_count": len(behind.parameters),
        "assumed_count": behind.assumed_count,
        "delivered_ug_per_cm2": _band(dose.delivered_ug_per_cm2),
        "delivered_fraction": _band(dose.delivered_fraction),
        **{f"{place}_ug_per_cm2": _band(getattr(dose, f"{place}_ug_per_cm2")) for place in (*DOSE_PLACES, *_WAYS)},
    }


def _band(values: Array) -> dict[str, Any]:
    # extrapolation leaves traces below nothing where nothing has come yet
    levels = np.percentile(np.maximum(values, 0.0), _BAND, axis=0)
    return {name: _plain(level) for name, level in zip(_LEVELS, levels, strict=True)}


def _plain(level: Array) -> Any:
    return rounded(float(level)) if level.ndim == 0 else [rounded(float(value)) for value in level]
