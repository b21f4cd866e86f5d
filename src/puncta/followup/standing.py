"""Standing: the simulated people who stand for a person now, and what they show under any visits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.chance import Chance
from puncta.case import Concern
from puncta.followup.dose import Dose
from puncta.followup.felt import marks_probability
from puncta.followup.placed import Placed, over_people
from puncta.followup.posterior import Posterior
from puncta.followup.visits import Visits
from puncta.followup.world import ConcernCourse, World, own_luck, picked_world
from puncta.frozen import frozen

Array = NDArray[np.float64]
_WORST = {"marks": 1.0, "pain": 10.0}


@frozen(eq=False)
class _Law:
    """The forecast of one concern in some people, all zones together or one alone."""

    world: World
    concern: Concern
    luck: Chance
    home: tuple[str, ...]
    zone: str

    def told(self, doses: Sequence[Dose], at: Array) -> Array:
        course = ConcernCourse(self.world, self.concern, doses, self.home)
        return course.gone_in(self.zone, self.luck, at) if self.zone else course.gone(self.luck, at)

    def gone(self, done: Sequence[Dose], added: Sequence[Dose], days: Array, today: float) -> Array:
        """Share gone, shape (n, t): until today what was done counts alone.

        The law tells a visit of a long course for less than one of a short course, whenever it was; what that changes
        about today fades with the time by which changes become visible.
        """
        if not added:
            return self.told(done, days)
        at = np.unique(np.concatenate([[0.0, today], days]))
        before, whole = self.told(done, at), self.told((*done, *added), at)
        now = int(np.searchsorted(at, today))
        fading = np.exp(-np.maximum(at - today, 0.0)[None, :] / self.world.law.maturation_days[:, None])
        onward = whole + (before[:, now] - whole[:, now])[:, None] * fading
        return np.where(at <= today, before, onward)[:, np.searchsorted(at, days)]


def everyone_gone(
    world: World, visits: Visits, concern: Concern, done: Sequence[Dose], added: Sequence[Dose], days: Array
) -> Array:
    """Share gone in all simulated people under visits done and visits still to come, shape (n, t).

    Parameters
    ----------
    world : World
        All simulated people.
    visits : Visits
        Gives today and home care.
    concern : Concern
        Of which concern.
    done, added : sequence of Dose
        Visits until today, and after.
    days : ndarray, shape (t,)
        Days from the first of all visits, ascending, 0 or more.
    """
    law = _Law(world, concern, world.luck[str(concern.kind)], visits.planned.home_products, "")
    return law.gone(done, added, days, float(visits.today))


@frozen(eq=False)
class Standing:
    """The people who stand for this person now, with equal weight.

    Parameters
    ----------
    world : World
        These people, n entries.
    everyone : World
        All simulated people, among whom this person has a place.
    theta : ndarray, shape (n, k)
        Their scores.
    names : tuple of str
        Columns of ``theta``.
    visits : Visits
        What was done and read.
    """

    world: World
    everyone: World
    theta: Array
    names: tuple[str, ...]
    visits: Visits

    def luck(self, concern: Concern) -> Chance:
        """What these people are like in one concern."""
        columns = [self.names.index(f"{name}@{concern.kind}") for name in ("gain", "study")]
        return own_luck(self.world, concern, *(self.theta[:, j] for j in columns))

    def course(self, concern: Concern, doses: Sequence[Dose]) -> ConcernCourse:
        """Some visits in these people, home care as planned."""
        return ConcernCourse(self.world, concern, doses, self.visits.planned.home_products)

    def gone(self, concern: Concern, done: Sequence[Dose], added: Sequence[Dose], days: Array, zone: str = "") -> Array:
        """Share gone under visits done and visits still to come, shape (n, t).

        Parameters
        ----------
        concern : Concern
            Of which concern.
        done, added : sequence of Dose
            Visits until today, and after.
        days : ndarray, shape (t,)
            Days from the first of all visits, ascending, 0 or more.
        zone : str
            In one zone; all zones of the concern together where empty.
        """
        home, today = self.visits.planned.home_products, float(self.visits.today)
        law = _Law(self.world, concern, self.luck(concern), home, zone)
        return law.gone(done, added, days, today)

    def score(self, name: str) -> Array | None:
        """Scores among all people; None where that was not learned."""
        return self.theta[:, self.names.index(name)] if name in self.names else None

    def felt(self, name: str, everyone: Array) -> Array:
        """Redness, pain or dark marks of this person, from the same figure in all simulated people.

        Parameters
        ----------
        name : str
            ``redness``, ``pain`` or ``marks``.
        everyone : ndarray, shape (m,)
            The figure in all people.

        Returns
        -------
        ndarray, shape (n,) or (m,)
            All people where nothing was learned of it.
        """
        score = self.score(name)
        if score is None:
            return everyone
        return Placed({name: over_people(everyone)}, _WORST).figure(name, score)

    def marks(self, doses: Sequence[Dose]) -> Array:
        """Chance of dark marks over some visits together."""
        return self.felt("marks", marks_probability(self.world.case, self.everyone.doses, doses))


def standing(world: World, found: Posterior, visits: Visits, n: int, seed: int) -> Standing:
    """The people who stand for a person.

    Parameters
    ----------
    world : World
        All simulated people.
    found : Posterior
        What was learned.
    visits : Visits
        The follow-up.
    n : int
        How many people; at most as many as were simulated, any first part stands for the person too.
    seed : int
        Seed of the update.
    """
    rows = found.picked(world.n, seed)[:n]
    return Standing(picked_world(world, found.people[rows]), world, found.theta[rows], found.names, visits)
