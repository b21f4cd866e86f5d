"""Fields: how one value of a case file is read; each reader says what is wrong in words, never in a type error."""

from __future__ import annotations

import math
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from puncta.case.case import Reply
from puncta.case.names import Names
from puncta.case.ranges import ranges
from puncta.case.wrong_unit import said_with_unit
from puncta.frozen import frozen
from puncta.person import PHOTOTYPES

_LONGEST_TEXT = 500  # numerics: letters, a long line
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class FieldError(ValueError):
    """A value that a field does not take.

    Parameters
    ----------
    kind : str
        Key of the texts, ``case.<kind>``.
    **values : object
        What the texts name.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(kind)
        self.kind = kind
        self.values = values


class _Reader(ABC):
    """A field whose whole reading is one function of ours."""

    @abstractmethod
    def read(self, value: Any, names: Names) -> Any:
        """Read the value, or raise `FieldError`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def plain(value: Any, info: ValidationInfo) -> Any:
            return self.read(value, info.context if isinstance(info.context, Names) else Names.built_in())

        return core_schema.with_info_plain_validator_function(plain)


@frozen
class Quantity(_Reader):
    """A number inside the range of its name, any finite number where there is no range."""

    name: str

    def read(self, value: Any, names: Names) -> float:
        number = self._number(value)
        allowed = ranges().get(self.name)
        if allowed is not None and not allowed.low <= number <= allowed.high:
            raise FieldError("out_of_range", range=str(allowed), range_name=self.name)
        return number

    def _number(self, value: Any) -> float:
        if isinstance(value, str):
            raise said_with_unit(self.name, value, FieldError)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FieldError("not_a_number")
        try:
            number = float(value)
        except OverflowError as error:
            raise FieldError("not_finite") from error
        if not math.isfinite(number):
            raise FieldError("not_finite")
        return number


@frozen
class Whole(Quantity):
    """A whole number inside the range of its name."""

    def read(self, value: Any, names: Names) -> int:
        number = super().read(value, names)
        if not number.is_integer():
            raise FieldError("not_whole")
        return int(number)


@frozen
class Line(_Reader):
    """One line of text, not blank."""

    def read(self, value: Any, names: Names) -> str:
        if not isinstance(value, str):
            raise FieldError("not_text")
        if not value.strip():
            raise FieldError("blank")
        if len(value) > _LONGEST_TEXT:
            raise FieldError("long", longest=_LONGEST_TEXT)
        if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in value):
            raise FieldError("control_signs")
        return value


@frozen
class Flag(_Reader):
    """True or false."""

    def read(self, value: Any, names: Names) -> bool:
        if not isinstance(value, bool):
            raise FieldError("not_flag")
        return value


@frozen
class Named(_Reader):
    """A name of one kind, for example of a zone."""

    what: str

    def read(self, value: Any, names: Names) -> str:
        if not isinstance(value, str):
            raise FieldError("not_text")
        known = names.known(self.what)
        because = names.refused_devices.get(value) if self.what == "device" else None
        if because is not None:
            raise FieldError("refused_device", because=because, known=known)
        if value not in known:
            raise FieldError("unknown_name", word=value, known=known)
        return value


@frozen
class Day(_Reader):
    """A day, as a TOML date or as text ``2026-11-04``."""

    planned: bool = False

    def read(self, value: Any, names: Names) -> date:
        day = as_day(value)
        if day is None:
            raise FieldError("day_and_time" if isinstance(value, datetime) else "not_a_day")
        years = ranges()["year"]
        if self.planned and not years.low <= day.year <= years.high:
            raise FieldError("year_out_of_range", range=str(years))
        return day


@frozen
class Phototype(_Reader):
    """A Fitzpatrick type, Roman or 1 to 6."""

    def read(self, value: Any, names: Names) -> int:
        kind = as_phototype(value)
        if kind is None:
            raise FieldError("phototype", known=PHOTOTYPES)
        return kind


@frozen
class ReplyWord(_Reader):
    """Yes, no or unknown."""

    def read(self, value: Any, names: Names) -> str:
        reply = as_reply(value)
        if reply is None:
            raise FieldError("reply")
        return reply


@frozen
class Before:
    """A function that rewrites what was given before the field is read as its type."""

    change: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.change, handler(source))


def as_day(value: Any) -> date | None:
    """Read a day where there is one."""
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def as_phototype(value: Any) -> int | None:
    """Read a Fitzpatrick type where it is one."""
    if isinstance(value, str):
        written = value.strip().upper()
        if written in PHOTOTYPES:
            return PHOTOTYPES.index(written) + 1
        value = int(written) if written in tuple("123456") else None
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 1 <= value <= len(PHOTOTYPES) else None


def as_reply(value: Any) -> str | None:
    """Read yes, no or unknown where it is one of them."""
    if isinstance(value, bool):
        return Reply.YES if value else Reply.NO
    if isinstance(value, str) and value.strip().lower() in tuple(Reply):
        return Reply(value.strip().lower())
    return None


def as_answer(value: Any) -> Any:
    """Turn the short forms of an answer into its table: true, "no", or the day it was (which is a yes)."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
        return {"reply": Reply.YES, "when": value}
    if isinstance(value, dict):
        return value
    return {"reply": value}


def as_list(value: Any) -> Any:
    """Let a single name stand for a list of one."""
    return [value] if isinstance(value, str) else value
