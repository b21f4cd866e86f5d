"""Advice: what to do next, each way with its odds; signs that want a physician come before all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.scales import scale
from puncta.case import Case, Concern
from puncta.evidence import parameter
from puncta.followup.dose import Dose, remaining_doses
from puncta.followup.visits import Visits
from puncta.frozen import frozen
from puncta.messages import text
from puncta.planning.better import band80, better_probability, indistinguishable
from puncta.planning.stop import moved_probability
from puncta.safety import raised_flags, screen, zone_limits
from puncta.safety.side_effects import DARK_MARKS

Array = NDArray[np.float64]
Action = Literal["continue", "change_depth", "change_interval", "wait", "stop", "refer"]
_PERCENT = 100.0


@frozen
class Option:
    """One way to go on.

    Parameters
    ----------
    key : str
        ``wait``, ``one_more``, ``deeper`` or ``as_planned``.
    days : tuple of int
        Days of the visits still to come.
    dial_mm : tuple of float
        Shallowest and deepest setting; empty without a visit.
    grade_probability : float
        Chance that from today on at least one concern moves by a full step of its scale.
    more_probability : float
        Chance that a grade moves by a full step beyond what waiting brings.
    further_fraction : tuple of float
        Further share of severity gone from today on, mean over concerns: band of 80 %.
    reached_probability : float
        Chance of all that is wished for.
    better_probability : float
        Chance that it does better than waiting by more than the worthwhile difference.
    distinguishable : bool
        Whether that chance is large enough to say so.
    pih_probability : tuple of float
        Chance of dark marks over the whole course: band of 80 %.
    breaks : tuple of str
        Limits of the person that it breaks.
    """

    key: str
    days: tuple[int, ...]
    dial_mm: tuple[float, ...]
    grade_probability: float
    more_probability: float
    further_fraction: tuple[float, float, float]
    reached_probability: float
    better_probability: float
    distinguishable: bool
    pih_probability: tuple[float, float, float]
    breaks: tuple[str, ...]


@frozen
class Advice:
    """What to do next.

    Parameters
    ----------
    action : str
        ``continue``, ``change_depth``, ``change_interval``, ``wait``, ``stop`` or ``refer``.
    option : str
        Key of the way that goes with it; empty for ``stop`` and ``refer``.
    reason : str
        Why, in plain words with the odds.
    flags : tuple of str
        What wants a physician, in plain words.
    options : tuple of Option
        All ways, least injury first.
    """

    action: Action
    option: str
    reason: str
    flags: tuple[str, ...]
    options: tuple[Option, ...]


def ways_on(case: Case, visits: Visits) -> Mapping[str, tuple[Dose, ...]]:
    """The visits that each way on would add, least injury first.

    Parameters
    ----------
    case : Case
        Gives limits and steps of the dial.
    visits : Visits
        What was done and planned.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.followup.read import read_visits
    >>> case = read_case("examples/acne_scars.toml")
    >>> list(ways_on(case, read_visits("examples/visits/acne_scars.toml", case)))
    ['wait', 'one_more', 'deeper']
    """
    out: dict[str, tuple[Dose, ...]] = {"wait": ()}
    if visits.stays_away:
        return out
    left = remaining_doses(case, visits)
    one = _one_more(case, visits, left)
    if one:
        out["one_more"] = one
        deeper = tuple(_deeper(case, one))
        if any(a.dial_mm != b.dial_mm for a, b in zip(one, deeper, strict=True)):
            out["deeper"] = deeper
    if len({dose.day for dose in left}) > 1:
        out["as_planned"] = left
    return out


def _one_more(case: Case, visits: Visits, left: Sequence[Dose]) -> tuple[Dose, ...]:
    if left:
        return tuple(dose for dose in left if dose.day == left[0].day)
    settings = visits.planned.sessions[-1].settings if visits.planned.sessions else ()
    last = visits.sessions[-1].day if visits.sessions else 0
    day = max(visits.today, last + max(visits.planned.interval_days, 1))
    return tuple(Dose(day, one.zone, one.dial_mm, one.passes, None, case.device.device) for one in settings)


def _deeper(case: Case, doses: Sequence[Dose]) -> Iterator[Dose]:
    for dose in doses:
        steps = [step for step in zone_limits(case, dose.zone).steps_mm if step > dose.dial_mm]
        # two steps of a tenth are told apart by no scale: the next one that a clinic would choose
        wanted = parameter("followup.deeper_mm").value
        further = [step for step in steps if step - dose.dial_mm >= wanted - _ROUNDING] or steps[-1:]
        yield replace(dose, dial_mm=further[0]) if further else dose


_ROUNDING = 1e-9  # numerics: steps of a dial are decimals


@frozen(eq=False)
class Gone:
    """Share gone of one person under one way, n draws each.

    Parameters
    ----------
    today, then : mapping of Concern to ndarray, shape (n,)
        Today, and on the day of reading.
    pih_probability : ndarray, shape (n,)
        Chance of dark marks.
    """

    today: Mapping[Concern, Array]
    then: Mapping[Concern, Array]
    pih_probability: Array


def option_of(case: Case, key: str, added: Sequence[Dose], gone: Gone, waiting: Gone, done: int) -> Option:
    """Odds of one way on.

    Parameters
    ----------
    case : Case
        Gives scales, wishes and limits.
    key : str
        Its name.
    added : sequence of Dose
        Visits that it adds.
    gone, waiting : Gone
        This way, and no further visit, on the same draws.
    done : int
        Visits so far.
    """
    further = np.mean([gone.then[one] - gone.today[one] for one in case.concerns], axis=0)
    mean, other = (np.mean([which.then[one] for one in case.concerns], axis=0) for which in (gone, waiting))
    days = tuple(dict.fromkeys(dose.day for dose in added))
    dials = [dose.dial_mm for dose in added]
    marks = band80(gone.pih_probability)
    breaks = ["max_sessions"] if done + len(days) > case.limits.max_sessions else []
    breaks += ["max_pih_probability"] if days and marks[1] > case.limits.max_pih_probability else []
    return Option(
        key,
        days,
        (min(dials), max(dials)) if dials else (),
        moved_probability(case, gone.today, gone.then),
        moved_probability(case, waiting.then, gone.then),
        band80(further),
        reached(case, gone.then),
        float(better_probability(mean, other)),
        not bool(indistinguishable(mean, other)),
        marks,
        tuple(breaks),
    )


def reached(case: Case, gone: Mapping[Concern, Array]) -> float:
    """Chance that all wishes come true in the same person; a full step of each scale stands in where nothing is wished.

    Parameters
    ----------
    case : Case
        Gives wishes and scales.
    gone : mapping of Concern to ndarray, shape (n,)
        Share of severity gone.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> reached(case, {case.concerns[0]: np.array([0.2, 0.4])})
    0.5
    """
    met = np.ones(next(iter(gone.values())).shape, dtype=bool)
    wished = {goal.concern: goal.improvement_fraction for goal in case.goals}
    for concern in case.concerns:
        if wished and concern.kind not in wished:
            continue
        step = scale(concern.scale).worthwhile_score / max(concern.severity_score, _ROUNDING)
        met &= gone[concern] >= wished.get(concern.kind, min(step, 1.0))
    return float(np.mean(met))


def flags_of(case: Case, visits: Visits) -> tuple[str, ...]:
    """What wants a physician: red flags of the diaries, side effects that are still there, a screening that stops.

    Parameters
    ----------
    case : Case
        Gives skin type and screening.
    visits : Visits
        Diaries and reactions.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.followup.read import read_visits
    >>> case = read_case("examples/acne_scars.toml")
    >>> flags_of(case, read_visits("examples/visits/acne_scars.toml", case))
    ()
    """
    out = [
        text("followup.flag.diary", visit=number, day=raised.day, words=raised.flag.words)
        for number, session in enumerate(visits.sessions, 1)
        if not session.physician_looked
        for raised in raised_flags(session.diary, case.person.phototype)
    ]
    out += [
        text("followup.flag.reaction", kind=text(f"followup.reaction.{one.kind}"), day=one.day)
        for one in visits.reactions
        if one.kind != DARK_MARKS and one.gone_day is None
    ]
    if not screen(case).allows_plan:
        out.append(text("followup.flag.screen"))
    return tuple(out)


def advice_of(
    case: Case, visits: Visits, options: Sequence[Option], waiting: Gone, unlike: bool, flags: tuple[str, ...]
) -> Advice:
    """Choose the way on: a physician first, then what is enough, then what is worth it with the least injury.

    Parameters
    ----------
    case : Case
        Gives limits.
    visits : Visits
        Reactions and days.
    options : sequence of Option
        All ways.
    waiting : Gone
        Without a further visit.
    unlike : bool
        Whether this person is unlike everyone simulated.
    flags : tuple of str
        From `flags_of`.
    """
    every = {one.key: one for one in options}
    wait = every["wait"]

    def told(action: Action, key: str, reason: str, **values: object) -> Advice:
        return Advice(action, key, text(f"followup.reason.{reason}", **values), flags, tuple(options))

    worse = max(float(np.mean(waiting.today[one] < 0.0)) for one in case.concerns)
    if flags:
        return told("refer", "", "flags")
    if visits.sessions and worse >= parameter("followup.worse_probability").value:
        return told("refer", "", "worse", odds=_odds(worse))
    if unlike:
        return told("refer", "", "unlike")
    if any(one.kind == DARK_MARKS and one.gone_day is None for one in visits.reactions):
        return told("wait", "wait", "marks")
    if visits.stays_away:
        return told("stop", "", "away", odds=_odds(wait.grade_probability))
    if wait.reached_probability >= parameter("followup.reached_probability").value:
        return told("stop", "", "reached", odds=_odds(wait.reached_probability))
    more = every.get("one_more")
    least = parameter("planning.stop_probability").value
    settled = visits.sessions and visits.today - visits.sessions[-1].day >= parameter("followup.settled_days").value
    deeper = every.get("deeper")
    able = [one for one in (more, deeper) if one is not None and not one.breaks]
    if not able or max(one.more_probability for one in able) < least:
        odds = _odds(max((one.more_probability for one in able), default=0.0))
        if settled:
            return told("stop", "", "enough" if able else "limits", odds=odds, least=_odds(least))
        return told("wait", "wait", "coming" if able else "limits_wait", odds=odds, grade=_odds(wait.grade_probability))
    chosen = able[0]
    if deeper in able and more in able and deeper is not None and more is not None:
        gain = deeper.more_probability - more.more_probability
        chosen = deeper if more.more_probability < least or gain >= least else more
    values = {"odds": _odds(chosen.more_probability), "least": _odds(least), "grade": _odds(chosen.grade_probability)}
    if chosen is deeper:
        return told("change_depth", "deeper", "deeper", dial=f"{chosen.dial_mm[1]:g}", **values)
    if visits.planned.sessions and chosen.days and has_lasting_redness(visits):
        return told("change_interval", "one_more", "interval", day=chosen.days[0], **values)
    return told("continue", "one_more", "continue", day=chosen.days[0], **values)


def has_lasting_redness(visits: Visits) -> bool:
    """Whether redness of the last visit was still there when the planned interval was half over.

    Parameters
    ----------
    visits : Visits
        Diaries and the planned interval.
    """
    half = visits.planned.interval_days / 2
    last = visits.sessions[-1].diary if visits.sessions else ()
    return any(entry.grades.get("redness", 0) > 0 and entry.day > half for entry in last)


def _odds(share: float) -> str:
    """Odds as a clinic says them: so many in 100.

    Examples
    --------
    >>> _odds(0.004), _odds(0.28)
    ('fewer than 1', '28')
    """
    whole = round(_PERCENT * share)
    return str(whole) if whole or share == 0.0 else text("followup.fewer_than_one")
