"""Worlds: the truth behind each repeat of a trial, shared by its people: effect, raters, and how far studies differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters
from puncta.evidence import draw, draw_one, heavy_score, nominal, normal_score, parameter, persons_from, uniforms
from puncta.frozen import frozen
from puncta.trials.parameters import TrialParameters
from puncta.trials.rows import repeated
from puncta.trials.trial import Trial
from puncta.validation.outcomes import RaterParameters

Array = NDArray[np.float64]


@frozen
class Worlds:
    """What the people of one repeat share, one entry for each repeat.

    Parameters
    ----------
    law : AppearanceParameters
        Law of outcomes.
    raters : RaterParameters
        How raters differ from the truth.
    own : TrialParameters
        How persons and sides differ.
    study : ndarray, shape (n,)
        How far this trial lies from the mean of studies, as a standard score.
    scale_score : ndarray, shape (n, scales)
        How far a scale reads off in this trial, as a standard score.
    within_score, between_score : ndarray, shape (n, scales)
        Raters' errors on each scale.
    """

    law: AppearanceParameters
    raters: RaterParameters
    own: TrialParameters
    study: Array
    scale_score: Array
    within_score: Array
    between_score: Array


def trial_scales(trial: Trial) -> tuple[str, ...]:
    """All scales of a trial, in the order of the arms."""
    return tuple(dict.fromkeys(key for arm in trial.arms for key in arm.scales))


def worlds_of(trial: Trial, first: int, n: int) -> Worlds:
    """The worlds of some repeats.

    Parameters
    ----------
    trial : Trial
        The trial; where its worlds are nominal they are all alike.
    first, n : int
        First repeat and how many.

    Examples
    --------
    >>> from puncta.trials.read import read_trial
    >>> trial = read_trial("examples/trials/split_face.toml")
    >>> bool(worlds_of(trial, 0, 5).study[3] == worlds_of(trial, 3, 1).study[0])
    True
    """
    keys = trial_scales(trial)
    errors = [[f"scales.{key}.rater_{which}_score" for key in keys] for which in ("within", "between")]
    if trial.worlds == "nominal":
        none = np.zeros((n, len(keys)))
        within, between = (np.tile([parameter(name).value for name in names], (n, 1)) for names in errors)
        parts = (nominal(AppearanceParameters), nominal(RaterParameters), nominal(TrialParameters))
        law, raters, own = (repeated(part, n) for part in parts)
        return Worlds(law, raters, own, np.zeros(n), none, within, between)  # type: ignore[arg-type]
    with persons_from(first):
        seed = trial.seed
        within, between = (np.stack([draw_one(name, n, seed) for name in names], axis=1) for names in errors)
        return Worlds(
            draw(AppearanceParameters, n, seed),
            draw(RaterParameters, n, seed),
            draw(TrialParameters, n, seed),
            heavy_score(uniforms(seed, "trials.study", n)),
            np.stack([normal_score(uniforms(seed, f"trials.scale.{key}", n)) for key in keys], axis=1),
            within,
            between,
        )
