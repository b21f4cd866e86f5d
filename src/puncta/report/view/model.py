"""What a report says, as plain values: every word and figure is final here; HTML, PDF and app only set them."""

from __future__ import annotations

from dataclasses import dataclass

from puncta.report.numbers import Printed


@dataclass(frozen=True)
class Head:
    """Who and what, at the top of every page."""

    code: str
    person: str
    concern: str
    planned: str
    example: str


@dataclass(frozen=True)
class Foot:
    """What stands at the foot of every page."""

    device: str
    assumed: str
    plan: str


@dataclass(frozen=True)
class Position:
    """One side of a disagreement."""

    says: str
    source: str
    followed: str


@dataclass(frozen=True)
class FindingRow:
    """One finding: the action's word picks shape and colour."""

    action: str
    word: str
    title: str
    place: str
    text: str
    why: str
    key: str
    sources: tuple[str, ...]
    positions: tuple[Position, ...]
    overridden: str


@dataclass(frozen=True)
class Findings:
    """All findings, gravest first, with one line for what was asked and stayed quiet."""

    rows: tuple[FindingRow, ...]
    quiet: str
    quiet_rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ZoneRow:
    """One zone, or both sides of it where every figure is the same.

    Parameters
    ----------
    zones : tuple of str
        Zone names with side.
    name, sides : str
        In words.
    dial, passes, passes_short : str
        Settings, dial without its unit; passes for a narrow column.
    dial_mm : float
        The setting, for charts and maps.
    reaches, density, opened, injury, bleeding, pain, redness : Printed or None
        None where the quantity is absent.
    time : str
        Minutes and seconds for one side; empty where absent.
    area : str
        Area of one side with unit.
    stop_at : str
        Expected end point.
    limits : tuple of str
        Limits that bind or inform, in words.
    boxes : tuple of str
        Sides to tick.
    """

    zones: tuple[str, ...]
    name: str
    sides: str
    dial: str
    dial_mm: float
    passes: str
    passes_short: str
    reaches: Printed | None
    density: Printed | None
    opened: Printed | None
    injury: Printed | None
    bleeding: Printed | None
    pain: Printed | None
    redness: Printed | None
    time: str
    area: str
    stop_at: str
    limits: tuple[str, ...]
    boxes: tuple[str, ...]


@dataclass(frozen=True)
class CourseRow:
    """One course on the list.

    Parameters
    ----------
    name, verdict : str
        Name and what is said of it.
    recommended : bool
        Whether it is the one.
    visits, settings : str
        Number of visits; dial and interval in words.
    changes : tuple of Printed or None
        Change per concern, in the order of the concerns.
    bands : tuple of tuple of float or None
        The same as numbers: low 80, low 50, median, high 50, high 80.
    thin : tuple of bool
        Whether the evidence is thin, per concern.
    grade, pain, redness, marks : Printed or None
        Odds of a full step, pain, hours of redness, odds of dark marks.
    best_better : Printed or None
        Odds that the best course does better.
    broken_limits : tuple of str
        Limits it breaks.
    """

    name: str
    verdict: str
    recommended: bool
    visits: str
    settings: str
    changes: tuple[Printed | None, ...]
    bands: tuple[tuple[float, float, float, float, float] | None, ...]
    thin: tuple[bool, ...]
    grade: Printed | None
    pain: Printed | None
    redness: Printed | None
    marks: Printed | None
    best_better: Printed | None
    broken_limits: tuple[str, ...]


@dataclass(frozen=True)
class MonthRow:
    """One line of the table behind a chart."""

    when: str
    change: Printed
    untreated: Printed | None


@dataclass(frozen=True)
class ZoneForecast:
    """What one zone may do."""

    zone: str
    name: str
    change: Printed
    band: tuple[float, float, float, float, float]
    thin: str


@dataclass(frozen=True)
class ForecastView:
    """The forecast of one concern.

    Parameters
    ----------
    concern : str
        Key.
    name : str
        The concern in words.
    chart_title : str
        What the chart shows, with unit.
    change : Printed or None
        Change at the reading day.
    untreated : Printed or None
        The same without treatment.
    grade : Printed or None
        Odds of a full step.
    grade_words : str
        What that step is.
    thin : str
        Why the evidence is thin; empty where it is not.
    months : tuple of MonthRow
        The numbers behind the chart.
    zones : tuple of ZoneForecast
        Per zone.
    missing : str
        Why there is no forecast; empty where there is one.
    limits : str
        What the model cannot do.
    """

    concern: str
    name: str
    chart_title: str
    change: Printed | None
    untreated: Printed | None
    grade: Printed | None
    grade_words: str
    thin: str
    months: tuple[MonthRow, ...]
    zones: tuple[ZoneForecast, ...]
    missing: str
    limits: str


