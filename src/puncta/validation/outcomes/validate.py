"""Validate outcomes: two exercises, kept apart, and what neither can test."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from puncta.appearance import AppearanceParameters
from puncta.evidence import Arm, arms, draw
from puncta.frozen import frozen
from puncta.validation.outcomes.headings import TESTABLE, UNTESTABLE, scored
from puncta.validation.outcomes.judge import HeadingTally, OutcomeReading, judge, tally
from puncta.validation.outcomes.left_out import left_out
from puncta.validation.outcomes.parameters import RaterParameters
from puncta.validation.outcomes.predict import predict

ALL = "all"


@frozen
class OutcomeValidation:
    """Published outcomes beside the forecast.

    Parameters
    ----------
    held_back : tuple of OutcomeReading
        Fixed roles: studies that no fit has seen, predicted from the calibration studies.
    left_out : tuple of OutcomeReading
        Each study left out of a fit to all others and predicted by it; stored, since it takes half an hour.
    reproduced : tuple of OutcomeReading
        Scored readings of calibration studies, which the fit has seen: no test.
    untestable : tuple of OutcomeReading
        Scored readings of headings that too few studies speak of; calibration studies too.
    unusable : tuple of Arm
        Rows left out, each with its reason.
    draws, seed : int
        Simulated studies behind each band, and seed.
    """

    held_back: tuple[OutcomeReading, ...]
    left_out: tuple[OutcomeReading, ...]
    reproduced: tuple[OutcomeReading, ...]
    untestable: tuple[OutcomeReading, ...]
    unusable: tuple[Arm, ...]
    draws: int
    seed: int

    def tallies(self, readings: Sequence[OutcomeReading]) -> tuple[HeadingTally, ...]:
        """One line for each testable heading that has a reading, and one for all."""
        names = [name for name in TESTABLE if any(entry.heading == name for entry in readings)]
        each = [tally(name, [entry for entry in readings if entry.heading == name]) for name in names]
        return (*each, tally(ALL, readings))


def validate_outcomes(
    draws: int = 2000,  # numerics: enough for the ends of a band of 95 of 100
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> OutcomeValidation:
    """Set every scored reading of an outcome study beside the forecast under its own protocol.

    Parameters
    ----------
    draws, seed : int
        Simulated studies behind each band, and seed.
    progress : callable or None
        Called with the share done, 0 to 1.

    Returns
    -------
    OutcomeValidation
        Readings by exercise, with the scores of the model and of both baselines.

    Notes
    -----
    Limits: ``limits.outcome``, ``limits.pigment``. Sources: outcome_model and the studies' own rows.

    Examples
    --------
    >>> found = validate_outcomes(200)
    >>> len(found.held_back), found.tallies(found.left_out)[-1].heading
    (23, 'all')
    """
    law, raters = draw(AppearanceParameters, draws, seed), draw(RaterParameters, draws, seed)
    found = scored(arms().values())
    known = [arm for arm in found if arm.role != "validation"]
    read = []
    for done, arm in enumerate(found):
        read.append(judge(arm, predict(arm, study_of(arm), law, raters, seed), known, seed))
        if progress is not None:
            progress((done + 1) / len(found))
    tested = [entry for entry in read if entry.heading in TESTABLE]
    return OutcomeValidation(
        tuple(entry for entry in tested if entry.arm.role == "validation"),
        left_out(),
        tuple(entry for entry in tested if entry.arm.role != "validation"),
        tuple(entry for entry in read if entry.heading in UNTESTABLE),
        tuple(arm for arm in arms().values() if arm.role == "not usable"),
        draws,
        seed,
    )


def study_of(arm: Arm) -> list[Arm]:
    """All readings of an arm's study."""
    return [other for other in arms().values() if other.study == arm.study]
