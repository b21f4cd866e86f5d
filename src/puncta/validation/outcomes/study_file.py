"""Study file: an outcome study as somebody writes it down, read with everything wrong told at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from puncta.errors import InputError, Problem
from puncta.evidence import Arm
from puncta.files import read_text, toml_of
from puncta.frozen import frozen
from puncta.messages import text
from puncta.validation.outcomes.convert import from_change, from_classes, from_means, person_error

_PERCENT = 100.0
# numerics: lengths of names, and what no study goes beyond
_SHORT, _LONG, _MOST_PEOPLE, _MOST_SESSIONS = 40, 80, 100_000, 14  # numerics
_YEAR_DAYS, _TEN_YEARS_DAYS = 365, 3650  # numerics
# numerics: worse than twice the baseline is a slip of the pen
_LEAST_GONE = -1.0
_Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
_Whole = Annotated[int, Field(strict=True)]
_Positive = Annotated[_Number, Field(gt=0)]
_Percent = Annotated[_Number, Field(ge=-100, le=100)]
_Days = Annotated[_Number, Field(ge=0, le=_TEN_YEARS_DAYS)]
_Phototype = Annotated[_Whole, Field(ge=1, le=6)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)


class Moments(_Table):
    """A mean with its standard deviation over people."""

    mean: _Number
    sd: _Positive | None = None


class Change(_Table):
    """A mean fall with its interval of 95 of 100; positive is better."""

    fall: _Number
    low95: _Number
    high95: _Number
    baseline: _Positive

    @model_validator(mode="after")
    def _in_order(self) -> Change:
        if not (self.low95 <= self.fall <= self.high95 and self.low95 < self.high95 and self.fall <= self.baseline):
            raise ValueError(text("studies.interval"))
        return self


class Responders(_Table):
    """How many people improved by more than a percentage."""

    above_percent: _Percent
    people: Annotated[_Number, Field(ge=0)]


class ReadingTable(_Table):
    """One reading of an arm: when, on which scale, and what was reported in one of four ways."""

    followup_days: _Days | None = None
    scale: str = Field(min_length=1)
    scale_family: Literal["score", "grade", "percent", "class", "instrument"]
    baseline: Moments | None = None
    end: Moments | None = None
    percent: Moments | None = None
    change: Change | None = None
    responders: tuple[Responders, ...] = ()
    assumed_baseline_log_sd: Annotated[_Number, Field(gt=0, le=2)] | None = None
    sessions_so_far: Annotated[_Whole, Field(ge=1, le=_MOST_SESSIONS)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> ReadingTable:
        ways = [self.baseline is not None or self.end is not None, self.percent is not None, self.change is not None]
        if sum((*ways, bool(self.responders))) != 1:
            raise ValueError(text("studies.one_way"))
        if ways[0] and (self.baseline is None or self.end is None or self.baseline.mean <= 0):
            raise ValueError(text("studies.both_means"))
        gone = [] if self.percent is None else [self.percent.mean / _PERCENT]
        if self.baseline is not None and self.end is not None:
            gone.append(1.0 - self.end.mean / self.baseline.mean)
        if any(not _LEAST_GONE <= share <= 1.0 for share in gone):
            raise ValueError(text("studies.impossible"))
        limits = [entry.above_percent for entry in self.responders]
        counts = [entry.people for entry in self.responders]
        if sorted(set(limits)) != limits or sorted(counts, reverse=True) != counts:
            raise ValueError(text("studies.ascending"))
        return self


class ArmTable(_Table):
    """One arm: whom, what was done, how it was judged."""

    name: str = Field(pattern=r"^[a-z0-9_]+$", max_length=_SHORT)
    kind: Literal["needling", "needling+product", "product only", "untreated"]
    addon: str = "none"
    design: Literal["blinded", "open", "plain_side", "product_side", "instrument"]
    people: Annotated[_Whole, Field(ge=1, le=_MOST_PEOPLE)]
    phototypes: tuple[_Phototype, _Phototype] | None = None
    device: Literal["pen", "roller", ""] = ""
    needle_length_mm: Annotated[_Number, Field(gt=0, le=3)] | None = None
    sessions: Annotated[_Number, Field(ge=0, le=_MOST_SESSIONS)] | None = None
    sessions_range: tuple[_Positive, _Positive] | None = None
    interval_days: Annotated[_Number, Field(gt=0, le=_YEAR_DAYS)] | None = None
    reading: tuple[ReadingTable, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _people_enough(self) -> ArmTable:
        if any(entry.people > self.people for reading in self.reading for entry in reading.responders):
            raise ValueError(text("studies.more_responders"))
        if self.kind in ("needling", "untreated") and self.addon != "none":
            raise ValueError(text("studies.addon_without_product"))
        if "product" in self.kind and self.addon == "none":
            raise ValueError(text("studies.product_without_addon"))
        needled = self.kind.startswith("needling")
        if self.sessions is not None and needled == (self.sessions == 0) and self.kind != "product only":
            raise ValueError(text("studies.sessions"))
        if any(pair is not None and pair[0] > pair[1] for pair in (self.phototypes, self.sessions_range)):
            raise ValueError(text("studies.range"))
        return self


class StudyTable(_Table):
    """A study file."""

    format: Literal[1]
    name: str = Field(min_length=1, max_length=_LONG)
    source: str = ""
    heading: Literal["acne", "melasma", "ageing", "striae", "raised scar"]
    arm: tuple[ArmTable, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_once(self) -> StudyTable:
        names = [arm.name for arm in self.arm]
        if len(set(names)) != len(names):
            raise ValueError(text("studies.names_once"))
        return self


@frozen
class Study:
    """A study ready to be predicted.

    Parameters
    ----------
    name, source : str
        As written.
    arms : tuple of Arm
        One for each reading; the last of each arm is the one that is scored.
    """

    name: str
    source: str
    arms: tuple[Arm, ...]


def read_study(path: str | Path) -> Study:
    """Read a study file.

    Parameters
    ----------
    path : str or Path
        A TOML file as docs/studies.md describes.

    Returns
    -------
    Study
        Readings as shares of the baseline gone, with their standard errors.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> [arm.key for arm in read_study("examples/studies/invented_trial.toml").arms]
    ['plain_90', 'untreated_90']
    """
    name = str(path)
    return study_from(toml_of(read_text(path), name), name)


def study_from(tree: Any, name: str = "study") -> Study:
    """Build a study from its tree; see `read_study`."""
    try:
        table = StudyTable.model_validate(tree)
    except ValidationError as error:
        raise InputError(name, [_problem(entry) for entry in error.errors()]) from None
    return Study(table.name, table.source, tuple(_arms(table)))


def _problem(entry: Any) -> Problem:
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in entry["loc"]).lstrip(".")
    missing, table = entry["type"] == "missing", isinstance(entry["input"], dict)
    given = "" if missing else ", ".join(entry["input"]) if table else repr(entry["input"])
    said = str(entry["msg"]).removeprefix("Value error, ")
    allowed = text("studies.wanted") if missing else said[:1].lower() + said[1:]
    why = text("studies.why")
    return Problem(field or "file", given or text("studies.nothing"), allowed, why, text("studies.see"))


def _arms(table: StudyTable) -> list[Arm]:
    made = []
    for arm in table.arm:
        last = max(reading.followup_days or 0.0 for reading in arm.reading)
        scored = next(reading for reading in arm.reading if (reading.followup_days or 0.0) == last)
        for reading in arm.reading:
            figure, se = _improvement(reading, arm.people)
            low, high = arm.phototypes or (None, None)
            least, most = arm.sessions_range or (None, None)
            on_day = "" if reading.followup_days is None else f"_{reading.followup_days:g}"
            so_far = reading.sessions_so_far
            name = f"{arm.name}{on_day}" if so_far is None else f"{arm.name}_after_{so_far}"
            again = sum(one.key.startswith(name) for one in made)  # two raters, or two scales, on one day
            made.append(
                Arm(
                    key=f"{name}_{again + 1}" if again else name,
                    study=f"own:{table.name}",
                    source=table.source,
                    heading=table.heading,
                    indication=table.heading,
                    kind=arm.kind,
                    addon=arm.addon,
                    design=arm.design,
                    scale=reading.scale,
                    role="validation",
                    people_count=arm.people,
                    phototype_low=low,
                    phototype_high=high,
                    device=arm.device,
                    needle_length_mm=arm.needle_length_mm,
                    sessions=0.0 if arm.kind == "untreated" else arm.sessions if so_far is None else float(so_far),
                    interval_days=arm.interval_days,
                    followup_days=reading.followup_days,
                    baseline_mean=reading.baseline.mean if reading.baseline else None,
                    baseline_sd=reading.baseline.sd if reading.baseline else None,
                    end_mean=reading.end.mean if reading.end else None,
                    end_sd=reading.end.sd if reading.end else None,
                    improvement_fraction=figure,
                    improvement_se_fraction=se,
                    is_followup_from_unstated=False,
                    scale_family=reading.scale_family,
                    is_primary=reading is scored,
                    trust="ok",
                    baseline_unknown_log_sd=reading.assumed_baseline_log_sd,
                    sessions_planned=None if so_far is None else arm.sessions,
                    sessions_low=least,
                    sessions_high=most,
                    adverse_events="",
                    reason="",
                )
            )
    return made


def _improvement(reading: ReadingTable, people: int) -> tuple[float, float]:
    if reading.baseline is not None and reading.end is not None:
        return from_means(reading.baseline.mean, reading.end.mean, people, reading.baseline.sd, reading.end.sd)
    if reading.percent is not None:
        sd = None if reading.percent.sd is None else reading.percent.sd / _PERCENT
        return reading.percent.mean / _PERCENT, person_error(people, sd)
    if reading.change is not None:
        told = reading.change
        return from_change(told.fall, told.baseline, told.low95, told.high95)
    return from_classes(*_classes(reading.responders, people))


def _classes(responders: Sequence[Responders], people: int) -> tuple[list[float], list[float]]:
    above = [people, *(entry.people for entry in responders), 0]
    return [entry.above_percent / _PERCENT for entry in responders], [a - b for a, b in pairwise(above)]
