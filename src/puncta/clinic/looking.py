"""Sliders: a quick look at once, the full bands after it; nothing is kept, the stored plan stays as it is."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import Any

from django.conf import settings

from puncta.clinic.casing import case_of
from puncta.clinic.forms.course import within_limits
from puncta.clinic.library import (
    Case,
    Course,
    LookView,
    Plan,
    Preview,
    allowed,
    compare,
    horizon_days,
    look_view,
    preview,
    screen,
)
from puncta.clinic.models import PlanRecord

#: Cases that stand ready for quick looks: a few people are planned at a time.
_MOST_READY, _POINTS = 4, 28
_READY: OrderedDict[str, Preview] = OrderedDict()
_TURN = threading.Lock()


def case_behind(plan: PlanRecord) -> Case:
    """The case that a plan was made from, without a course of its own."""
    return case_of({name: table for name, table in plan.inputs.items() if name != "course"})


def course_for(plan: PlanRecord, course: dict[str, Any]) -> Course:
    """Settings as the library's course, read and checked with the case.

    Raises
    ------
    InputError
        With all problems together.
    TooDeep
        Where a dial is beyond the limits.
    """
    case = case_of({**plan.inputs, "course": course})
    within_limits(case, course)
    assert case.protocol is not None
    return case.protocol


def quick_look(plan: PlanRecord, course: Course) -> LookView:
    """What the settings do, from the table of signals."""
    ready = _ready(plan)
    untreated = Course("untreated", ())
    day = float(max(horizon_days(course), horizon_days(untreated)))
    days = [day * place / _POINTS for place in range(1, _POINTS + 1)]
    return look_view(ready.look(course, *days), day, ready.look(untreated, *days))


def full_look(plan: PlanRecord, course: Course) -> tuple[LookView, Plan]:
    """What the settings do, healed in full beside the untreated: the same figures as ``puncta compare``."""
    made = compare(case_behind(plan), [course], draws=settings.PLAN_DRAWS)
    own = next(one for one in made.alternatives if one.course.name == course.name)
    bare = next(one for one in made.alternatives if not one.course.sessions)
    return look_view(own.outcome, made.read_day, bare.outcome), made


def forget_ready() -> None:
    """Let go of what stands ready: nobody who was erased stays in memory."""
    with _TURN:
        _READY.clear()


def _ready(plan: PlanRecord) -> Preview:
    """The case made ready: built once, at the first move or when the page is opened."""
    tree = json.dumps({**plan.inputs, "course": None}, sort_keys=True)
    key = hashlib.sha256(f"{settings.PLAN_DRAWS} {tree}".encode()).hexdigest()
    with _TURN:
        if key not in _READY:
            case = case_behind(plan)
            able = replace(allowed(case, screen(case)), protocol=None)
            _READY[key] = preview(able, draws=settings.PLAN_DRAWS)
            while len(_READY) > _MOST_READY:
                _READY.popitem(last=False)
        _READY.move_to_end(key)
        return _READY[key]
