"""Virtual people with a follow-up each: drawn from the model itself, and from the second calculation.

Run ``uv run python -m calibration.followup.virtual``; the results stand in evidence/data/fitted/followup_checks.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import kstest

from puncta.case import Case, Course, Session, ZoneSetting, read_case
from puncta.check.outcome import improvement_fraction
from puncta.evidence import uniforms
from puncta.followup.answers import Answers, columns_of
from puncta.followup.dose import Doses, delivered_doses
from puncta.followup.felt import marks_probability, pain_scores, redness_hours
from puncta.followup.placed import Placed, over_people
from puncta.followup.posterior import Posterior, posterior, prior_scores
from puncta.followup.readings import Reading, readings_of
from puncta.followup.strange import replicated
from puncta.followup.visits import DeliveredSession, DeliveredZone, Grade, PhotographReading, Visits
from puncta.followup.world import ConcernCourse, World, own_luck, picked_world, world_of
from puncta.safety import diary_from

Array = NDArray[np.float64]
ZONE, KIND, TODAY, LATER = "cheek_left", "atrophic_acne_scars", 174, 264.0
PEOPLE = 500  # simulated people of one update
POOL = 6000  # people from whom both sides are drawn


def one_zone() -> Case:
    """The example of acne scars, one cheek alone."""
    case = read_case("examples/acne_scars.toml")
    scars = replace(case.concerns[0], zones=(ZONE,))
    return replace(case, zones=tuple(use for use in case.zones if use.zone == ZONE), concerns=(scars,))


def followed(blinded: bool = True) -> Visits:
    """Four visits with grades, a photograph, pain, a diary and a look for dark marks; the values are put in later."""
    done = DeliveredZone(ZONE, 1.0, 4, None, None, None, None, None, "exceed", 5.0)
    diary = diary_from({"format": 1, "entries": [{"day": 1, "redness": 1}, {"day": 2, "redness": 0}]})
    days = (0, 28, 56, 84)
    sessions = tuple(DeliveredSession(day, (done,), diary=diary if day < 56 else ()) for day in days)
    planned = Course.regular("planned", (ZoneSetting(ZONE, 1.0, 4),), 4, 28)
    grades = tuple(Grade(day, KIND, 3.0, rater, blinded) for day, rater in ((56, "A"), (112, "B"), (TODAY, "A")))
    photograph = PhotographReading(TODAY, ZONE, "texture", 0.0, 0.06)
    return Visits("virtual", TODAY, planned, sessions, grades, (photograph,), marks_seen=False)


@dataclass(frozen=True)
class Pool:
    """People from whom virtual patients and their simulated companions are drawn."""

    case: Case
    visits: Visits
    world: World
    readings: tuple[Reading, ...]
    placed: Placed
    names: tuple[str, ...]

    def answers(self, people: NDArray[np.intp], readings: Sequence[Reading]) -> Answers:
        """Some of the people, asked for some readings."""
        world = picked_world(self.world, people)
        course = ConcernCourse(world, self.case.concerns[0], delivered_doses(self.case, self.visits), ())
        return Answers(world, {KIND: course}, self.placed, tuple(readings), "A", self.names)


def pool(visits: Visits, n: int = POOL, seed: int = 77) -> Pool:
    """Draw the people once: their wounds heal, their redness, pain and marks are known."""
    case = one_zone()
    done = delivered_doses(case, visits)
    doses = Doses(case, done, n, seed)
    readings = tuple(one for one in readings_of(case, visits) if not one.why_not)
    figures = {"redness": redness_hours(case, doses, done[0]), "marks": marks_probability(case, doses, done)}
    pain = pain_scores(case, doses, done[0], True)
    figures |= {one.key: pain for one in readings if one.kind == "pain"}
    ends = {name: 1.0 if name == "marks" else 10.0 for name in figures if name != "redness"}
    placed = Placed({name: over_people(values) for name, values in figures.items()}, ends)
    return Pool(case, visits, world_of(case, doses), readings, placed, columns_of(readings, (KIND,), "A"))


def gone(answers: Answers, theta: Array, day: float) -> Array:
    """Share gone on a day, shape (n,)."""
    course = answers.courses[KIND]
    person, study = (theta[:, answers.names.index(f"{name}@{KIND}")] for name in ("gain", "study"))
    return course.gone(own_luck(answers.world, course.concern, person, study), np.array([0.0, day]))[:, 1]


def figures_of(answers: Answers, theta: Array) -> dict[str, Array]:
    """Everything whose rank is looked at."""
    out = {"gone_today": gone(answers, theta, float(TODAY)), "gone_later": gone(answers, theta, LATER)}
    out["maturation_days"] = answers.world.law.maturation_days
    for name in answers.names:
        out[name.split("@")[0]] = theta[:, answers.names.index(name)]
    return out


def drawn_about(found: Posterior, answers: Answers) -> dict[str, Array]:
    """The figures of all weighted draws."""
    parts = [figures_of(answers, part) for part in np.split(found.theta, found.theta.shape[0] // answers.world.n)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def ranks(count: int, seed: int = 1, everyone: Pool | None = None) -> tuple[dict[str, Array], Array]:
    """Where the truth of each virtual person lies among what was learned of it, 0 to 1, and effective samples.

    Each person is drawn from the same people as the companions and gives readings by the same errors; both are drawn
    anew each time, so that no finite set of companions leans one way for everybody.
    """
    group = everyone or pool(followed())
    out: dict[str, list[float]] = {}
    effective = []
    for number, truth, mates, score in _people(group, count, seed):
        whole = group.answers(truth, group.readings)
        read = replicated(whole, score, seed * 100_003 + number)[0]
        asked = tuple(replace(one, value=float(value)) for one, value in zip(group.readings, read, strict=True))
        answers = group.answers(mates, asked)
        found = posterior(answers, prior_scores(answers, {}, PEOPLE, seed + number), seed + number)
        true, drawn = figures_of(whole, score), drawn_about(found, answers)
        for name, values in drawn.items():
            out.setdefault(name, []).append(float(found.weight @ (values < true[name][0])))
        effective.append(found.effective_sample)
    return {name: np.array(values) for name, values in out.items()}, np.array(effective)


def _people(group: Pool, count: int, seed: int) -> Iterator[tuple[int, NDArray[np.intp], NDArray[np.intp], Array]]:
    for number in range(count):
        order = np.argsort(uniforms(seed, f"virtual.order.{number}", group.world.n))
        score = ndtri(uniforms(seed, f"virtual.score.{number}", len(group.names)))[None, :]
        yield number, order[:1], order[1 : PEOPLE + 1], score


def uniformity(found: dict[str, Array]) -> dict[str, float]:
    """Chance of ranks as uneven as these if they were even, by figure (Kolmogorov-Smirnov)."""
    return {name: float(kstest(values, "uniform").pvalue) for name, values in found.items()}


def second_engine(count: int, blinded: bool, seed: int = 3, everyone: Pool | None = None) -> dict[str, Array]:
    """Virtual people of the second calculation: whether each 80 % band holds the truth.

    Their skin follows the closed forms of the second calculation, on a clock that runs half as fast again or a third
    slower; how far each lies from the typical person is drawn from an even spread, not the model's; raters lean by a
    tenth of severity more than they say, blinded or not, and err by half as much again.
    """
    group = everyone or pool(followed(blinded))
    case = group.case
    out: dict[str, list[float]] = {"inside_today": [], "inside_later": []}
    for number, _, mates, score in _people(group, count, seed):
        u = uniforms(seed, f"virtual.second.{number}", 8)
        clock = 1.5 if u[0] < 0.5 else 2.0 / 3.0
        own = 0.45 * (2.0 * u[1] - 1.0)  # even, with the standard deviation 0.26 of persons and studies together

        def true(day: float, clock: float = clock, own: float = own) -> float:
            course = Course("c", tuple(Session(one.day * clock, one.settings) for one in group.visits.planned.sessions))  # type: ignore[arg-type]
            typical = improvement_fraction(case, course, case.concerns[0], day * clock)
            return min(typical + own * (1.0 - np.exp(-day * clock / 48.0)), 1.0)

        asked = tuple(_read(group, one, true, score, f"{seed}.{number}", case) for one in group.readings)
        answers = group.answers(mates, asked)
        found = posterior(answers, prior_scores(answers, {}, PEOPLE, seed + number), seed + number)
        drawn = drawn_about(found, answers)
        for name, day in (("today", float(TODAY)), ("later", LATER)):
            below = float(found.weight @ (drawn[f"gone_{name}"] < true(day)))
            out[f"inside_{name}"].append(float(0.1 <= below <= 0.9))
    return {name: np.array(values) for name, values in out.items()}


_LEAN, _ERROR, _COUPLING, _HOUR = 0.10, 0.525, 0.5, 33.0


def _read(group: Pool, one: Reading, true, score: Array, stream: str, case: Case) -> Reading:
    z = ndtri(uniforms(0, f"virtual.read.{stream}.{one.key}", 1))[0]
    severity = case.concerns[0].severity_score
    if one.kind == "grade":
        read = severity * (1.0 - min(true(one.day) + _LEAN, 1.0)) + _ERROR * z
        return replace(one, value=float(np.clip(np.round(read), 1.0, 4.0)))
    if one.kind == "photograph":
        return replace(one, value=float(np.log(1.0 - _COUPLING * min(true(one.day), 1.0)) + 0.06 * np.sqrt(2.0) * z))
    person = score[:1, group.names.index(one.kind)]
    middle = float(group.placed.figure(one.place, person)[0])
    if one.kind == "marks":
        return replace(one, value=float(ndtr(z) < middle))
    if one.kind == "pain":
        return replace(one, value=float(np.clip(np.round(middle + z), 0.0, 10.0)))
    return replace(one, value=max(middle + 10.0 * z, 0.0))


def main() -> None:
    """The recorded run: 1,000 people of the model, and 500 of the second calculation with either kind of rater."""
    from puncta.evidence.fitted import FOLDER
    from puncta.files import write_atomically
    from puncta.followup.checked import probe_hash, probe_scores

    found, effective = ranks(1000)
    even = uniformity(found)
    lines = [
        "# Virtual people with a follow-up each; written by python -m calibration.followup.virtual.",
        "format = 1",
        f'probe_hash = "{probe_hash()}"',
        "",
        "# mean of each score at the probes",
        "[probes]",
        *(f'"{name}" = {value:.4f}' for name, value in probe_scores().items()),
        "",
        "# drawn from the model itself: chance of ranks as uneven were they even (Kolmogorov-Smirnov), and the",
        "# share of people whose truth lies in its band of 80 %",
        "[calibration]",
        "people = 1000",
        f"effective_least = {effective.min():.0f}",
        f"effective_median = {np.median(effective):.0f}",
        f"below_100_fraction = {np.mean(effective < 100):.3f}",
        "",
        "[calibration.chance]",
        *(f'"{name}" = {value:.4f}' for name, value in even.items()),
        "",
        "[calibration.inside80]",
        *(f'"{name}" = {np.mean((x > 0.1) & (x < 0.9)):.3f}' for name, x in found.items()),
        "",
        "# drawn from the second calculation, clock half as fast again or a third slower, raters that lean by a tenth",
    ]
    for kind, blinded in (("blinded", True), ("open", False)):
        held = second_engine(500, blinded)
        lines += ["", f"[second.{kind}]", "people = 500"]
        lines += [f"{name} = {np.mean(values):.3f}" for name, values in held.items()]
    write_atomically(str(FOLDER.joinpath("followup_checks.toml")), "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
