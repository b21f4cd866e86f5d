"""Going on from visits: the search over those still to come, and plans made from what it found."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings

from puncta.clinic.casing import case_of
from puncta.clinic.library import Plan, StoppedError, plan_record, replan, update, visits_from
from puncta.clinic.looking import case_behind
from puncta.clinic.models import NeedlingSession, PlanRecord, UpdateRecord
from puncta.clinic.words import say

_LEARNING = 0.4
Tell = Callable[[float], None]


def searched(found: Any, tell: Tell) -> dict[str, Any] | None:
    """What the search over the visits still to come found, as plain values; None where nothing may be needled.

    Parameters
    ----------
    found : Update
        What was learnt.
    tell : callable
        Told the share done.
    """
    if found.advice.action == "refer":
        return None
    try:
        made = replan(found, draws=settings.PLAN_DRAWS, progress=lambda _step, done: tell(done))
    except StoppedError:
        return None
    return json.loads(json.dumps(plan_record(made)))


def goes_on_from(record: UpdateRecord) -> dict[str, Any]:
    """What a plan needs to go on from what was learnt: the promise and the visits as they were read."""
    return {"promise": record.plan.key, "update": record.key, "visits": record.inputs}


def onward_plan(record: PlanRecord, tell: Tell) -> Plan:
    """A plan of further visits for a person who was followed, under today's screening.

    Parameters
    ----------
    record : PlanRecord
        With the settings chosen, and what it goes on from.
    tell : callable
        Told the share done.
    """
    before = record.onward or {}
    followed = case_behind(PlanRecord.objects.get(pk=before["promise"], case=record.case))
    visits = visits_from(before["visits"], followed, say("progress.visits"))
    found = update(followed, visits, draws=settings.LEARN_DRAWS, progress=lambda _step, done: tell(_LEARNING * done))
    today = case_of(record.inputs)
    return replan(
        found, case=today, course=today.protocol, draws=settings.PLAN_DRAWS,
        progress=lambda _step, done: tell(_LEARNING + (1.0 - _LEARNING) * done),
    )  # fmt: skip


def visit_number(session: NeedlingSession) -> int:
    """Which visit of its plan a session is: a plan that goes on counts from its own first one."""
    if session.plan is None or session.plan.onward is None:
        return session.number
    earlier = NeedlingSession.objects.filter(plan=session.plan, number__lt=session.number)
    return earlier.count() + 1
