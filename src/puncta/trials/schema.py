"""The trial file as it is written: tables, fields and the limits of each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from puncta.messages import text
from puncta.trials.trial import DESIGNS, DOES, TESTS, TRAITS, WORLDS

# numerics: what no trial goes beyond
_MOST_PEOPLE, _MOST_TRIALS, _MOST_SESSIONS, _TEN_YEARS, _MOST_ARMS = 10_000_000, 100_000, 14, 3650, 8  # numerics
_LONGEST_NAME, _LONGEST_TITLE, _OLDEST, _MOST_PASSES, _MOST_READERS = 40, 200, 120, 30, 50  # numerics
_LEAST_LEVEL, _MOST_LEVEL, _LONGEST_MM, _A_YEAR = 0.5, 0.999, 3.0, 365  # numerics
_Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
_Whole = Annotated[int, Field(strict=True)]
_Share = Annotated[_Number, Field(ge=0, le=1)]
_Positive = Annotated[_Number, Field(gt=0)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RangeTable(_Table):
    """A normal trait with ends."""

    mean: _Number
    sd: Annotated[_Number, Field(ge=0)] = 0.0
    low: _Number
    high: _Number

    @model_validator(mode="after")
    def _in_order(self) -> RangeTable:
        if not self.low <= self.mean <= self.high:
            raise ValueError(text("trials.wrong.range"))
        return self


class Together(_Table):
    """Two traits drawn together."""

    first: Literal[TRAITS]  # type: ignore[valid-type]
    second: Literal[TRAITS]  # type: ignore[valid-type]
    by: Annotated[_Number, Field(gt=-1, lt=1)]


class PopulationTable(_Table):
    """Who takes part."""

    age_years: RangeTable
    severity_score: RangeTable
    female: _Share = 0.5
    phototype: dict[Literal["I", "II", "III", "IV", "V", "VI"], _Share]
    scar_type: dict[str, _Share] = {}
    zone: dict[str, _Share]
    correlated: tuple[Together, ...] = ()

    @model_validator(mode="after")
    def _possible(self) -> PopulationTable:
        if not 0 <= self.age_years.low <= self.age_years.high <= _OLDEST:
            raise ValueError(text("trials.wrong.age"))
        if self.severity_score.low < 0 or self.severity_score.high <= 0:
            raise ValueError(text("trials.wrong.severity"))
        return self


class TrialArmTable(_Table):
    """One arm."""

    name: str = Field(pattern=r"^[a-z0-9_]+$", max_length=_LONGEST_NAME)
    does: Literal[DOES]  # type: ignore[valid-type]
    scales: tuple[str, ...] = ()
    device: str = ""
    dial_mm: Annotated[_Number, Field(gt=0, le=_LONGEST_MM)] | None = None
    passes: Annotated[_Whole, Field(ge=1, le=_MOST_PASSES)] = 4
    sessions: Annotated[_Whole, Field(ge=1, le=_MOST_SESSIONS)] | None = None
    interval_days: Annotated[_Whole, Field(ge=1, le=_A_YEAR)] = 28  # numerics: four weeks, as most trials
    product: str = ""
    home_products: tuple[str, ...] = ()
    numbing: str = ""
    speed_cm_per_s: _Positive | None = None
    strokes_per_s: _Positive | None = None
    tolerance_mm: Annotated[_Number, Field(ge=0, le=1)] | None = None
    ratio: Annotated[_Whole, Field(ge=1, le=10)] = 1
    drop_out_fold: Annotated[_Number, Field(ge=0, le=10)] = 1.0

    @model_validator(mode="after")
    def _complete(self) -> TrialArmTable:
        needled = self.does == "needled"
        if needled and (not self.device or self.dial_mm is None or self.sessions is None):
            raise ValueError(text("trials.wrong.needled"))
        if not needled and (self.device or self.dial_mm is not None or self.sessions is not None or self.product):
            raise ValueError(text("trials.wrong.not_needled", does=self.does))
        if self.does == "home" and not self.home_products:
            raise ValueError(text("trials.wrong.home"))
        return self


class ConductTable(_Table):
    """How it goes."""

    drop_out: Annotated[_Number, Field(ge=0, lt=1)] = 0.0
    sessions_kept: _Share = 1.0
    home_kept: _Share = 1.0
    sunscreen_kept: _Share = 1.0
    operators: Annotated[_Whole, Field(ge=1, le=1000)] | None = None


class RatersTable(_Table):
    """Who judges."""

    blinded: bool = True
    same_rater: bool = True
    readings: Annotated[_Whole, Field(ge=1, le=_MOST_READERS)] = 1


class AnalysisTable(_Table):
    """What is compared."""

    first: str
    second: str
    scale: str = ""
    day: _Whole | None = None
    test: Literal[TESTS] | None = None  # type: ignore[valid-type]
    level: Annotated[_Number, Field(gt=_LEAST_LEVEL, lt=_MOST_LEVEL)] = 0.95  # numerics: the usual level
    responder_percent: Annotated[_Number, Field(gt=0, le=100)] = 50  # numerics: half is gone
    missing: Literal["available", "last"] = "available"


class TrialTable(_Table):
    """A trial file."""

    format: Literal[1]
    title: str = Field(min_length=1, max_length=_LONGEST_TITLE)
    teaches: str = ""
    concern: str
    scales: tuple[str, ...] = Field(min_length=1)
    design: Literal[DESIGNS]  # type: ignore[valid-type]
    people: Annotated[_Whole, Field(ge=2, le=_MOST_PEOPLE)]
    trials: Annotated[_Whole, Field(ge=1, le=_MOST_TRIALS)] = 1
    worlds: Literal[WORLDS] = "drawn"  # type: ignore[valid-type]
    seed: Annotated[_Whole, Field(ge=0)] = 0
    visit_days: tuple[Annotated[_Whole, Field(ge=0, le=_TEN_YEARS)], ...] = Field(min_length=2)
    population: PopulationTable
    arm: tuple[TrialArmTable, ...] = Field(min_length=2, max_length=_MOST_ARMS)
    conduct: ConductTable = ConductTable()
    raters: RatersTable = RatersTable()
    analysis: AnalysisTable
