"""Learn from a person's visits beside the page, and keep what the library said; the promise stays as it was."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.conf import settings
from django.db import transaction

from puncta.clinic import jobs
from puncta.clinic.audit import note
from puncta.clinic.library import InputError, PunctaError, as_record, update, visits_from
from puncta.clinic.looking import case_behind
from puncta.clinic.models import CaseRecord, Clinic, PlanRecord, UpdateRecord
from puncta.clinic.onward import searched
from puncta.clinic.visiting import visits_tree
from puncta.clinic.words import say

_LOG = logging.getLogger("puncta.clinic")


def latest_update(case: CaseRecord) -> UpdateRecord | None:
    """What was learnt last."""
    return case.updates.order_by("-created_at").first()


def is_stale(found: UpdateRecord | None, tree: dict[str, Any]) -> bool:
    """True where something was done, read or said since; a day that passes alone changes nothing that was read."""
    if found is None:
        return bool(tree["sessions"] or tree["grades"])
    return _without_today(found.inputs) != _without_today(tree)


def _without_today(tree: dict[str, Any]) -> dict[str, Any]:
    plain = json.loads(json.dumps(tree))
    plain.pop("today", None)
    return plain


def begin_learning(case: CaseRecord, plan: PlanRecord, clinic: Clinic, user: Any) -> UpdateRecord:
    """Begin one update; the page asks how far it is."""
    record = UpdateRecord(case=case, plan=plan, inputs=visits_tree(case, plan), created_by=user, changed_by=user)
    record.save(force_insert=True)
    jobs.start(record.key, lambda: learn(record.key, clinic, user), beside=settings.LEARN_IN_BACKGROUND)
    return record


def learn(key: str, clinic: Clinic, user: Any) -> None:
    """Work out one update and keep the library's record; a refusal is kept as words."""
    record = UpdateRecord.objects.select_related("plan").get(pk=key)
    found = None
    try:
        case = case_behind(record.plan)
        visits = visits_from(record.inputs, case, say("progress.visits"))
        found = update(case, visits, draws=settings.LEARN_DRAWS, progress=lambda _step, done: jobs.tell(key, done))
        values: dict[str, Any] = {"record": json.loads(json.dumps(as_record(found))), "state": "done"}
    except InputError as error:
        problems = " ".join(f"{entry.field} = {entry.given}: {entry.why}; {entry.do}." for entry in error.problems)
        values = {"state": "failed", "problem": problems}
    except PunctaError as error:
        values = {"state": "failed", "problem": str(error)}
    except Exception:
        _LOG.exception("update %s failed", key)
        values = {"state": "failed", "problem": ""}
    with transaction.atomic():
        UpdateRecord.objects.filter(pk=key).update(**values)
        note(clinic, user, "learnt", record, {"inputs": record.inputs, "state": values["state"]})
    if found is not None and values["state"] == "done":
        _search_onward(key, found)


def _search_onward(key: str, found: Any) -> None:
    """Search the visits still to come while the page already shows what was learnt."""
    try:
        made = searched(found, lambda done: jobs.tell(key, done))
    except Exception:
        _LOG.exception("search after update %s failed", key)
        return
    UpdateRecord.objects.filter(pk=key).update(replan=made)