@dataclass(frozen=True)
class PublishedView:
    """The forecast beside what was reported.

    Parameters
    ----------
    title, sentence, role, design : str
        In words.
    forecast, reported : Printed
        Both changes at the same day.
    day : float
        Day of the reading.
    value, half_width : float
        Reported change and half of its 80 % whisker, in %.
    inside : str
        Where the reported figure lies.
    """

    title: str
    sentence: str
    role: str
    design: str
    forecast: Printed
    reported: Printed
    day: float
    value: float
    half_width: float
    inside: str


@dataclass(frozen=True)
class ExpectRow:
    """One line of what to expect after a visit."""

    name: str
    figure: Printed
    note: str


@dataclass(frozen=True)
class ParameterRow:
    """One value behind a figure."""

    key: str
    means: str
    value: str
    spread: str
    kind: str
    where: str
    sources: str
    at: str


@dataclass(frozen=True)
class EvidenceBlock:
    """What one printed figure, or several alike, rests on; links lead to any of its names."""

    names: tuple[str, ...]
    title: str
    count: str
    rows: tuple[ParameterRow, ...]
    limits: str


@dataclass(frozen=True)
class SourceRow:
    """One source; ``cited`` where a finding, a limit or the cream names it itself."""

    key: str
    title: str
    seen: str
    cited: bool


@dataclass(frozen=True)
class StudyRow:
    """One study arm behind the forecast."""

    key: str
    source: str
    what: str
    people: str
    phototypes: str
    protocol: str
    change: str
    role: str


@dataclass(frozen=True)
class Backing:
    """Who stands behind the forecast.

    Parameters
    ----------
    lead : str
        Studies and people.
    meter : str
        How many are known to share this person's skin type.
    filled, boxes : int
        The same as boxes.
    roles : str
        What the studies were used for.
    thin : tuple of str
        For whom it is too thin to say.
    studies : tuple of StudyRow
        The arms.
    """

    lead: str
    meter: str
    filled: int
    boxes: int
    roles: str
    thin: tuple[str, ...]
    studies: tuple[StudyRow, ...]


@dataclass(frozen=True)
class ActiveRow:
    """One active of the cream against its limit."""

    name: str
    taken_up: Printed
    limit: str
    share: str


@dataclass(frozen=True)
class NumbingView:
    """The numbing cream."""

    product: str
    amount: str
    unit: str
    area: str
    minutes: str
    actives: tuple[ActiveRow, ...]
    sentence: str
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    needling: str
    refused: bool


@dataclass(frozen=True)
class UptakeRow:
    """One active of the product on the skin, taken up in one zone."""

    name: str
    place: str
    after: str
    figure: Printed


@dataclass(frozen=True)
class CareLine:
    """One sentence of aftercare, and over what range advice differs."""

    text: str
    differ: str
    call: bool


@dataclass(frozen=True)
class CarePart:
    """One part of the aftercare."""

    heading: str
    lines: tuple[CareLine, ...]


@dataclass(frozen=True)
class ReportView:
    """The whole report in words.

    Parameters
    ----------
    head, foot : Head, Foot
        Top and foot of every page.
    answer, answer_more : str
        The answer in one sentence, and what goes with it.
    needling : bool
        False where no needling is recommended.
    """

    head: Head
    foot: Foot
    answer: str
    answer_more: str
    needling: bool
    findings: Findings
    card_findings: tuple[FindingRow, ...]
    zones: tuple[ZoneRow, ...]
    held: tuple[str, ...]
    lesions: tuple[str, ...]
    visits_note: str
    courses: tuple[CourseRow, ...]
    why: str
    broken: tuple[str, ...]
    step_name: str
    forecasts: tuple[ForecastView, ...]
    published: PublishedView | None
    expect: tuple[ExpectRow, ...]
    backing: Backing | None
    numbing: NumbingView | None
    no_numbing: str
    uptake: tuple[UptakeRow, ...]
    uptake_limits: str
    hand: str
    hand_lead: str
    device: str
    product: str
    home: str
    aftercare: tuple[CarePart, ...]
    marks_counted: tuple[str, ...]
    evidence: tuple[EvidenceBlock, ...]
    sources: tuple[SourceRow, ...]
    limits: tuple[str, ...]
    visits: str
    course: str
    course_line: str
    plan_key: str
    version: str
