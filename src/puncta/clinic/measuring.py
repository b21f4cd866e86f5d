"""Photographs measured: the gate for each, the comparison of two; originals are read and never altered."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from puncta.clinic import jobs
from puncta.clinic.audit import note
from puncta.clinic.folder import clinic_folder
from puncta.clinic.library import (
    CameraSettings,
    Declared,
    PunctaError,
    aligned_jpegs,
    compare_photographs,
    comparison_record,
    decode,
    measure_photograph,
    measurement_record,
    measuring_missing,
    read_errors,
)
from puncta.clinic.library import Photograph as Picture
from puncta.clinic.models import Clinic, PairReading, Person, Photograph, Reading
from puncta.clinic.sealing import UnreadableError, drop, keep, read
from puncta.clinic.words import say

_LOG = logging.getLogger("puncta.clinic")
#: Views in which the whole face is seen well enough for its zones.
MEASURED_VIEWS = ("front", "oblique_right", "oblique_left")
#: What is asked before a photograph is taken.
ASKED = ("make_up", "shaved", "cream", "polarised")
_OWN_ERRORS = "photo_errors.toml"
SIDES = ("before", "after")


def measuring_off(clinic: Clinic) -> str:
    """Why nothing is measured in this clinic; empty where photographs are measured."""
    if not clinic.usual.get("measure", True):
        return say("measure.off")
    missing = measuring_missing()
    return say("measure.missing", names=missing) if missing else ""


def begin_reading(photograph: Photograph, declared: dict[str, bool | None], clinic: Clinic, user: Any) -> Reading:
    """Put a photograph before the gate; where it is not measured, that is kept with the reason."""
    why = measuring_off(clinic) or ("" if photograph.view in MEASURED_VIEWS else say("measure.view"))
    reading = Reading(photograph=photograph, declared=declared, created_by=user, changed_by=user)
    reading.state, reading.problem = ("unmeasured", why) if why else ("waiting", "")
    reading.save(force_insert=True)
    if not why:
        start_reading(reading, clinic, user)
    return reading


def start_reading(reading: Reading, clinic: Clinic, user: Any) -> None:
    """Begin to measure; the page asks how far it is."""
    jobs.start(reading.key, lambda: judge(reading.key, clinic, user), beside=settings.MEASURE_IN_BACKGROUND)


def days_since_session(photograph: Photograph) -> float | None:
    """Days from the last signed session to a photograph; skin is swollen for the first of them."""
    taken = timezone.localdate(photograph.taken_at)
    sessions = photograph.person.sessions.filter(signed_at__isnull=False, day__lte=taken)
    if photograph.stage == "before":
        sessions = sessions.filter(day__lt=taken)
    last = sessions.order_by("-day").first()
    return None if last is None else float((taken - last.day).days)


def picture_of(photograph: Photograph) -> Picture:
    """The library's photograph: pixels as kept, settings of the camera, what was said before it was taken."""
    if photograph.sealed_key is None:
        raise UnreadableError(photograph.key)
    content = read(f"{photograph.key}-full", photograph.sealed_key)
    reading = Reading.objects.filter(photograph=photograph).first()
    said = {name: (reading.declared if reading else {}).get(name) for name in ASKED}
    taken = timezone.localtime(photograph.taken_at)
    declared = Declared(**said, days_since_session=days_since_session(photograph))
    return replace(
        decode(content, f"{photograph.person.code} {taken:%Y-%m-%d}", declared),
        settings=_camera(photograph.capture, f"{taken:%Y-%m-%d %H:%M:%S}"),
    )


def _camera(capture: dict[str, Any], taken: str) -> CameraSettings:
    def number(name: str) -> float | None:
        value = capture.get(name)
        return float(value) if isinstance(value, int | float) and value > 0 else None

    def code(name: str) -> int | None:
        value = capture.get(name)
        return value if isinstance(value, int) and value >= 0 else None

    return CameraSettings(
        camera=" ".join(str(capture[name]).strip() for name in ("Make", "Model") if capture.get(name)),
        lens=str(capture.get("LensModel", "")),
        exposure_s=number("ExposureTime"),
        f_number=number("FNumber"),
        iso=number("ISOSpeedRatings"),
        focal_length_mm=number("FocalLength"),
        white_balance=code("WhiteBalance"),
        flash=code("Flash"),
        taken=taken,
    )


