"""A clinic that is killed while it writes: sets one up, lets a child work, kills it, again and again, then looks.

Run by test_killed.py as ``python -m tests.clinic.killed KILLS SEED``; prints one line of JSON. The child is forked from
a process in which everything is loaded, so that a kill costs no start-up.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

WORK = ("session", "photograph", "backup")
_ENOUGH, _MOST_S = 10, 5.0
_LONGEST_S = 0.6  # numerics: from the middle of one piece of work to the middle of another


def make() -> tuple[Any, Any]:
    """Database, cast and one person who may be photographed."""
    from django.core.management import call_command
    from tests.clinic.conftest import make_cast
    from tests.clinic.planned import give_plan
    from tests.clinic.test_consents import SIGNED
    from tests.clinic.test_sessions import consent, somebody_else

    from puncta.clinic.models import Membership

    call_command("migrate", verbosity=0)
    cast = make_cast()
    person = somebody_else(cast, "C-1")
    consent(person)
    cast.client("practitioner").post(f"/people/{person.key}/consents/photographs/", SIGNED)
    give_plan(person, Membership.objects.get(user=cast.users["practitioner"]))
    return cast, person


def work(cast: Any, person: Any, turn: int, backups: Path, told: io.TextIOBase) -> None:
    """Sign sessions, take photographs and write backups without end; tell what was answered as done."""
    from django.utils import timezone
    from tests.clinic.test_photographs import jpeg, send
    from tests.clinic.test_sessions import filled

    from puncta.clinic.backup import write_backup
    from puncta.clinic.models import NeedlingSession, Photograph, Visit

    client, chance, plan = cast.client("practitioner"), random.Random(turn), person.cases.get().plans.get()
    for step in range(1000):
        what = chance.choice(WORK)
        if what == "session":
            number = NeedlingSession.objects.filter(person=person).count() + 1
            visit = Visit.objects.filter(person=person, day=timezone.localdate()).latest("created_at")
            session = NeedlingSession.objects.create(
                person=person, case=plan.case, plan=plan, visit=visit, number=number, day=timezone.localdate(),
                device="exceed",
            )  # fmt: skip
            for place, zone in enumerate(("cheek_left", "cheek_right")):
                session.zones.create(place=place, zone=zone, dial_mm=1.0, passes=4)
            sent = filled(session, cartridge_lot=f"K{turn}x{step}-1", product_lot=f"S{turn}x{step}")
            answer = client.post(f"/sessions/{session.key}/", sent)
            done = session.key if answer.status_code == 302 else ""
        elif what == "photograph":
            tone = (turn % 256, step % 256, chance.randrange(256))
            before = set(Photograph.objects.values_list("pk", flat=True))
            send(client, person, jpeg(tone, (64, 64)))
            done = ",".join(str(pk) for pk in set(Photograph.objects.values_list("pk", flat=True)) - before)
        else:
            done = f"{turn}-{step}.backup"
            write_backup(backups / done)
        if done:
            told.write(f"{what} {done}\n")
            told.flush()


def kill_one(cast: Any, person: Any, turn: int, backups: Path, after_s: float) -> list[str]:
    """Fork a child, let it work, kill it after a while; what it had told by then."""
    from django.db import connections

    connections.close_all()
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read_end)
            with os.fdopen(write_end, "w") as told:
                work(cast, person, turn, backups, told)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(write_end)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read_end) as heard:
        # a line cut short was not told
        return [line.strip() for line in heard.read().splitlines(keepends=True) if line.endswith("\n")]


def look(told: list[str], backups: Path) -> dict[str, Any]:
    """What is missing of what was told, and what is there by half."""
    from puncta.clinic.audit import first_break
    from puncta.clinic.backup import read_backup
    from puncta.clinic.models import AuditEntry, Clinic, NeedlingSession, Photograph
    from puncta.clinic.sealing import UnreadableError, clinic_key, read
    from puncta.clinic.signing import digest_of

    lost, half = [], []
    sessions = {session.key: session for session in NeedlingSession.objects.all()}
    photographs = {one.key: one for one in Photograph.objects.all()}
    for line in told:
        what, _, names = line.partition(" ")
        for name in names.split(","):
            there = {
                "session": lambda name=name: name in sessions and sessions[name].locked,
                "photograph": lambda name=name: name in photographs,
                "backup": lambda name=name: (backups / name).exists(),
            }[what]
            if not there():
                lost.append(line)
    for key, session in sessions.items():
        signed = AuditEntry.objects.filter(action="signed", object_id=key).count()
        whole = (
            session.locked and session.digest == digest_of(session) and session.lot_uses.count() == 2 and signed == 1
        )
        draft = not session.locked and session.lot_uses.count() == 0 and signed == 0
        if not (whole or draft):
            half.append(f"session {key}")
    for key, one in photographs.items():
        for size, wrapped in (("full", one.sealed_key), ("thumb", one.thumb_key)):
            try:
                read(f"{key}-{size}", wrapped or b"")
            except UnreadableError:
                half.append(f"photograph {key} {size}")
    for file in backups.glob("*.backup"):
        if file.name.startswith("."):
            continue
        try:
            read_backup(file, clinic_key())
        except Exception as error:
            half.append(f"{file.name}: {error}")
    broken = [clinic.pk for clinic in Clinic.objects.all() if first_break(clinic) is not None]
    return {"lost": lost, "half": half, "broken_audits": broken, "told": _counts(told), "drafts": len(sessions)}


def _counts(told: list[str]) -> dict[str, int]:
    return {what: sum(line.startswith(what) for line in told) for what in WORK}


def main(kills: int, seed: int) -> None:
    """Kill, look and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "puncta.clinic.settings")
    import django

    django.setup()
    from django.conf import settings

    from puncta.clinic.folder import clinic_folder

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["*"]
    clinic_folder().create()
    backups = clinic_folder().root.parent / "backups"
    backups.mkdir()
    cast, person = make()
    chance, told, turn, longest = random.Random(seed), [], 0, _LONGEST_S
    # on a busy computer a piece of work takes longer: then the child is let live longer, and more are killed
    while turn < kills or (turn < 3 * kills and min(_counts(told).values()) <= _ENOUGH):
        heard = kill_one(cast, person, turn, backups, chance.uniform(0.0, longest))
        longest = max(_LONGEST_S, 0.95 * longest) if heard else min(_MOST_S, 1.1 * longest)
        told += heard
        turn += 1
    print(json.dumps(look(told, backups)))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main(int(sys.argv[1]), int(sys.argv[2]))
