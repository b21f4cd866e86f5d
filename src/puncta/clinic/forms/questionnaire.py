"""The questionnaire as a form: made from the library's questions, never written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from puncta.clinic.library import AskedQuestion, questions
from puncta.clinic.words import say
from puncta.frozen import frozen

_REPLIES = ("yes", "no", "unknown")


@frozen
class Line:
    """One question with what is ticked and what is wrong with it."""

    asked: AskedQuestion
    reply: str
    when: str
    zones: tuple[str, ...]
    error: str

    @property
    def replies(self) -> list[tuple[str, str]]:
        """What may be ticked."""
        return list(zip(_REPLIES, self.asked.answers, strict=True))

    @property
    def dated(self) -> bool:
        """True where a yes may carry a day."""
        return questions()[self.asked.key].reply == "dated"

    @property
    def local(self) -> bool:
        """True where a yes may name zones."""
        return questions()[self.asked.key].local


class QuestionnaireForm:
    """All questions that concern a case, with answers from the page or from the visit."""

    def __init__(self, asked: Iterable[AskedQuestion], answers: dict[str, Any], given: QueryDict | None) -> None:
        self.lines: list[Line] = []
        self.answers: dict[str, Any] = {}
        for one in sorted(asked, key=lambda entry: not entry.blocks):
            if given is None:
                old = answers.get(one.key, {})
                line = Line(one, old.get("reply", ""), old.get("when") or "", tuple(old.get("zones", ())), "")
            else:
                line = self._read(one, given)
            self.lines.append(line)

    def _read(self, asked: AskedQuestion, given: QueryDict) -> Line:
        reply = given.get(f"q_{asked.key}", "")
        when = given.get(f"when_{asked.key}", "").strip()
        zones = tuple(zone for zone in given.getlist(f"where_{asked.key}") if zone)
        error = ""
        if reply not in _REPLIES:
            reply, error = "", say("questionnaire.missing")
        answer: dict[str, Any] = {"reply": reply}
        if reply == "yes":
            if when and not error:
                try:
                    if date.fromisoformat(when) > timezone.localdate():
                        error = say("questionnaire.future")
                    answer["when"] = when
                except ValueError:
                    error = say("questionnaire.no_day")
            if zones:
                answer["zones"] = list(zones)
        if not error:
            self.answers[asked.key] = answer
        return Line(asked, reply, when, zones, error)

    @property
    def errors(self) -> list[Line]:
        """Questions that are not answered yet, or not well."""
        return [line for line in self.lines if line.error]
