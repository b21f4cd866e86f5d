"""Own study: somebody's study, or a built-in one, predicted blind and scored beside both baselines."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from puncta.appearance import AppearanceParameters
from puncta.evidence import arms, draw
from puncta.validation.outcomes.headings import scored
from puncta.validation.outcomes.judge import OutcomeReading, judge
from puncta.validation.outcomes.parameters import RaterParameters
from puncta.validation.outcomes.predict import predict
from puncta.validation.outcomes.record import reading_record
from puncta.validation.outcomes.study_file import Study, read_study, study_from
from puncta.validation.outcomes.study_text import built_in_studies, study_text


def validate_study(
    path: str | Path,
    draws: int = 2000,  # numerics: enough for the ends of a band
    seed: int = 0,
) -> tuple[OutcomeReading, ...]:
    """Predict every reading of a study file and set what it reports beside the band.

    Parameters
    ----------
    path : str or Path
        A study file, see `read_study`, or the name of a built-in study.
    draws, seed : int
        Simulated studies behind each band, and seed.

    Returns
    -------
    tuple of OutcomeReading
        In the file's order. Baselines are made of the calibration studies.

    Raises
    ------
    InputError
        With all problems of the file.

    Notes
    -----
    Limits: ``limits.outcome``, ``limits.pigment``.

    Examples
    --------
    >>> [entry.inside80 for entry in validate_study("examples/studies/invented_trial.toml", 400)]
    [True, True]
    """
    study = _study(path)
    law, raters = draw(AppearanceParameters, draws, seed), draw(RaterParameters, draws, seed)
    known = [arm for arm in scored(arms().values()) if arm.role != "validation"]
    return tuple(judge(arm, predict(arm, study.arms, law, raters, seed), known, seed) for arm in study.arms)


def _study(path: str | Path) -> Study:
    if str(path) in built_in_studies():
        return study_from(tomllib.loads(study_text(str(path))), str(path))
    return read_study(path)


def study_validation_record(
    path: str | Path,
    draws: int = 2000,  # numerics: enough for the ends of a band
    seed: int = 0,
) -> dict[str, Any]:
    """The same as plain values, ready for JSON.

    Parameters
    ----------
    path, draws, seed
        As in `validate_study`.

    Returns
    -------
    dict
        Name, source, whether the fit has seen it, and its readings; beside an untreated arm baselines have no scores.

    Raises
    ------
    InputError
        With all problems of the file.

    Examples
    --------
    >>> study_validation_record("examples/studies/invented_trial.toml", 100)["part"]
    'study'
    """
    study, found = _study(path), validate_study(path, draws, seed)
    return {
        "format": 1,
        "part": "study",
        "name": study.name,
        "source": study.source,
        "seen_by_the_fit": any(arm.study == str(path) and arm.role != "validation" for arm in arms().values()),
        "draws": draws,
        "seed": seed,
        "readings": [reading_record(entry) for entry in found],
    }
