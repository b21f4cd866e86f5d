"""Bounds by hand: how deep a zone may be set, found apart from the limits that the plan was made with."""

from __future__ import annotations

from puncta.case import Case, ConcernKind, Reply, Role
from puncta.check.facts import base, figure, known
from puncta.evidence import guidance

_DARK = 5  # numerics: Fitzpatrick type V


def deepest_mm(case: Case, zone: str) -> float:
    """Deepest setting in a zone.

    Parameters
    ----------
    case : Case
        The case.
    zone : str
        Zone with side.

    Returns
    -------
    float
        0 where the zone is not to be treated.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> deepest_mm(read_case("examples/acne_scars.toml"), "infraorbital_left")
    0.5
    """
    if zone not in {use.zone for use in case.zones if use.role is Role.TREAT}:
        return 0.0
    own, policy = case.library.device(case.device.device), case.policy
    most = [own.reach_mm]
    most += [limit for limit in (own.label_limit_mm, policy.operator_max_mm) if limit is not None]
    if own.evaluated_limit_mm is not None and _position(case, "evaluated_limit") == "bind":
        most.append(own.evaluated_limit_mm)
    clinic = policy.zone_max_mm.get(zone, policy.zone_max_mm.get(base(zone)))
    if clinic is not None:
        most.append(clinic)
    elif known(f"zones.{base(zone)}.deepest_dial_mm"):
        most.append(figure(f"zones.{base(zone)}.deepest_dial_mm"))
    else:
        most.append(0.0)
    if _melasma_in(case, zone):
        values = guidance("melasma_depth").position(policy.choices.get("melasma_depth")).values
        most.append(values["max_dial_mm"])
        if case.person.phototype >= _DARK:
            most.append(values["dark_max_dial_mm"])
    return min(most)


def _position(case: Case, name: str) -> str:
    return guidance(name).position(case.policy.choices.get(name)).key


def _melasma_in(case: Case, zone: str) -> bool:
    if any(concern.kind is ConcernKind.MELASMA and zone in concern.zones for concern in case.concerns):
        return True
    told = case.history.get("melasma")
    return told is not None and told.reply is Reply.YES and (not told.zones or zone in told.zones)
