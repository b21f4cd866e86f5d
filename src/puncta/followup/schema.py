"""The visits file as it is written: tables, fields and the limits of each."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from puncta.messages import text

# numerics: what no follow-up goes beyond
_TEN_YEARS, _MOST_PASSES, _LONGEST_MM, _WORST, _MOST_READERS = 3650, 60, 3.0, 10.0, 20
_LONGEST_TITLE, _LONGEST_NAME, _MOST_PER_CM2, _MOST_PER_S = 200, 40, 20_000, 500
_MOST_NEEDLES, _MOST_MINUTES, _MOST_CM2, _MOST_SESSIONS, _A_YEAR = 2000, 120, 2000, 30, 365
_FREEDOM, _MOST_ROWS = 20.0, 500

_Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
_Whole = Annotated[int, Field(strict=True)]
_Day = Annotated[_Whole, Field(ge=0, le=_TEN_YEARS)]
_Positive = Annotated[_Number, Field(gt=0)]
_Name = Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SettingTable(_Table):
    """What was planned in one zone."""

    zone: _Name
    dial_mm: Annotated[_Number, Field(ge=0, le=_LONGEST_MM)]
    passes: Annotated[_Whole, Field(ge=1, le=_MOST_PASSES)]


class PlannedTable(_Table):
    """The course that was promised."""

    sessions: Annotated[_Whole, Field(ge=1, le=_MOST_SESSIONS)]
    interval_days: Annotated[_Whole, Field(ge=1, le=_A_YEAR)]
    name: _Name = "planned"
    settings: tuple[SettingTable, ...] = Field(min_length=1)


class DeliveredTable(_Table):
    """What was done in one zone."""

    zone: _Name
    dial_mm: Annotated[_Number, Field(ge=0, le=_LONGEST_MM)]
    passes: Annotated[_Whole, Field(ge=1, le=_MOST_PASSES)] | None = None
    density_per_cm2: Annotated[_Positive, Field(le=_MOST_PER_CM2)] | None = None
    strokes_per_s: Annotated[_Positive, Field(le=_MOST_PER_S)] | None = None
    needles: Annotated[_Whole, Field(ge=1, le=_MOST_NEEDLES)] | None = None
    minutes: Annotated[_Positive, Field(le=_MOST_MINUTES)] | None = None
    area_cm2: Annotated[_Positive, Field(le=_MOST_CM2)] | None = None
    pain_score: Annotated[_Number, Field(ge=0, le=_WORST)] | None = None

    @model_validator(mode="after")
    def _counted(self) -> DeliveredTable:
        timed = self.strokes_per_s is not None and self.minutes is not None
        if self.passes is None and self.density_per_cm2 is None and not timed:
            raise ValueError(text("followup.wrong.density"))
        return self


class SessionTable(_Table):
    """One visit with needles."""

    day: _Day
    device: str = ""
    numbed: bool = True
    physician_looked: bool = False
    zones: tuple[DeliveredTable, ...] = Field(min_length=1)
    diary: tuple[dict[str, Any], ...] = Field(default=(), max_length=_MOST_ROWS)


class GradeTable(_Table):
    """Severity as read."""

    day: _Day
    concern: _Name | None = None
    scale: _Name | None = None
    score: _Number
    rater: _Name = "A"
    blinded: bool = False
    readings: Annotated[_Whole, Field(ge=1, le=_MOST_READERS)] = 1


class PhotographTable(_Table):
    """What two photographs show against each other."""

    day: _Day
    zone: _Name
    metric: _Name
    change: _Number | None = None
    sem: _Positive
    before: _Positive | None = None
    after: _Positive | None = None
    freedom: Annotated[_Number, Field(ge=1)] = _FREEDOM

    @model_validator(mode="after")
    def _told(self) -> PhotographTable:
        if self.change is None and (self.before is None or self.after is None):
            raise ValueError(text("followup.wrong.change"))
        return self


class ReactionTable(_Table):
    """Something that went otherwise."""

    day: _Day
    kind: _Name
    zone: str = ""
    gone_day: _Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> ReactionTable:
        if self.gone_day is not None and self.gone_day < self.day:
            raise ValueError(text("followup.wrong.gone"))
        return self


class LookTable(_Table):
    """Somebody looked for dark marks."""

    day: _Day
    dark_marks: bool


class VisitsTable(_Table):
    """A visits file."""

    format: Literal[1]
    title: str = Field(default="", max_length=_LONGEST_TITLE)
    first_visit: date | None = None
    today: _Day | None = None
    marks_seen: bool | None = None
    stays_away: bool = False
    baseline_rater: _Name = "A"
    planned: PlannedTable | None = None
    sessions: tuple[SessionTable, ...] = Field(default=(), max_length=_MOST_SESSIONS)
    grades: tuple[GradeTable, ...] = Field(default=(), max_length=_MOST_ROWS)
    photographs: tuple[PhotographTable, ...] = Field(default=(), max_length=_MOST_ROWS)
    reactions: tuple[ReactionTable, ...] = Field(default=(), max_length=_MOST_ROWS)
    looks: tuple[LookTable, ...] = Field(default=(), max_length=_MOST_ROWS)
