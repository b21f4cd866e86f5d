"""Tone: what the person's own tone takes from a figure, said where the figure is shown."""

from __future__ import annotations

import numpy as np

from puncta.evidence import parameter
from puncta.imaging.chromophores import OwnSkin
from puncta.imaging.errors import Errors
from puncta.imaging.metrics import metrics
from puncta.messages import text

_PLAIN, _CROSSED = frozenset({"blood", "redness", "melanin"}), frozenset({"blood", "redness", "melanin", "spots"})


def hidden(own: OwnSkin) -> frozenset[str]:
    """Figures that are not told on a person's skin.

    Parameters
    ----------
    own : OwnSkin
        The usual skin.

    Returns
    -------
    frozenset of str
        Names of metrics; none on skin whose colour tells melanin from blood.

    Notes
    -----
    On dark skin, light that the surface mirrors drowns blue, and melanin and blood change red and green alike; of
    places against their surround darkness still tells melanin, of whole zones it does not. Crossed polarisers take that
    light away, until blue is darker than the colours of a screen. Limits: ``limits.photographs``.

    Examples
    --------
    >>> sorted(hidden(OwnSkin(-1.0, -4.0, polarised=False, ambiguous=True)))
    ['blood', 'melanin', 'redness']
    """
    if not own.ambiguous:
        return frozenset()
    return _CROSSED if own.polarised else _PLAIN


def hidden_words(own: OwnSkin) -> str:
    """Why one of them is not told, in a few words; `tone_limits` says what to do.

    Examples
    --------
    >>> "polarisers" in hidden_words(OwnSkin(-1.0, -4.0, polarised=True, ambiguous=True))
    True
    """
    return text(f"imaging.refused.tone_{'crossed' if own.polarised else 'plain'}")


def tone_limits(own: OwnSkin, ita: float, errors: Errors | None, grey: bool = False) -> tuple[str, ...]:
    """What must stand beside the figures of a person of this tone.

    Parameters
    ----------
    own : OwnSkin
        The usual skin.
    ita : float
        Its angle, in degrees.
    errors : Errors or None
        That are used; a clinic's own count for every tone alike, so that only what is hidden is said.
    grey : bool
        Whether a grey card set white balance and exposure: its error is not simulated.

    Returns
    -------
    tuple of str
        Sentences; empty where nothing is worse than on other tones.

    Notes
    -----
    Sources: puncta_simulated_retakes. Limits: ``limits.photographs``.

    Examples
    --------
    >>> tone_limits(OwnSkin(-3.0, -4.0, polarised=False, ambiguous=False), 45.0, None)
    ()
    """
    out = [text(f"imaging.tone.hidden_{'crossed' if own.polarised else 'plain'}")] if own.ambiguous else []
    if errors is not None and np.isfinite(ita):
        worse = _worse(ita, errors, hidden(own))
        if worse:
            most = f"{parameter('imaging.most_tone_fold').value:g}"
            out.append(text("imaging.tone.error", ita=f"{ita:.0f}".replace("-", "−"), said=", ".join(worse), most=most))
    if grey and (errors is None or errors.basis == "simulated"):
        out.append(text("imaging.tone.grey"))
    return tuple(out)


def _worse(ita: float, errors: Errors, left_out: frozenset[str]) -> list[str]:
    most, told = parameter("imaging.most_tone_fold").value, []
    for name, folds in (errors.by_tone or {}).items():
        fold = errors.fold(name, ita) / min(folds)
        if fold > most and name not in left_out and name in metrics():
            told.append(text("imaging.tone.fold", metric=text(f"imaging.metric.{name}.name"), fold=f"{fold:.1f}"))
    return told
