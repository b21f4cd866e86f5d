"""End point: what the hand should see when it is time to stop."""

from __future__ import annotations

from puncta.evidence import parameter
from puncta.messages import text

_DARK = 4


def endpoint_key(depth_mm: float, phototype: int) -> str:
    """Key of the text that says where to stop.

    Parameters
    ----------
    depth_mm : float
        Depth reached, median, 0 or more.
    phototype : int
        Fitzpatrick type, 1 to 6; from IV on the text does not lean on redness alone.

    Returns
    -------
    str
        Message key, for example ``safety.endpoint.light.few_points``.

    Notes
    -----
    Limits: ``limits.needling``. The depths are assumed. Sources: juhasz_2020, clinic_downtime_texts.

    Examples
    --------
    >>> endpoint_key(0.75, 2)
    'safety.endpoint.light.few_points'
    """
    grades = (
        ("even_points", parameter("safety.endpoint_even_points_mm").value),
        ("few_points", parameter("safety.endpoint_points_mm").value),
        ("even_redness", parameter("safety.endpoint_redness_mm").value),
    )
    grade = next((name for name, least in grades if depth_mm >= least), "faint_redness")
    return f"safety.endpoint.{'dark' if phototype >= _DARK else 'light'}.{grade}"


def endpoint(depth_mm: float, phototype: int) -> str:
    """Where to stop, in words.

    Parameters
    ----------
    depth_mm : float
        Depth reached, median, 0 or more.
    phototype : int
        Fitzpatrick type, 1 to 6.

    Returns
    -------
    str
        The sentence.

    Examples
    --------
    >>> endpoint(0.56, 2)
    'even redness, no blood'
    """
    return text(endpoint_key(depth_mm, phototype))
