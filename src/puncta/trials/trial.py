"""The trial: who takes part, what each arm does, when and how it is judged, and what is compared."""

from __future__ import annotations

from puncta.frozen import frozen

#: What an arm may do.
DOES = ("needled", "sham", "untreated", "home")
DESIGNS = ("split_face", "parallel")
TESTS = ("t", "paired_t", "proportional_odds")
#: Whether every repeat of a trial has its own truth, or all share the middle of what is known.
WORLDS = ("drawn", "nominal")
#: Traits that may be drawn together.
TRAITS = ("age_years", "severity_score", "phototype", "female")


@frozen
class Range:
    """A normal trait cut off at both ends.

    Parameters
    ----------
    mean, sd, low, high : float
        Mean and standard deviation before the cut, and the ends.
    """

    mean: float
    sd: float
    low: float
    high: float


@frozen
class Population:
    """Who takes part; shares add to 1.

    Parameters
    ----------
    age_years, severity_score : Range
        Age, and severity on the first scale of the trial.
    female_fraction : float
        Share of women.
    phototype : tuple of (int, float)
        Fitzpatrick types with their shares.
    scar_type, zone : tuple of (str, float)
        Types of scar (``mixed`` for no single one) and zones with their shares.
    correlated : tuple of (str, str, float)
        Traits drawn together, with the correlation of their normal scores.
    """

    age_years: Range
    severity_score: Range
    female_fraction: float
    phototype: tuple[tuple[int, float], ...]
    scar_type: tuple[tuple[str, float], ...]
    zone: tuple[tuple[str, float], ...]
    correlated: tuple[tuple[str, str, float], ...] = ()


@frozen
class TrialArm:
    """One arm, or one side of the face.

    Parameters
    ----------
    name : str
        Name.
    does : str
        ``needled``; ``sham`` (the same visits without needles, nobody can tell); ``untreated``; ``home`` care alone.
    scales : tuple of str
        Scales on which it is judged.
    device : str
        Device of a needled arm.
    dial_mm : float
        What it is set to.
    passes : int
        Passes of each session.
    sessions_count : int
        Sessions planned.
    interval_days : int
        Days between them.
    product : str
        Needled in; empty without.
    home_products : tuple of str
        Used at home.
    numbing : str
        Cream before each session; empty without.
    speed_cm_per_s, strokes_per_s, tolerance_mm : float or None
        What is asked of the hand, and the device's tolerance; None takes the device's own.
    ratio : int
        People of this arm against the others of a parallel trial.
    drop_out_fold : float
        Hazard of dropping out against the trial's.
    """

    name: str
    does: str
    scales: tuple[str, ...]
    device: str = ""
    dial_mm: float = 0.0
    passes: int = 4
    sessions_count: int = 0
    interval_days: int = 28  # numerics: four weeks, as most trials
    product: str = ""
    home_products: tuple[str, ...] = ()
    numbing: str = ""
    speed_cm_per_s: float | None = None
    strokes_per_s: float | None = None
    tolerance_mm: float | None = None
    ratio: int = 1
    drop_out_fold: float = 1.0

    @property
    def session_days(self) -> tuple[int, ...]:
        """Days of the sessions planned; none where no needle is used."""
        count = self.sessions_count if self.does == "needled" else 0
        return tuple(index * self.interval_days for index in range(count))


@frozen
class Conduct:
    """How a trial goes.

    Parameters
    ----------
    drop_out_fraction : float
        Share of people lost by the last visit, evenly in time.
    sessions_kept_fraction, home_kept_fraction, sunscreen_kept_fraction : float
        Share of sessions kept, of home care used, and of people who keep out of the sun.
    operators_count : int
        People who needle; each has a pace of their own. 0: one for everybody.
    """

    drop_out_fraction: float = 0.0
    sessions_kept_fraction: float = 1.0
    home_kept_fraction: float = 1.0
    sunscreen_kept_fraction: float = 1.0
    operators_count: int = 0


@frozen
class Raters:
    """Who judges.

    Parameters
    ----------
    blinded : bool
        Whether they do not know what was done.
    same_rater : bool
        Whether one rater judges a person at all visits.
    readings_count : int
        Raters whose mean counts.
    """

    blinded: bool = True
    same_rater: bool = True
    readings_count: int = 1


@frozen
class Analysis:
    """What is compared.

    Parameters
    ----------
    first, second : str
        Arms; an effect above 0 favours the first.
    scale : str
        Scale.
    day : int
        Visit.
    test : str
        ``t``, ``paired_t`` or ``proportional_odds``.
    level_fraction : float
        Level of intervals; the test is two-sided at what is left.
    responder_fraction : float
        Share of the first reading that must be gone in a responder.
    missing : str
        ``available`` people, or ``last`` reading carried forward.
    """

    first: str
    second: str
    scale: str
    day: int
    test: str
    level_fraction: float = 0.95  # numerics: the usual level
    responder_fraction: float = 0.5
    missing: str = "available"


@frozen
class Trial:
    """A trial, ready to be rehearsed.

    Parameters
    ----------
    title : str
        Title.
    teaches : str
        What an example is there to show; may be empty.
    concern : str
        What is treated.
    design : str
        ``split_face`` or ``parallel``.
    people_count, trials_count : int
        People of one trial, and how often the whole trial is repeated.
    worlds : str
        ``drawn``: every repeat has a truth of its own from all that is not known; ``nominal``: the middle of it.
    seed : int
        Seed.
    population : Population
        Who takes part.
    arms : tuple of TrialArm
        Arms; two in a split-face trial.
    visit_days : tuple of int
        Visits, from 0.
    conduct, raters, analysis : Conduct, Raters, Analysis
        How it goes, who judges, what is compared.
    """

    title: str
    teaches: str
    concern: str
    design: str
    people_count: int
    trials_count: int
    worlds: str
    seed: int
    population: Population
    arms: tuple[TrialArm, ...]
    visit_days: tuple[int, ...]
    conduct: Conduct
    raters: Raters
    analysis: Analysis

    @property
    def persons_count(self) -> int:
        """People of all repeats."""
        return self.people_count * self.trials_count

    @property
    def split(self) -> bool:
        """Whether each person has both arms."""
        return self.design == "split_face"

    @property
    def scale(self) -> str:
        """The scale on which severity is stated."""
        return self.arms[0].scales[0]

    def arm(self, name: str) -> TrialArm:
        """One arm by name."""
        return next(one for one in self.arms if one.name == name)
