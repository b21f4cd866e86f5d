"""Coverage: which studies and how many people stand behind a forecast, by skin type."""

from __future__ import annotations

from puncta.appearance.concerns import manner
from puncta.evidence import Arm, arms
from puncta.frozen import frozen

_FORECAST_ROLES = ("calibration", "reproduction")


@frozen
class Coverage:
    """Who stands behind a forecast.

    Parameters
    ----------
    arms : tuple of str
        Study rows, one per arm, the latest reading of each.
    studies_count : int
        Number of studies.
    people_count : int
        People counted in them, where printed.
    same_type_count : int
        People in arms whose printed range of skin types includes this person's.
    type_unknown_count : int
        People in arms that print no skin type.
    """

    arms: tuple[str, ...]
    studies_count: int
    people_count: int
    same_type_count: int
    type_unknown_count: int


def _latest_per_arm(heading: str, with_product: bool) -> list[Arm]:
    kinds = ("needling", "needling+product", "product only") if with_product else ("needling",)
    chosen: dict[tuple[str, str, str], Arm] = {}
    for arm in arms().values():
        if arm.heading == heading and arm.kind in kinds and arm.role in _FORECAST_ROLES:
            key = (arm.study, arm.kind, arm.addon)
            if key not in chosen or (arm.followup_days or 0) >= (chosen[key].followup_days or 0):
                chosen[key] = arm
    return sorted(chosen.values(), key=lambda arm: arm.key)


def coverage(concern: str, phototype: int, with_product: bool = False) -> Coverage:
    """Count the studies and people behind the forecast of a concern.

    Parameters
    ----------
    concern : str
        For example ``atrophic_acne_scars``.
    phototype : int
        This person's type, 1 to 6.
    with_product : bool
        Whether arms with a product belong to it.

    Returns
    -------
    Coverage
        Counts over calibration and reproduction rows.

    Examples
    --------
    >>> coverage("atrophic_acne_scars", 4).same_type_count
    30
    """
    heading = manner(concern).heading
    found = _latest_per_arm(heading, with_product or heading == "melasma") if heading else []
    return Coverage(
        arms=tuple(arm.key for arm in found),
        studies_count=len({arm.study for arm in found}),
        people_count=sum(arm.people_count or 0 for arm in found),
        same_type_count=sum(
            arm.people_count or 0
            for arm in found
            if arm.phototype_low and arm.phototype_high and arm.phototype_low <= phototype <= arm.phototype_high
        ),
        type_unknown_count=sum(arm.people_count or 0 for arm in found if not arm.phototype_low),
    )
