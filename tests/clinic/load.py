"""Load figures, run by hand: python -m tests.clinic.load [FOLDER]. 20 users, one request every 2 s each."""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

PEOPLE, SESSIONS, PHOTOGRAPHS, USERS, SECONDS, PORT = 5_000, 30_000, 100_000, 20, 40, 8899


def fill() -> list[str]:
    """Generate the clinic; returns ids of people."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from puncta.clinic.consent_texts import first_texts
    from puncta.clinic.models import (
        CaseRecord,
        Clinic,
        Lot,
        LotUse,
        Membership,
        NeedlingSession,
        Person,
        Photograph,
        SessionZone,
        User,
    )

    draw, now = random.Random(1), timezone.now()
    clinic = Clinic.objects.create(name="Load")
    first_texts(clinic)
    user = User.objects.create(username="load", password=make_password("correct horse 9"))
    Membership.objects.create(user=user, clinic=clinic, role="practitioner")
    people = []
    for number in range(PEOPLE):
        one = Person(
            clinic=clinic, code=f"C-{number:05d}", given_name=draw.choice(["Ana", "Bea", "Cleo", "Dana", "Eva"])
        )
        one.family_name = "".join(draw.choice("aeioubcdfgklmnprst") for _ in range(7)).title()
        one.born_on, one.phone = now.date() - timedelta(days=draw.randrange(7000, 25000)), f"07{number:09d}"
        one.phototype, one.weight_kg = draw.randrange(1, 7), 60
        one.search = Person.search_words(vars(one))
        people.append(one)
    Person.objects.bulk_create(people, 500)
    cases = [CaseRecord(person=one, title="Scars", tree={}) for one in people]
    CaseRecord.objects.bulk_create(cases, 500)
    sessions = []
    for number in range(SESSIONS):
        case = cases[number % PEOPLE]
        one = NeedlingSession(
            person=case.person, case=case, number=number // PEOPLE + 1, device="exceed", signed_at=now
        )
        one.day, one.signed_by, one.pain_score = now.date() - timedelta(days=draw.randrange(1000)), user, 4
        sessions.append(one)
    NeedlingSession.objects.bulk_create(sessions, 500)
    zones = ("cheek_left", "cheek_right")
    SessionZone.objects.bulk_create(
        [
            SessionZone(session=one, place=place, zone=zone, dial_mm=1, passes=4, done=True)
            for one in sessions
            for place, zone in enumerate(zones)
        ],
        500,
    )
    lots = [Lot(clinic=clinic, kind="cartridge", name="exceed", lot=f"K{number:04d}") for number in range(300)]
    Lot.objects.bulk_create(lots)
    LotUse.objects.bulk_create(
        [LotUse(lot=lots[n % 300], session=one, piece=f"{n:06d}") for n, one in enumerate(sessions)], 500
    )
    photographs = []
    for number in range(PHOTOGRAPHS):
        one = Photograph(person=people[number % PEOPLE], view="front", stage="before", width=10, height=10, digest="0")
        one.taken_at = now - timedelta(days=draw.randrange(1000))
        photographs.append(one)
    Photograph.objects.bulk_create(photographs, 500)
    return [one.key for one in people]


def measure(people: list[str]) -> None:
    """Twenty browsers against one server; prints p50 and p95 in ms for each kind of page."""
    import http.cookiejar
    import urllib.parse
    import urllib.request

    jar = http.cookiejar.CookieJar()
    base = f"http://127.0.0.1:{PORT}"
    door = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = door.open(f"{base}/account/login/").read().decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    given = {"login": "load", "password": "correct horse 9", "csrfmiddlewaretoken": token}
    door.open(f"{base}/account/login/", urllib.parse.urlencode(given).encode())
    listed = door.open(f"{base}/people/").read().decode()
    token = listed.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
    took: dict[str, list[float]] = {}
    kinds = ("list", "record", "search", "recall", "today")

    def one_user(seed: int) -> None:
        draw, end = random.Random(seed), time.monotonic() + SECONDS
        time.sleep(draw.random() * 2)
        while time.monotonic() < end:
            kind = draw.choice(kinds)
            path = {
                "list": f"/people/?page={draw.randrange(1, 100)}",
                "record": f"/people/{draw.choice(people)}/",
                "search": "/people/",
                "recall": f"/recall/?lot=K{draw.randrange(300):04d}",
                "today": "/",
            }[kind]
            start = time.perf_counter()
            sent = {"q": draw.choice(("an", "c-01", "0700", "lo be", "1990")), "csrfmiddlewaretoken": token}
            body = urllib.parse.urlencode(sent).encode() if kind == "search" else None
            request = urllib.request.Request(base + path, body, headers={"Cookie": cookies})
            assert b"</html>" in urllib.request.urlopen(request).read()
            took.setdefault(kind, []).append(1000 * (time.perf_counter() - start))
            time.sleep(max(0.0, 2 - (time.perf_counter() - start)))

    threads = [threading.Thread(target=one_user, args=(seed,)) for seed in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for kind, values in sorted(took.items()):
        cuts = statistics.quantiles(values, n=20)
        print(f"{kind:8} n {len(values):4}  p50 {statistics.median(values):6.1f} ms  p95 {cuts[18]:6.1f} ms")


def main() -> None:
    """Fill a folder, serve it in a process of its own, measure, stop it."""
    import subprocess

    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(tempfile.mkdtemp()) / "puncta-load")
    from puncta.clinic.folder import clinic_folder
    from puncta.clinic.start import prepare

    prepare(root, root.with_suffix(".key"))
    os.environ |= {"PUNCTA_CLINIC_FOLDER": str(root), "PUNCTA_CLINIC_KEY_FILE": str(root.with_suffix(".key"))}
    clinic_folder().create()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    people = fill()
    command = [str(Path(sys.executable).parent / "puncta"), "clinic", "--port", str(PORT), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            time.sleep(6)
            measure(people)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
