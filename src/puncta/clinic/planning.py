"""Make a plan beside the page that asked for it, and keep everything it said."""

from __future__ import annotations

import logging
import tempfile
from typing import Any

from django.conf import settings
from django.db import transaction

from puncta.clinic import jobs
from puncta.clinic.audit import note
from puncta.clinic.casing import case_of
from puncta.clinic.library import (
    InputError,
    Letterhead,
    PunctaError,
    __version__,
    drawings,
    plan,
    plan_record,
    view,
    write_report,
)
from puncta.clinic.models import Clinic, PlanRecord
from puncta.clinic.onward import onward_plan
from puncta.clinic.sealing import keep
from puncta.clinic.shown import shown_plan
from puncta.clinic.words import spoken

_LOG = logging.getLogger("puncta.clinic")
_FILES = ("plan", "card", "page", "patient")


def start(record: PlanRecord, clinic: Clinic, user: Any) -> None:
    """Begin to make a plan; the page asks how far it is."""
    jobs.start(record.key, lambda: make(record.key, clinic, user), beside=settings.PLAN_IN_BACKGROUND)


def make(key: str, clinic: Clinic, user: Any) -> None:
    """Compute a plan and keep record, page and papers; a refusal is kept as words."""
    record = PlanRecord.objects.get(pk=key)
    try:
        if record.onward:
            made = onward_plan(record, lambda done: jobs.tell(key, done))
        else:
            made = plan(
                case_of(record.inputs),
                draws=settings.PLAN_DRAWS,
                progress=lambda _step, done: jobs.tell(key, done),
            )
        values: dict[str, Any] = {"record": plan_record(made), "software": f"Puncta {__version__}", "state": "stopped"}
        if made.chosen is not None:
            seen, head = view(made), _letterhead(record, clinic, user)
            values |= {"state": "done", "chosen": made.chosen.course.name, "files": _papers(record, made, head)}
            values |= {"shown": shown_plan(made, seen, drawings(made, seen), head)}
    except InputError as error:
        values = {"state": "failed", "problem": " ".join(f"{entry.why} {entry.do}" for entry in error.problems)}
    except PunctaError as error:
        values = {"state": "failed", "problem": str(error)}
    except Exception:
        _LOG.exception("plan %s failed", key)
        values = {"state": "failed", "problem": ""}
    with transaction.atomic():
        PlanRecord.objects.filter(pk=key).update(**values)
        note(clinic, user, "planned", record, {"inputs": record.inputs, "state": values["state"]})


def _letterhead(record: PlanRecord, clinic: Clinic, user: Any) -> Letterhead:
    """What stands on the patient sheet, in the language of the person."""
    return Letterhead(clinic.name, clinic.phone, spoken(record.case.person, getattr(user, "language", "")))


def _papers(record: PlanRecord, made: Any, head: Letterhead) -> dict[str, str]:
    """Seal page and papers; what opens each is kept with the record."""
    kept = {}
    with tempfile.TemporaryDirectory() as folder:
        written = write_report(made, folder, "course", head)
        for name in _FILES:
            sealed = f"{record.key}-{name}"
            kept[name] = keep(sealed, getattr(written, name).read_bytes()).hex()
    return kept
