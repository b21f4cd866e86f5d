"""Update: what a person's readings say of that person, and what is expected from now on. Start reading here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from puncta.appearance import AppearanceParameters
from puncta.case import Case, Course, Session, ZoneSetting
from puncta.evidence import parameter, parameter_keys
from puncta.followup.advice import Advice, Gone, Option, advice_of, flags_of, option_of, ways_on
from puncta.followup.answers import Answers, columns_of
from puncta.followup.delivered import DeliveredAgainstPlanned, table_of
from puncta.followup.dose import Dose, Doses, delivered_doses, planned_doses, remaining_doses
from puncta.followup.felt import marks_probability, pain_scores, reddest, redness_hours
from puncta.followup.learned import Learned, OutcomeForecast, band_of, learned_of, pulls_of
from puncta.followup.parameters import FollowupParameters
from puncta.followup.placed import Placed, over_people
from puncta.followup.posterior import Posterior, posterior, prior_scores
from puncta.followup.readings import Reading, marks_sessions, readings_of
from puncta.followup.standing import Standing, everyone_gone, standing
from puncta.followup.strange import ReadAgain, Unlike, read_again, replicated, unlike_everyone
from puncta.followup.visits import Visits
from puncta.followup.world import ConcernCourse, World, drawn_scores, own_luck, world_of
from puncta.frozen import frozen

Array = NDArray[np.float64]
Progress = Callable[[str, float], None]
DRAWS = 500  # numerics: draws that leave an effective sample of some hundreds
_WEEK, _WORST = 7.0, 10.0
_FELT = {"redness": "redness_hours", "pain": "pain_score", "marks": "pih_probability"}


@frozen(eq=False)
class Update:
    """One person's follow-up, worked out.

    Parameters
    ----------
    case, visits : Case, Visits
        What it is about.
    seed, draws_count : int
        Seed and simulated people.
    delivered : DeliveredAgainstPlanned
        What was planned against what was done.
    parameters : tuple of Learned
        What is known of the person, before and after.
    forecasts : tuple of OutcomeForecast
        Each outcome, before and after.
    readings : tuple of ReadAgain
        Readings that were learned from, beside what was expected.
    not_used : tuple of Reading
        Readings that were not, each with the reason.
    unlike : Unlike
        Whether the person is unlike everyone simulated.
    effective_sample : float
        People among the simulated ones that carry the answer.
    method : str
        ``prior``, ``gauss_newton`` or ``adaptive``.
    scores_count : int
        Scores that were found together.
    advice : Advice
        What to do next.
    limits : tuple of str
        Message keys of what it cannot say.
    thin : tuple of str
        Message keys of where it is thin.
    rests_on : tuple of str
        Evidence keys.
    posterior : Posterior
        The draws themselves.
    """

    case: Case
    visits: Visits
    seed: int
    draws_count: int
    delivered: DeliveredAgainstPlanned
    parameters: tuple[Learned, ...]
    forecasts: tuple[OutcomeForecast, ...]
    readings: tuple[ReadAgain, ...]
    not_used: tuple[Reading, ...]
    unlike: Unlike
    effective_sample: float
    method: str
    scores_count: int
    advice: Advice
    limits: tuple[str, ...]
    thin: tuple[str, ...]
    rests_on: tuple[str, ...]
    posterior: Posterior


def next_course(found: Update) -> Course:
    """The visits to come under the way that is advised: what the next plan begins with.

    Parameters
    ----------
    found : Update
        From `update`.

    Returns
    -------
    Course
        Days are counted from the first visit of the follow-up; without sessions where none is advised.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.followup.read import read_visits
    >>> case = read_case("examples/acne_scars.toml")
    >>> found = update(case, read_visits("examples/visits/acne_scars.toml", case), draws=100)
    >>> next_course(found).name == found.advice.action
    True
    """
    added = ways_on(found.case, found.visits).get(found.advice.option, ())
    by_day: dict[int, list[ZoneSetting]] = {}
    for dose in added:
        by_day.setdefault(dose.day, []).append(ZoneSetting(dose.zone, dose.dial_mm, dose.passes))
    sessions = tuple(Session(day, tuple(settings)) for day, settings in sorted(by_day.items()))
    return Course(found.advice.action, sessions, found.visits.planned.home_products)


@frozen(eq=False)
class _Felt:
    """Redness, pain and dark marks over all people: as planned, as done, and the places among them."""

    promised: dict[str, Array]
    done: dict[str, Array]
    placed: Placed
    scores: dict[str, Array]


def update(
    case: Case, visits: Visits, *, draws: int = DRAWS, seed: int = 0, progress: Progress | None = None
) -> Update:
    """Learn from what a person's skin answered.

    Parameters
    ----------
    case : Case
        The case.
    visits : Visits
        What was done and read, from `read_visits`.
    draws : int
        Simulated people, 100 or more.
    seed : int
        Seed; equal seeds give equal bytes, and the same people as a plan of that seed.
    progress : callable or None
        Called with a message key and the share done, 0 to 1.

    Returns
    -------
    Update
        Parameters and forecasts before and after, what moved them, what stands out, and what to do next.

    Notes
    -----
    The people before are those of the forecast. Gain is learned from the first reading on, redness, pain and the chance
    of dark marks from the third visit on. Limits: ``limits.followup``, ``limits.outcome``. Sources: outcome_model,
    puncta_judgement.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.followup.read import read_visits
    >>> case = read_case("examples/acne_scars.toml")
    >>> found = update(case, read_visits("examples/visits/acne_scars.toml", case), draws=200)
    >>> found.parameters[0].name, found.parameters[0].after_sd < found.parameters[0].before_sd
    ('gain', True)
    """
    tell = progress or (lambda _step, _share: None)
    tell("followup.progress.doses", 0.0)
    planned, done, left = (
        planned_doses(case, visits.planned),
        delivered_doses(case, visits),
        remaining_doses(case, visits),
    )
    ways = ways_on(case, visits)
    doses = Doses(case, (*planned, *done, *left, *(dose for added in ways.values() for dose in added)), draws, seed)
    world = world_of(case, doses)
    table = table_of(case, visits, world)
    tell("followup.progress.felt", 0.3)  # numerics: share done
    every = readings_of(case, visits)
    felt = _felt(case, visits, every, doses, planned, done)
    tell("followup.progress.learn", 0.6)  # numerics: share done
    answers = _answers(world, visits, done, felt.placed, tuple(one for one in every if not one.why_not))
    prior = prior_scores(answers, {**drawn_scores(world), **felt.scores}, draws, seed)
    found = posterior(answers, prior, seed)
    again = replicated(answers, prior, seed)
    tell("followup.progress.forecast", 0.8)  # numerics: share done
    person = standing(world, found, visits, draws, seed)
    unlike = unlike_everyone(answers.readings, again)
    advice = advice_of(case, visits, *_options(case, person, ways, done), unlike.unlike, flags_of(case, visits))
    few = visits.seen_count < parameter("followup.visits_for_all").value
    return Update(
        case=case,
        visits=visits,
        seed=seed,
        draws_count=draws,
        delivered=table,
        parameters=_parameters(world, prior, found, answers, felt, table.read_day, few),
        forecasts=_forecasts(person, planned, done, left, felt, table.read_day),
        readings=read_again(answers, found, again),
        not_used=tuple(one for one in every if one.why_not),
        unlike=unlike,
        effective_sample=found.effective_sample,
        method=found.method,
        scores_count=len(answers.names) if answers.readings else 0,
        advice=advice,
        limits=("limits.followup", "limits.outcome", "limits.not_a_device"),
        thin=tuple(_thin(visits, found, few)),
        rests_on=(*parameter_keys(AppearanceParameters), *parameter_keys(FollowupParameters)),
        posterior=found,
    )


def _answers(
    world: World, visits: Visits, done: Sequence[Dose], placed: Placed, readings: tuple[Reading, ...]
) -> Answers:
    home = visits.planned.home_products
    courses = {str(one.kind): ConcernCourse(world, one, done, home) for one in world.case.concerns}
    names = columns_of(readings, tuple(courses), visits.baseline_rater)
    return Answers(world, courses, placed, readings, visits.baseline_rater, names)


def _felt(
    case: Case, visits: Visits, readings: Sequence[Reading], doses: Doses, planned: Sequence[Dose], done: Sequence[Dose]
) -> _Felt:
    promised, figures = {}, {}
    for every, into in ((planned, promised), (done or planned, figures)):
        worst = reddest(doses, every)
        if worst is None:
            continue
        same = into is figures and bool(planned) and worst.alike == getattr(reddest(doses, planned), "alike", None)
        into["redness"] = promised["redness"] if same else redness_hours(case, doses, worst)
        into["pain"] = pain_scores(case, doses, worst, True)
        into["marks"] = marks_probability(case, doses, every)
    scores = {name: _places(values) for name, values in figures.items()}
    for one in readings:
        if one.kind == "pain":
            session = visits.sessions[one.session]
            dose = next(dose for dose in done if (dose.day, dose.zone) == (session.day, one.subject))
            figures[one.key] = pain_scores(case, doses, dose, session.numbed)
        elif one.kind == "marks" and one.key not in figures:
            shown = {session.day for session in marks_sessions(visits)}
            figures[one.key] = marks_probability(case, doses, [dose for dose in done if dose.day in shown] or done)
    ends = {name: 1.0 if name.startswith("marks") else _WORST for name in figures if name != "redness"}
    return _Felt(promised, figures, Placed({name: over_people(x) for name, x in figures.items()}, ends), scores)


def _places(values: Array) -> Array:
    """Normal scores of the places of draws among all draws."""
    return ndtri((np.argsort(np.argsort(values)) + 0.5) / values.shape[0])


def _options(
    case: Case, person: Standing, ways: Mapping[str, tuple[Dose, ...]], done: Sequence[Dose]
) -> tuple[list[Option], Gone]:
    visits = person.visits
    last = max([dose.day for added in ways.values() for dose in added] + [visits.today])
    day = float(last) + read_after(visits)

    def gone(added: Sequence[Dose]) -> Gone:
        at = {one: person.gone(one, done, added, np.array([0.0, float(visits.today), day])) for one in case.concerns}
        marks = person.marks((*done, *added))
        return Gone({one: x[:, 1] for one, x in at.items()}, {one: x[:, 2] for one, x in at.items()}, marks)

    looked = {key: gone(added) for key, added in ways.items()}
    waiting, count = looked["wait"], len(visits.sessions)
    return [option_of(case, key, ways[key], looked[key], waiting, count) for key in ways], waiting


def read_after(visits: Visits) -> float:
    """Days after the last visit at which ways on are compared: when the change has come."""
    return parameter("followup.settled_days").value


def _parameters(
    world: World, prior: Array, found: Posterior, answers: Answers, felt: _Felt, day: float, few: bool
) -> tuple[Learned, ...]:
    keys, out, some = [one.key for one in answers.readings], [], bool(answers.readings)

    def add(name: str, concern: str, before: Array, drawn: Array, learned: bool) -> None:
        out.append(learned_of(name, concern, before, drawn, found, pulls_of(before, prior, found, keys), learned))

    for kind, course in answers.courses.items():
        at = np.array([0.0, day])
        before = course.gone(world.luck[kind], at)[:, 1]
        typical = float(np.median(before)) or 1.0
        columns = [found.names.index(f"{name}@{kind}") for name in ("gain", "study")]
        parts = np.split(found.theta, found.theta.shape[0] // world.n)
        now = [course.gone(own_luck(world, course.concern, *(x[:, j] for j in columns)), at)[:, 1] for x in parts]
        add("gain", kind, before / typical, np.concatenate(now) / typical, some)
    add("maturation_days", "", world.law.maturation_days, world.law.maturation_days[found.people], some and not few)
    for name, told in _FELT.items():
        if name in felt.done:
            read = name in found.names
            drawn = felt.placed.figure(name, found.theta[:, found.names.index(name)]) if read else felt.done[name]
            add(told, "", felt.done[name], drawn, read)
    return tuple(out)


def _forecasts(
    person: Standing, planned: Sequence[Dose], done: Sequence[Dose], left: Sequence[Dose], felt: _Felt, day: float
) -> tuple[OutcomeForecast, ...]:
    days = np.unique(np.append(np.arange(0.0, day, _WEEK), day))
    world, home, out = person.everyone, person.visits.planned.home_products, []
    for concern in world.case.concerns:
        luck = world.luck[str(concern.kind)]
        promised = band_of(ConcernCourse(world, concern, planned, home).gone(luck, days))
        delivered = band_of(everyone_gone(world, person.visits, concern, done, left, days))
        nothing = np.median(ConcernCourse(world, concern, (), ()).gone(luck, days), axis=0)
        after = band_of(person.gone(concern, done, left, days))
        out.append(
            OutcomeForecast("improvement_fraction", str(concern.kind), days, promised, delivered, after, nothing)
        )
    for name, told in _FELT.items():
        if name in felt.promised:
            everyone, score = felt.done[name], person.score(name)
            drawn = everyone if score is None else felt.placed.figure(name, score)
            before, was, after = (band_of(values[:, None]) for values in (felt.promised[name], everyone, drawn))
            out.append(OutcomeForecast(told, "", np.array([np.nan]), before, was, after, np.zeros(0)))
    return tuple(out)


def _thin(visits: Visits, found: Posterior, few: bool) -> list[str]:
    out = ["followup.thin.virtual"]
    if found.method == "prior":
        out.append("followup.thin.nothing")
    elif few:
        out.append("followup.thin.few")
    if visits.grades and not any(one.blinded for one in visits.grades):
        out.append("followup.thin.open")
    if found.effective_sample < _FEWEST:
        out.append("followup.thin.sample")
    return out


_FEWEST = 100.0  # numerics: people that carry an answer