def judge(key: str, clinic: Clinic, user: Any) -> None:
    """Measure one photograph and keep what the gate says of it."""
    reading = Reading.objects.select_related("photograph__person").get(pk=key)
    try:
        record = measurement_record(*measure_photograph(picture_of(reading.photograph)))
        values: dict[str, Any] = {"record": record, "problem": ""}
        values["state"] = "refused" if record["verdict"] == "refused" else "measured"
    except PunctaError as error:
        values = {"state": "refused", "problem": str(error)}
    except UnreadableError:
        values = {"state": "failed", "problem": say("measure.unreadable")}
    except Exception:
        _LOG.exception("reading %s failed", key)
        values = {"state": "failed", "problem": say("measure.failed")}
    with transaction.atomic():
        Reading.objects.filter(pk=key, state="waiting").update(**values)
        note(clinic, user, "measured", reading, values)


def reasons(reading: Reading) -> list[str]:
    """Why the gate refused a photograph, each with what to do."""
    checks = (reading.record or {}).get("checks", [])
    told = [
        check["words"] for check in checks if not check["passed"] and check["weight"] == "refuse" and check["words"]
    ]
    return told or ([reading.problem] if reading.problem else [])


def pair_of(before: Photograph, after: Photograph, clinic: Clinic, user: Any) -> PairReading:
    """The comparison of two photographs: as kept, or begun now."""
    pair, made = PairReading.objects.get_or_create(
        before=before, after=after, defaults={"created_by": user, "changed_by": user}
    )
    if made or (pair.state == "waiting" and jobs.share_done(pair.key) is None):
        jobs.start(pair.key, lambda: compare_pair(pair.key, clinic, user), beside=settings.MEASURE_IN_BACKGROUND)
        pair.refresh_from_db()
    return pair


def own_errors() -> Any:
    """The clinic's own errors where they lie in its folder; else None, and every verdict is provisional."""
    place = clinic_folder().root / _OWN_ERRORS
    return read_errors(place) if place.is_file() else None


def compare_pair(key: str, clinic: Clinic, user: Any) -> None:
    """Compare two photographs and keep the record, and the pictures as they lie upon each other, sealed."""
    pair = PairReading.objects.select_related("before__person", "after__person").get(pk=key)
    try:
        found = compare_photographs(picture_of(pair.before), picture_of(pair.after), errors=own_errors())
        jobs.tell(key, 0.9)
        record = comparison_record(found)
        files = {
            side: keep(f"{pair.key}-{side}", content).hex()
            for side, content in zip(SIDES, aligned_jpegs(found), strict=True)
        }
        state = "refused" if record["verdict"] == "refused" else "done"
        values: dict[str, Any] = {"record": record, "files": files, "state": state, "problem": ""}
    except PunctaError as error:
        values = {"state": "refused", "problem": str(error)}
    except UnreadableError:
        values = {"state": "failed", "problem": say("measure.unreadable")}
    except Exception:
        _LOG.exception("comparison %s failed", key)
        values = {"state": "failed", "problem": say("measure.failed")}
    with transaction.atomic():
        PairReading.objects.filter(pk=key).update(**values, changed_at=timezone.now())
        note(clinic, user, "measured", pair, {"state": values["state"], "record": values.get("record")})


def forget_readings(photograph: Photograph) -> None:
    """Everything that was read of a photograph goes with it: figures, comparisons and their pictures."""
    pairs = PairReading.objects.filter(before=photograph) | PairReading.objects.filter(after=photograph)
    for pair in pairs:
        for side in pair.files:
            drop(f"{pair.key}-{side}")
    pairs.delete()
    Reading.objects.filter(photograph=photograph).update(state="unmeasured", record=None, problem="", declared={})


def pair_readings(person: Person) -> list[PairReading]:
    """Comparisons of a person that may be learnt from, oldest first."""
    found = PairReading.objects.filter(before__person=person, state="done").select_related("before", "after")
    return list(found.order_by("after__taken_at"))
