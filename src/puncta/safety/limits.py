"""Depth limits of a zone: device reach, label, evaluated, anatomy, policy and operator, each kept apart."""

from __future__ import annotations

from collections.abc import Iterator

from puncta.case import Case, ConcernKind, Reply
from puncta.evidence import guidance, parameter, parameters
from puncta.frozen import frozen
from puncta.needling.devices import Device
from puncta.skin.zones import Zone, expand
from puncta.skin.zones import zone as zone_named

_DARK = 5  # numerics: Fitzpatrick type V
_DUST_MM = 1e-9  # numerics: binary dust of dial steps


@frozen
class LimitLine:
    """One limit.

    Parameters
    ----------
    kind : str
        ``device``, ``label``, ``evaluated``, ``study``, ``zone``, ``clinic``, ``operator`` or ``concern``.
    dial_mm : float
        Deepest setting it allows.
    binding : bool
        True where the plan may not go beyond; False where it only informs.
    sources : tuple of str
        Source keys.
    """

    kind: str
    dial_mm: float
    binding: bool
    sources: tuple[str, ...]


@frozen
class ZoneLimit:
    """All limits of a zone with this device.

    Parameters
    ----------
    zone : str
        Zone name.
    steps_mm : tuple of float
        Dial steps within the binding limits, ascending; empty where the zone may not be needled.
    lines : tuple of LimitLine
        The limits, tightest binding one first.
    """

    zone: str
    steps_mm: tuple[float, ...]
    lines: tuple[LimitLine, ...]

    @property
    def deepest_mm(self) -> float:
        """Deepest dial step within the limits; 0 where the zone may not be needled."""
        return self.steps_mm[-1] if self.steps_mm else 0.0


def zone_limits(case: Case, zone: str) -> ZoneLimit:
    """All limits of depth in a zone, and the dial steps that they leave.

    Parameters
    ----------
    case : Case
        The case.
    zone : str
        Zone name with side.

    Returns
    -------
    ZoneLimit
        Steps within the binding limits, and every limit with its kind and sources.

    Raises
    ------
    PunctaError
        Where zone or device does not exist.

    Notes
    -----
    Device reach, label, zone, clinic, operator and concern bind. The deepest evaluated setting binds unless the
    clinic's policy lets it inform; what a study did only informs. A clinic's own limit for a zone replaces the built-in
    one, which then informs. For equal inputs a darker phototype never gets the deeper limit. Limits:
    ``limits.needling``.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> zone_limits(read_case("examples/acne_scars.toml"), "infraorbital_left").deepest_mm
    0.5
    """
    where = zone_named(zone)
    tool = case.library.device(case.device.device)
    lines = [*_device_lines(case, tool), *_zone_lines(case, where), *_concern_lines(case, where)]
    if case.policy.operator_max_mm is not None:
        lines.append(LimitLine("operator", case.policy.operator_max_mm, True, ()))
    lines.sort(key=lambda line: (not line.binding, line.dial_mm, line.kind))
    most = min(line.dial_mm for line in lines if line.binding)
    return ZoneLimit(zone, tuple(step for step in tool.steps_mm if step <= most + _DUST_MM), tuple(lines))


def _device_lines(case: Case, tool: Device) -> Iterator[LimitLine]:
    def sources_of(figure: str) -> tuple[str, ...]:
        return tool.record.figures[figure].sources

    yield LimitLine("device", tool.reach_mm, True, sources_of("reach_mm"))
    if tool.label_limit_mm is not None:
        yield LimitLine("label", tool.label_limit_mm, True, sources_of("label_limit_mm"))
    if tool.evaluated_limit_mm is not None:
        follows = guidance("evaluated_limit").position(case.policy.choices.get("evaluated_limit"))
        sources = sources_of("evaluated_limit_mm")
        yield LimitLine("evaluated", tool.evaluated_limit_mm, follows.key == "bind", sources)
    if tool.study_limit_mm is not None:  # what a series did is no permission
        yield LimitLine("study", tool.study_limit_mm, False, sources_of("study_limit_mm"))


def _zone_lines(case: Case, where: Zone) -> Iterator[LimitLine]:
    if where.never:
        yield LimitLine("zone", 0.0, True, ("skinpen_label",))
        return
    own = case.policy.zone_max_mm
    clinic = own.get(where.name, own.get(where.base))
    key = where.key("deepest_dial_mm")
    if key in parameters():
        known = parameter(key)
        yield LimitLine("zone", known.value, clinic is None, known.sources)
    if clinic is not None:
        yield LimitLine("clinic", clinic, True, ())


def _concern_lines(case: Case, where: Zone) -> Iterator[LimitLine]:
    if not has_melasma(case, where.name):
        return
    position = guidance("melasma_depth").position(case.policy.choices.get("melasma_depth"))
    most = position.values["max_dial_mm"]
    if case.person.phototype >= _DARK:
        most = min(most, position.values["dark_max_dial_mm"])
    yield LimitLine("concern", most, True, (position.source,))


def has_melasma(case: Case, zone: str) -> bool:
    """Say whether melasma is a concern in a zone, or was named there in the history.

    Parameters
    ----------
    case : Case
        The case.
    zone : str
        Zone name with side.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> has_melasma(read_case("examples/acne_scars.toml"), "cheek_left")
    False
    """
    for concern in case.concerns:
        if concern.kind is ConcernKind.MELASMA and zone in {one for given in concern.zones for one in expand(given)}:
            return True
    answer = case.history.get("melasma")
    if answer is None or answer.reply is not Reply.YES:
        return False
    return not answer.zones or zone in {one for given in answer.zones for one in expand(given)}
