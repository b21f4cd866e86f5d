"""Cream by hand: what a label allows for this body, and what goes on which area."""

from __future__ import annotations

from puncta.case import Case
from puncta.check.facts import figure, known
from puncta.evidence import records
from puncta.frozen import frozen

_PERCENT_TO_MG_PER_G = 10.0


@frozen
class CreamBounds:
    """What the second calculation allows of a numbing cream.

    Parameters
    ----------
    grams_per_cm2 : float
        Cream on a square centimetre.
    most_area_cm2 : float
        Largest area.
    limit_mg : mapping of str to float
        Limit on what is absorbed, by active.
    absorbed_mg_per_cm2 : mapping of str to float
        What a square centimetre takes up in the time planned, by active.
    """

    grams_per_cm2: float
    most_area_cm2: float
    limit_mg: dict[str, float]
    absorbed_mg_per_cm2: dict[str, float]


def cream_bounds(case: Case, minutes: float) -> CreamBounds | None:
    """Work out what a label allows.

    Parameters
    ----------
    case : Case
        For cream and weight.
    minutes : float
        Time on the skin.

    Returns
    -------
    CreamBounds or None
        None where no cream is wished, or the weight is not known.

    Notes
    -----
    A compounded cream takes the strictest figure of any labelled one.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> bounds = cream_bounds(read_case("examples/acne_scars.toml"), 60.0)
    >>> bounds.limit_mg["lidocaine"]
    279.0
    """
    weight = case.person.weight_kg
    if case.numbing is None or weight is None:
        return None
    own = case.numbing.product
    every = records("numbing")
    keys = [own, *(key for key, one in every.items() if not one.get("compounded", False))]
    strict = keys if every[own].get("compounded", False) else keys[:1]

    def least(name: str, fold: float = 1.0) -> float:
        given = [figure(f"numbing.{key}.{name}") * fold for key in strict if known(f"numbing.{key}.{name}")]
        return min(given, default=float("inf"))

    limits, absorbed = {}, {}
    hours_fold = minutes / figure(f"numbing.{own}.absorbed_minutes")
    for active in every[own]["actives"]:
        place = f"actives.{active}"
        limits[active] = min(least(f"{place}.limit_mg_per_kg", weight), least(f"{place}.limit_mg"))
        mg_per_g = figure(f"numbing.{own}.{place}.strength_percent") * _PERCENT_TO_MG_PER_G
        put_on = figure(f"numbing.{own}.absorbed_g_per_cm2")
        absorbed[active] = mg_per_g * put_on * figure(f"numbing.{own}.{place}.absorbed_fraction") * hours_fold
    return CreamBounds(figure(f"numbing.{own}.amount_g_per_cm2"), least("max_area_cm2"), limits, absorbed)
