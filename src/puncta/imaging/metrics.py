"""Metrics: what is measured of a zone, in which scale its error is even, and what a photograph needs for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from puncta.frozen import frozen


@frozen
class Metric:
    """One figure of a zone.

    Parameters
    ----------
    name : str
        For example ``texture``; its words stand in the catalogue.
    scale : str
        ``ln``, ``root`` or ``plain``: where errors of re-takes are even. A change is told in per cent for ``ln``.
    needs : str
        ``colour`` any resolution and a light like before; ``pigment`` pixels fine enough for a spot;
        ``relief`` a fine, sharp photograph; ``pores`` a sharper one; ``lesion`` a lesion that was drawn.
    absolute : bool
        True where the figure itself depends on camera and light; False for a place against its surround.
    """

    name: str
    scale: str
    needs: str
    absolute: bool = False

    def scaled(self, value: float) -> float:
        """The value in the scale in which errors are even."""
        if self.scale == "ln":
            return float(np.log(max(value, 1e-9)))  # numerics: far below any figure
        return float(np.sqrt(max(value, 0.0))) if self.scale == "root" else float(value)


_ALL = (
    Metric("texture", "ln", "relief"),
    Metric("line_strength", "ln", "relief"),
    Metric("line_length", "root", "relief"),
    Metric("pores", "root", "pores"),
    Metric("spots", "root", "pigment"),
    Metric("redness", "root", "pigment"),
    Metric("melanin", "plain", "colour", absolute=True),
    Metric("blood", "plain", "colour", absolute=True),
    Metric("ita", "plain", "colour", absolute=True),
    Metric("lightness", "plain", "colour", absolute=True),
    Metric("a_star", "plain", "colour", absolute=True),
    Metric("b_star", "plain", "colour", absolute=True),
)


_CONTRASTS = (
    Metric("contrast_melanin", "plain", "lesion"),
    Metric("contrast_blood", "plain", "lesion"),
    Metric("contrast_shade", "plain", "lesion"),
    Metric("contrast_lightness", "plain", "lesion"),
    Metric("contrast_delta_e", "plain", "lesion"),
)


def metrics() -> Mapping[str, Metric]:
    """All metrics by name.

    Returns
    -------
    mapping of str to Metric
        Lines and texture first, then spots and redness, then tone.

    Examples
    --------
    >>> metrics()["texture"].scale
    'ln'
    """
    return MappingProxyType({one.name: one for one in _ALL})


def contrasts() -> Mapping[str, Metric]:
    """Figures of a lesion against its own surround, by name.

    Returns
    -------
    mapping of str to Metric
        Pigment first, then what the eye sees.

    Examples
    --------
    >>> contrasts()["contrast_blood"].absolute
    False
    """
    return MappingProxyType({one.name: one for one in _CONTRASTS})


def any_metric(name: str) -> Metric:
    """A figure of a zone or of a lesion, by name.

    Examples
    --------
    >>> any_metric("contrast_shade").needs
    'lesion'
    """
    return metrics()[name] if name in metrics() else contrasts()[name]
