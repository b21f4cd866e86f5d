"""Change: one figure of one zone or lesion, before and after."""

from __future__ import annotations

from puncta.frozen import frozen


@frozen
class Change:
    """One figure of one zone, before and after.

    Parameters
    ----------
    zone, metric : str
        Which.
    before, after : float
        As measured.
    change, sem, sdc : float
        In the metric's scale; a change of 0.1 on ``ln`` is a tenth.
    chance : float
        How often error alone gives as much.
    beyond_error : bool
        Whether the change is larger than the SDC.
    holds : bool
        Whether it stands among all figures looked at (Holm).
    refused : str
        Why it is not told; empty where it is.
    """

    zone: str
    metric: str
    before: float
    after: float
    change: float
    sem: float
    sdc: float
    chance: float
    beyond_error: bool
    holds: bool
    refused: str

    @classmethod
    def untold(cls, zone: str, metric: str, before: float, after: float, reason: str) -> Change:
        """A figure whose change is not told, and why."""
        return cls(zone, metric, before, after, 0.0, 0.0, 0.0, 1.0, False, False, reason)
