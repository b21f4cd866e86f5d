"""The world of a follow-up: what is drawn for everyone alike, and the forecast of one concern for given persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from puncta.appearance import AppearanceParameters
from puncta.appearance.chance import Chance, chance
from puncta.appearance.forecast import improvement
from puncta.case import Case, Concern
from puncta.evidence import draw, draw_one, heavy_score, uniforms
from puncta.followup.dose import Dose, Doses, ZoneCourse
from puncta.frozen import frozen
from puncta.simulation import area_cm2
from puncta.trials.rows import rows
from puncta.validation.outcomes import RaterParameters

Array = NDArray[np.float64]
_SMALLEST = 1e-12  # numerics: share of all people nearer to an end than anybody is drawn


@frozen
class Raters:
    """Error of readings on one scale, n draws each: one rater's repeats, and between raters."""

    within_score: Array
    between_score: Array


@frozen(eq=False)
class World:
    """What is drawn for n simulated people: laws, raters, photographs, tissue.

    Parameters
    ----------
    case : Case
        The case.
    doses : Doses
        Wounds and tissue.
    law, raters : AppearanceParameters, RaterParameters
        Draws, shape (n,).
    luck : mapping of str to Chance
        By concern: what differs between studies and between persons, as the forecast draws it.
    scales : mapping of str to Raters
        By scale.
    n, seed : int
        Number of draws and seed.
    """

    case: Case
    doses: Doses
    law: AppearanceParameters
    raters: RaterParameters
    luck: Mapping[str, Chance]
    scales: Mapping[str, Raters]
    n: int
    seed: int


def world_of(case: Case, doses: Doses) -> World:
    """Draw the world on the same draws as the forecast."""
    n, seed = doses.n, doses.seed
    return World(
        case,
        doses,
        draw(AppearanceParameters, n, seed),
        draw(RaterParameters, n, seed),
        {str(one.kind): chance(one.kind, n, seed) for one in case.concerns},
        {
            key: Raters(*(draw_one(f"scales.{key}.rater_{which}_score", n, seed) for which in ("within", "between")))
            for key in dict.fromkeys(one.scale for one in case.concerns)
        },
        n,
        seed,
    )


def drawn_scores(world: World) -> dict[str, Array]:
    """The scores of the people as the forecast draws them, by column of a follow-up."""
    out = {}
    for concern in world.case.concerns:
        for name, stream in (("gain", "person"), ("study", "study")):
            u = uniforms(world.seed, f"appearance.{stream}.{concern.kind}", world.n)
            out[f"{name}@{concern.kind}"] = ndtri(u)
    return out


def picked_world(world: World, people: NDArray[np.intp]) -> World:
    """Some of the people of a world, in the order asked for."""
    return replace(
        world,
        doses=world.doses.picked(people),
        law=rows(world.law, people),
        raters=rows(world.raters, people),
        luck={key: rows(one, people) for key, one in world.luck.items()},
        scales={key: rows(one, people) for key, one in world.scales.items()},
        n=people.shape[0],
    )


def own_luck(world: World, concern: Concern, person: Array, study: Array) -> Chance:
    """The luck of given persons: how far from the mean of persons, and how far from the mean of studies.

    Parameters
    ----------
    world : World
        Gives who relapses.
    concern : Concern
        Of which concern.
    person, study : ndarray, shape (n,)
        Normal scores; the second is stretched to the heavy tails between studies.
    """
    return replace(
        world.luck[str(concern.kind)],
        person=person,
        study=heavy_score(np.clip(ndtr(study), _SMALLEST, 1.0 - _SMALLEST)),
    )


class ConcernCourse:
    """The share of one concern's severity that goes over some visits, for any persons of a world.

    Parameters
    ----------
    world : World
        The world.
    concern : Concern
        The concern.
    doses : sequence of Dose
        The visits.
    home : tuple of str
        Products used at home.
    """

    def __init__(self, world: World, concern: Concern, doses: Sequence[Dose], home: tuple[str, ...]) -> None:
        self.world, self.concern, self.home = world, concern, home
        areas = np.array([area_cm2(world.case, name) for name in concern.zones])
        self.weights = areas / areas.sum()
        found: dict[tuple[object, ...], ZoneCourse] = {}
        self._key: list[tuple[object, ...]] = []
        for name in concern.zones:
            key = tuple((dose.day, dose.alike) for dose in doses if dose.zone == name)
            if key not in found:
                found[key] = world.doses.course(name, doses)
            self._key.append(key)
        self._courses = found

    def gone(self, luck: Chance, days: Array) -> Array:
        """Share gone in all zones together, shape (n, t).

        Parameters
        ----------
        luck : Chance
            The persons.
        days : ndarray, shape (t,)
            Days, ascending, 0 or more.
        """
        each = {key: self.with_course(course, luck, days) for key, course in self._courses.items()}
        return sum(
            (weight * each[key] for weight, key in zip(self.weights, self._key, strict=True)),
            np.zeros((self.world.n, days.shape[0])),
        )

    def gone_in(self, zone_name: str, luck: Chance, days: Array) -> Array:
        """Share gone in one zone, shape (n, t)."""
        return self.with_course(self._courses[self._key[self.concern.zones.index(zone_name)]], luck, days)

    def with_course(self, course: ZoneCourse, luck: Chance, days: Array) -> Array:
        """Share gone in a zone that gets other visits, shape (n, t)."""
        world, case, concern = self.world, self.world.case, self.concern
        product, laid = case.library.product, case.session_product
        return improvement(
            concern.kind,
            concern.variety,
            course.days,
            days,
            course.tissue,
            product(laid).addon if laid and course.days else "",
            tuple(product(key).addon for key in self.home),
            world.law,
            luck,
            protected=case.home_care.sunscreen,
        )
