"""Make a plan beside the page that asked for it, and keep everything it said."""

from __future__ import annotations

import logging
import tempfile
import threading
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection, transaction

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
from puncta.clinic.sealing import keep
from puncta.clinic.shown import shown_plan
from puncta.clinic.words import spoken

_LOG = logging.getLogger("puncta.clinic")
#: Share done of the plans that this process is making.
_UNDER_WAY: dict[str, float] = {}
#: One at a time: two plans at once on a small computer only slow each other.
_TURN = threading.Lock()
_FILES = ("plan", "card", "page", "patient")


def share_done(record: PlanRecord) -> float | None:
    """How far a plan is; None where nobody is making it any more."""
    return _UNDER_WAY.get(record.key)


def start(record: PlanRecord, clinic: Clinic, user: Any) -> None:
    """Begin to make a plan; the page asks how far it is."""
    _UNDER_WAY[record.key] = 0.0
    if settings.PLAN_IN_BACKGROUND:
        threading.Thread(target=_in_background, args=(record.key, clinic, user), daemon=True).start()
    else:
        make(record.key, clinic, user)


def _in_background(key: str, clinic: Clinic, user: Any) -> None:
    try:
        with _TURN:
            close_old_connections()
            make(key, clinic, user)
    finally:
        connection.close()


def make(key: str, clinic: Clinic, user: Any) -> None:
    """Compute a plan and keep record, page and papers; a refusal is kept as words."""
    record = PlanRecord.objects.get(pk=key)
    try:
        made = plan(
            case_of(record.inputs),
            draws=settings.PLAN_DRAWS,
            progress=lambda _step, done: _UNDER_WAY.__setitem__(key, done),
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
    finally:
        _UNDER_WAY.pop(key, None)
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
