"""What the report says of the forecast and of what it rests on, as plain values."""

from __future__ import annotations

from puncta.frozen import frozen
from puncta.report.numbers import Printed


@frozen
class MonthRow:
    """One line of the table behind a chart."""

    when: str
    change: Printed
    untreated: Printed | None


@frozen
class ZoneForecast:
    """What one zone may do."""

    zone: str
    name: str
    change: Printed
    band: tuple[float, float, float, float, float]
    thin: str


@frozen
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
    onward : bool
        Whether the course goes on from visits: the course beside it is then no further visit, not untreated skin.
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
    onward: bool = False


@frozen
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
    reported_name, forecast_name : str
        What both are called, with the day.
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
    reported_name: str
    forecast_name: str


@frozen
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


@frozen
class EvidenceBlock:
    """What one printed figure, or several alike, rests on; links lead to any of its names."""

    names: tuple[str, ...]
    title: str
    count: str
    rows: tuple[ParameterRow, ...]
    limits: str


@frozen
class SourceRow:
    """One source; ``cited`` where a finding, a limit or the cream names it itself."""

    key: str
    title: str
    seen: str
    cited: bool


@frozen
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


@frozen
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
