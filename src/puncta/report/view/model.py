"""What a report says, as plain values: every word and figure is final here; HTML, PDF and app only set them."""

from __future__ import annotations

from puncta.frozen import frozen
from puncta.report.numbers import Printed
from puncta.report.view.forecast_model import Backing, EvidenceBlock, ForecastView, PublishedView, SourceRow


@frozen
class Head:
    """Who and what, at the top of every page."""

    code: str
    person: str
    concern: str
    planned: str
    example: str


@frozen
class Foot:
    """What stands at the foot of every page."""

    device: str
    assumed: str
    plan: str


@frozen
class Position:
    """One side of a disagreement."""

    says: str
    source: str
    followed: str


@frozen
class FindingRow:
    """One finding: the action's word picks shape and colour; ``as_above`` stands for positions already shown."""

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
    as_above: str = ""


@frozen
class Findings:
    """All findings, gravest first, with one line for what was asked and stayed quiet."""

    rows: tuple[FindingRow, ...]
    quiet: str
    quiet_rows: tuple[tuple[str, str], ...]


@frozen
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


@frozen
class InjuryRow:
    """What share of one zone is injured at least so deep."""

    name: str
    sides: str
    shares: tuple[Printed, ...]


@frozen
class InjuryView:
    """The injury histogram of one session: depths in mm, and a row per zone."""

    depths: tuple[str, ...]
    rows: tuple[InjuryRow, ...]


@frozen
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
    goal : str
        Odds of what is wished for.
    why : str
        Why it is not the one, or why it is.
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
    goal: str
    why: str


@frozen
class SecondRow:
    """One figure of the plan beside the second calculation."""

    name: str
    where: str
    plan: str
    second: str
    tolerance: str
    is_median: bool
    agrees: bool
    verdict: str


@frozen
class SecondView:
    """The second calculation, with what it cannot find."""

    lead: str
    agrees: bool
    rows: tuple[SecondRow, ...]
    limits: str


@frozen
class MoreRow:
    """What one visit brings after those before it."""

    visit: str
    odds: str
    further: str


@frozen
class MoreView:
    """What one more visit brings, and when it is enough."""

    lead: str
    rows: tuple[MoreRow, ...]
    limits: str


@frozen
class ExpectRow:
    """One line of what to expect after a visit."""

    name: str
    figure: Printed


@frozen
class ActiveRow:
    """One active of the cream against its limit."""

    name: str
    taken_up: Printed
    limit: str
    share: str


@frozen
class NumbingView:
    """The numbing cream."""

    product: str
    amount: str
    unit: str
    area: str
    minutes: str
    actives: tuple[ActiveRow, ...]
    sentence: str
    lines: tuple[str, ...]
    harm: str
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    needling: str
    refused: bool


@frozen
class UptakeRow:
    """One active of the product on the skin, taken up in one zone."""

    name: str
    place: str
    after: str
    figure: Printed


@frozen
class CareLine:
    """One sentence of aftercare, and over what range advice differs."""

    text: str
    differ: str
    call: bool


@frozen
class CarePart:
    """One part of the aftercare."""

    heading: str
    lines: tuple[CareLine, ...]


@frozen
class ReportView:
    """The whole report in words.

    Parameters
    ----------
    head, foot : Head, Foot
        Top and foot of every page.
    answer, answer_more : str
        The answer in one sentence, and what goes with it: ``forecast_words`` and ``reason``.
    needling : bool
        False where no needling is recommended.
    """

    head: Head
    foot: Foot
    answer: str
    answer_more: str
    forecast_words: str
    reason: str
    needling: bool
    findings: Findings
    card_findings: tuple[FindingRow, ...]
    zones: tuple[ZoneRow, ...]
    held: tuple[str, ...]
    lesions: tuple[str, ...]
    visits_note: str
    courses: tuple[CourseRow, ...]
    why: str
    goal_line: str
    best_name: str
    broken: tuple[str, ...]
    step_name: str
    forecasts: tuple[ForecastView, ...]
    published: PublishedView | None
    expect: tuple[ExpectRow, ...]
    backing: Backing | None
    more: MoreView | None
    second: SecondView | None
    injury: InjuryView | None
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
