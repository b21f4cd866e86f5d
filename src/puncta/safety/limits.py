"""Depth limits of a zone: device reach, label, evaluated, anatomy, policy and operator, each kept apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LimitLine:
    """One limit.

    Parameters
    ----------
    kind : str
        ``device``, ``label``, ``evaluated``, ``zone``, ``clinic``, ``operator`` or ``concern``.
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


@dataclass(frozen=True)
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
