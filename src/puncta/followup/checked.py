"""Checked: virtual follow-ups as stored, and whether the model is still the one that they were made with."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from puncta.appearance import AppearanceParameters, Tissue
from puncta.appearance.chance import chance
from puncta.case import Case, read_case
from puncta.evidence import draw, draw_one
from puncta.evidence.fitted import FOLDER, fingerprint
from puncta.followup.answers import Answers, columns_of
from puncta.followup.dose import ZoneCourse
from puncta.followup.placed import Placed
from puncta.followup.posterior import posterior, prior_scores
from puncta.followup.readings import Reading
from puncta.followup.world import ConcernCourse, Raters, World
from puncta.validation.outcomes import RaterParameters

_FILE = "followup_checks.toml"
# numerics: people, seed, digits, length of the hash and scores of the probes
_PEOPLE, _SEED, _DIGITS, _HASH, _SHIFTS = 64, 5, 4, 16, (-1.0, 0.0, 1.5)


@cache
def stored_checks() -> Mapping[str, Any]:
    """What virtual people with a follow-up showed, as stored.

    Returns
    -------
    mapping
        ``calibration``: people, chances of ranks as uneven, effective samples; ``second``: how often bands of 80 %
        held when people came from the second calculation, by kind of rater; ``probe_hash``.

    Examples
    --------
    >>> stored_checks()["calibration"]["people"]
    1000
    """
    return tomllib.loads(FOLDER.joinpath(_FILE).read_text(encoding="utf-8"))


class _Reference:
    """Doses that all do what the published courses did, so that no healing is run."""

    def __init__(self, n: int) -> None:
        self.n = n

    def course(self, zone_name: str, doses: Any) -> ZoneCourse:
        """Four visits of the usual kind in any zone."""
        return ZoneCourse((0, 28, 56, 84), Tissue(*np.ones((4, self.n))))  # numerics: the usual interval


def probe_hash() -> str:
    """Hash of what the model of readings gives at fixed people: stored checks hold only while it stays.

    Returns
    -------
    str
        Sixteen digits.

    Examples
    --------
    >>> len(probe_hash())
    16
    """
    answers = probe_answers(read_case("examples/acne_scars.toml"))
    told = [fingerprint("followup")]
    for shift in _SHIFTS:
        theta = np.full((_PEOPLE, len(answers.names)), shift)
        middle, spread = answers.expected(theta)
        for values in (middle, spread, answers.log_chance(theta)):
            told += [f"{x:.{_DIGITS}g}" for x in np.median(values, axis=0)]
    return hashlib.sha256(" ".join(told).encode()).hexdigest()[:_HASH]


def probe_scores() -> dict[str, float]:
    """What is learned at the probes: mean of each score, for a comparison that rounding of a processor does not touch.

    Examples
    --------
    >>> sorted(probe_scores())[:2]
    ['baseline@atrophic_acne_scars', 'camera.texture@cheek_left']
    """
    answers = probe_answers(read_case("examples/acne_scars.toml"))
    found = posterior(answers, prior_scores(answers, {}, _PEOPLE, _SEED), _SEED)
    return dict(zip(found.names, (float(x) for x in found.weight @ found.theta), strict=True))


def probe_answers(case: Case) -> Answers:
    """A few readings beside fixed people, on which the model of readings is probed.

    Parameters
    ----------
    case : Case
        Its first concern is read.
    """
    concern, n, seed = case.concerns[0], _PEOPLE, _SEED
    kind = str(concern.kind)
    both = (draw_one(f"scales.{concern.scale}.rater_{which}_score", n, seed) for which in ("within", "between"))
    world = World(
        case,
        _Reference(n),  # type: ignore[arg-type]
        draw(AppearanceParameters, n, seed),
        draw(RaterParameters, n, seed),
        {kind: chance(kind, n, seed)},
        {concern.scale: Raters(*both)},
        n,
        seed,
    )
    # numerics: readings of the probes
    readings = (
        Reading("grade.0", "grade", 112, kind, concern.scale, "A", 2.0, 0.5, 1.0, 4.0, freedom=5.0, blinded=False),
        Reading("photograph.0", "photograph", 174, concern.zones[0], "texture", "", -0.1, sd=0.06, freedom=5.0),
        Reading("pain.0", "pain", 0, concern.zones[0], "", "", 4.0, 0.5, 0.0, 10.0, sd=1.0, freedom=5.0, session=0),
        Reading("marks", "marks", 174, "", "", "", 0.0),
    )
    placed = Placed({"pain.0": np.linspace(0.0, 8.0, 17), "marks": np.linspace(0.01, 0.2, 17)}, {})
    return Answers(
        world, {kind: ConcernCourse(world, concern, (), ())}, placed, readings, "A", columns_of(readings, (kind,), "A")
    )
