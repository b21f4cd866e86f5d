"""What must fit together about the person and the answers to the screening questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from puncta.case.case import Reply
from puncta.case.fields import as_answer, as_day, as_phototype, as_reply
from puncta.case.mistakes import Mistake, Place
from puncta.case.names import Names, Question
from puncta.case.ranges import ranges
from puncta.case.walk import rows_in, table_in


def person_mistakes(tree: Mapping[str, Any], given: Mapping[str, Any], names: Names) -> Iterator[Mistake]:
    """Find figures and answers of the person that do not fit together.

    Parameters
    ----------
    tree, given : mapping
        The case file without what is wrong in itself, and as written.
    names : Names
        What may be named.
    """
    yield from _person(table_in(tree, "person"), table_in(given, "person"))
    yield from _history(tree, given, names)
    yield from _keep_free(tree)


def _keep_free(tree: Mapping[str, Any]) -> Iterator[Mistake]:
    for place, row in rows_in(tree, "keep_free"):
        first, last = as_day(row.get("on")), as_day(row.get("until"))
        if first is not None and last is not None and last < first:
            yield Mistake((*place, "until"), "until_before_on", row["until"], {"on": first.isoformat()})


def _person(person: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Mistake]:
    age, ages = person.get("age_years"), _span(person, "age_range_years", lambda end: end)
    if given and "age_years" not in given and "age_range_years" not in given:
        yield Mistake(("person", "age_years"), "missing")
    yield from _order("age_range_years", ages)
    if ages is not None and age is not None and not ages[0] <= age <= ages[1]:
        yield Mistake(("person", "age_years"), "age_outside_range", age, {"low": ages[0], "high": ages[1]})
    types = _span(person, "phototype_range", as_phototype)
    if given and "phototype" not in given and "phototype_range" not in given:
        yield Mistake(("person", "phototype"), "missing")
    elif "phototype" in person and "phototype_range" in person:
        yield Mistake(("person", "phototype_range"), "phototype_twice", person["phototype_range"])
    yield from _order("phototype_range", types)


def _span(person: Mapping[str, Any], key: str, read: Callable[[Any], Any]) -> tuple[Any, Any] | None:
    value = person.get(key)
    return None if not isinstance(value, list) or None in value else (read(value[0]), read(value[1]))


def _order(key: str, span: tuple[Any, Any] | None) -> Iterator[Mistake]:
    if span is not None and span[0] >= span[1]:
        yield Mistake(("person", key), "range_order", list(span))


def _history(tree: Mapping[str, Any], given: Mapping[str, Any], names: Names) -> Iterator[Mistake]:
    sound = table_in(tree, "history")
    for key, value in table_in(given, "history").items():
        question = names.questions.get(key)
        if question is None:
            yield Mistake(("history", key), "unknown_question", value, {"word": key, "known": names.questions})
        elif key in sound and not (isinstance(value, Mapping) and "reply" in value and "reply" not in sound[key]):
            yield from _answer(("history", key), sound[key], question, tree)


def _answer(place: Place, value: Any, question: Question, tree: Mapping[str, Any]) -> Iterator[Mistake]:
    answer, planned = as_answer(value), as_day(tree.get("planned_on"))
    reply, when = as_reply(answer.get("reply", Reply.YES)), as_day(answer.get("when"))
    if reply != Reply.YES:
        for key, kind in (("when", "day_without_yes"), ("zones", "zones_without_yes")):
            if answer.get(key):
                yield Mistake((*place, key), kind, answer[key], {"reply": reply})
                return
    if when is not None:
        at = (*place, "when") if isinstance(value, Mapping) else place
        if not question.dated:
            yield Mistake(at, "question_without_day", when)
        elif planned is not None and when > planned:
            yield Mistake(at, "day_to_come", when, {"planned": planned.isoformat()})
        elif planned is not None and _before_birth(table_in(tree, "person"), planned, when):
            yield Mistake(at, "before_birth", when)
    if answer.get("zones") and not question.local:
        yield Mistake((*place, "zones"), "question_without_zones", answer["zones"])


def _before_birth(person: Mapping[str, Any], planned: date, when: date) -> bool:
    age, span = person.get("age_years"), person.get("age_range_years")
    oldest = max([age or 0.0, *(span if isinstance(span, list) and None not in span else ())], default=0.0)
    oldest = oldest or ranges()["age_years"].high
    return when.year < planned.year - oldest - 1
