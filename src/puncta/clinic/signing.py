"""What must hold before a session is signed, said all together; and what signing writes."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from puncta.clinic.audit import note
from puncta.clinic.forms.session import SessionForm, ZoneLine
from puncta.clinic.looked import keep_answer
from puncta.clinic.lots import Label, earlier_use, find_lot, read_expiry
from puncta.clinic.models import AdverseEvent, Clinic, FollowUp, Lot, LotUse, NeedlingSession
from puncta.clinic.numbing import minutes_on
from puncta.clinic.onward import visit_number
from puncta.clinic.views.consents import standing
from puncta.clinic.words import say

_CALL_DAYS = 3
_REVIEW_DAYS = 90
_KINDS = ("cartridge", "cream", "product")


def check_lots(session: NeedlingSession, form: SessionForm, clinic: Clinic) -> None:
    """Say of each lot whether it may be used: known, in date, not recalled, a cartridge's piece never used before."""
    for kind in _KINDS:
        label, field = form.label(kind), f"{kind}_lot"
        typed = form.cleaned_data.get(f"{kind}_expiry", "")
        if typed and read_expiry(typed) is None:
            form.refuse(f"{kind}_expiry", "session.expiry_unread")
        if not label.lot:
            continue
        known = find_lot(clinic, kind, label.lot)
        expires = (known.expires_on if known else None) or label.expires_on
        if expires is not None and expires < session.day:
            form.refuse(field, "session.expired", lot=label.lot, day=_day(expires))
        if known is not None and known.recalled_at is not None:
            form.refuse(field, "session.recalled", lot=label.lot)
        if kind == "cartridge":
            used = earlier_use(clinic, label, session)
            if used is not None:
                same = used.session.person_id == session.person_id
                words = "session.used_same" if same else "session.used_other"
                form.refuse(field, words, lot=label.lot, piece=label.piece, day=_day(used.session.day))


def _day(day: Any) -> str:
    return f"{day.day} {day:%b %Y}"


def check_signing(session: NeedlingSession, form: SessionForm, lines: list[ZoneLine], may_sign: bool) -> None:
    """Add everything that stands against signing."""
    visit, given = session.visit, form.cleaned_data
    if visit is None or not visit.allows or visit.day != session.day:
        form.refuse(None, "session.needs_screening")
    if standing(session.person, "treatment") is None:
        form.refuse(None, "session.needs_consent")
    done = [line for line in lines if line.zone.done]
    if not done:
        form.refuse(None, "session.nothing_done")
    for line in done:
        if not line.zone.endpoint:
            line.errors.append(say("session.no_endpoint"))
    cartridge = form.label("cartridge")
    if not cartridge.lot:
        form.refuse("cartridge_lot", "session.no_cartridge")
    elif not cartridge.piece:
        form.refuse("cartridge_lot", "session.no_piece")
    elif cartridge.expires_on is None and not _known_expiry(session, "cartridge", cartridge):
        form.refuse("cartridge_expiry", "session.no_expiry")
    if given.get("cream"):
        for name in ("cream_g", "cream_cm2", "cream_on", "cream_off"):
            if given.get(name) is None:
                form.refuse(name, "session.cream_open")
        if (minutes_on(session) or 0) > 12 * 60:
            form.refuse("cream_off", "session.cream_times")
    if given.get("product") and not form.label("product").lot:
        form.refuse("product_lot", "session.no_product_lot")
    if given.get("pain_score") is None:
        form.refuse("pain_score", "session.no_pain")
    if not given.get("unwanted"):
        form.refuse("unwanted", "session.no_unwanted")
    elif given["unwanted"] != "none" and given.get("grade") is None:
        form.refuse("grade", "session.no_grade")
    if not may_sign:
        form.refuse(None, "session.may_not_sign")


def _known_expiry(session: NeedlingSession, kind: str, label: Label) -> bool:
    known = find_lot(session.person.clinic, kind, label.lot)
    return known is not None and known.expires_on is not None


def content_of(session: NeedlingSession) -> dict[str, Any]:
    """Everything a session says, as plain values in a fixed order; its digest is signed."""
    names = (
        "number", "day", "device", "strokes_per_s", "speed_cm_per_s", "cream", "cream_g", "cream_cm2", "cream_on",
        "cream_off", "product", "pain_score", "unwanted", "notes",
    )  # fmt: skip
    zone_names = ("zone", "planned_dial_mm", "planned_passes", "dial_mm", "passes", "endpoint", "done")
    uses = session.lot_uses.select_related("lot").order_by("lot__kind", "piece")
    return {
        "session": session.key,
        "person": str(session.person_id),
        **{name: getattr(session, name) for name in names},
        # what was said before this was asked keeps its digest
        **({"marks": session.typed["marks"]} if session.typed.get("marks") else {}),
        "zones": [{name: getattr(zone, name) for name in zone_names} for zone in session.zones.all()],
        "lots": [{"kind": use.lot.kind, "lot": use.lot.lot, "piece": use.piece} for use in uses],
    }


def digest_of(session: NeedlingSession) -> str:
    """The digest of a session's content."""
    return hashlib.sha256(json.dumps(content_of(session), sort_keys=True, default=str).encode()).hexdigest()


def sign(session: NeedlingSession, form: SessionForm, clinic: Clinic, user: Any) -> bool:
    """Use up the lots, lock the session, note what is due next; False where a piece was used a moment ago."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                _use_lots(session, form, clinic)
        except IntegrityError:
            return False
        now = timezone.now()
        session.save_over(session.version, user, signed_at=now, signed_by=user, digest=digest_of(session))
        given = form.cleaned_data
        if given["unwanted"] != "none":
            event = AdverseEvent(person=session.person, session=session, term=given["unwanted"], grade=given["grade"])
            event.began_on, event.action = session.day, given["notes"][:2000]
            event.created_by = event.changed_by = user
            event.save(force_insert=True)
            note(clinic, user, "created", event, {"term": event.term, "grade": event.grade})
        keep_answer(session, given.get("marks", ""), user)
        _note_dates(session, user)
        note(clinic, user, "signed", session, content_of(session))
    return True


def _use_lots(session: NeedlingSession, form: SessionForm, clinic: Clinic) -> None:
    names = {"cartridge": session.device, "cream": session.cream, "product": session.product}
    for kind in _KINDS:
        label = form.label(kind)
        if not label.lot:
            continue
        lot = find_lot(clinic, kind, label.lot)
        if lot is None:
            lot = Lot(clinic=clinic, kind=kind, name=names[kind], lot=label.lot, expires_on=label.expires_on)
            lot.save(force_insert=True)
        elif lot.pieces and kind == "cartridge":
            Lot.objects.filter(pk=lot.pk).update(pieces=lot.pieces - 1)
        LotUse.objects.create(lot=lot, session=session, piece=label.piece if kind == "cartridge" else "")


def _note_dates(session: NeedlingSession, user: Any) -> None:
    course = session.plan.alternative if session.plan else {}
    dates = [("call", session.day + timedelta(days=_CALL_DAYS))]
    if visit_number(session) < course.get("sessions_count", 0):
        dates.append(("visit", session.day + timedelta(days=course["interval_days"])))
    elif course:
        dates.append(("review", session.day + timedelta(days=_REVIEW_DAYS)))
    FollowUp.objects.filter(person=session.person, kind="visit", done_at=None).update(done_at=timezone.now())
    for kind, due in dates:
        FollowUp(person=session.person, session=session, kind=kind, due_on=due, created_by=user).save(force_insert=True)
