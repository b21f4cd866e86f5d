"""A change beside its error: a point with its 80 % whisker on the grey strip of what cannot be told from error."""

from __future__ import annotations

import math
from html import escape

_WIDTH, _HEIGHT, _ROOM, _DOT, _EDGE = 150.0, 38.0, 2.2, 5.5, 1.0
_Z80, _LEAST = 1.2816, 1e-9  # numerics: 80 of 100 of a normal; a strip without width
_HEAD = f'<svg class="strip-svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" width="{_WIDTH:g}" height="{_HEIGHT:g}"'


def change_strip(change: float, sem: float, sdc: float, sure: bool, label: str) -> str:
    """Draw one change as SVG; colours come from the page that shows it.

    Parameters
    ----------
    change : float
        In the scale of the metric's errors.
    sem : float
        Standard error of one photograph, in that scale.
    sdc : float
        Smallest change that can be told from error, in that scale.
    sure : bool
        Whether the change is beyond its error and holds; the point is hollow where it is not.
    label : str
        The change in words.

    Returns
    -------
    str
        An element of 150 by 38 px, of the classes ``noise``, ``noise-edge``, ``zeroline``, ``whisker``, ``fulldot``
        and ``hollowdot``.

    Examples
    --------
    >>> "hollowdot" in change_strip(-0.02, 0.03, 0.083, False, "smaller than its error")
    True
    """
    middle, reach = _WIDTH / 2, max(_ROOM * sdc, 1.2 * abs(change), _LEAST)
    unit = (middle - _DOT) / reach
    edge, at, error = sdc * unit, middle + change * unit, _Z80 * math.sqrt(2.0) * sem * unit
    low, high = max(_EDGE, at - error), min(_WIDTH - _EDGE, at + error)
    kind = "fulldot" if sure else "hollowdot"
    return (
        f'{_HEAD} role="img" aria-label="{escape(label)}">'
        f'<rect class="noise" x="{middle - edge:.1f}" y="4" width="{2 * edge:.1f}" height="30"/>'
        f'<path class="noise-edge" d="M{middle - edge:.1f} 4V34M{middle + edge:.1f} 4V34"/>'
        f'<path class="zeroline" d="M{middle:g} 1V37"/><path class="whisker" d="M{low:.1f} 19H{high:.1f}"/>'
        f'<circle class="{kind}" cx="{at:.1f}" cy="19" r="{_DOT:g}"/></svg>'
    )


def empty_strip(words: str) -> str:
    """The same room where nothing was measured, with the reason in it.

    Parameters
    ----------
    words : str
        Why.
    """
    middle = f'x="{_WIDTH / 2:g}" y="23" text-anchor="middle"'
    return (
        f'{_HEAD} aria-hidden="true"><rect class="empty" x="1" y="9" width="{_WIDTH - 2:g}" height="20"/>'
        f'<text {middle} font-size="11" fill="currentColor">{escape(words)}</text></svg>'
    )
