"""Photographs measured in the app: the gate, what is kept of it, the comparison, and the switch."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from PIL import Image
from tests.clinic.conftest import Cast
from tests.clinic.test_consents import SIGNED
from tests.clinic.test_photographs import jpeg
from tests.clinic.world import compared, make_world
from tests.imaging.people import needs, real_face

from puncta.clinic.models import AuditEntry, PairReading, Person, Photograph, Reading

pytest.importorskip("cv2")


@pytest.fixture
def client(cast: Cast, person: Person) -> Client:
    """A practitioner's browser, with consent to photographs signed."""
    browser = cast.client("practitioner")
    browser.post(f"/people/{person.key}/consents/photographs/", SIGNED)
    return browser


def face(seed: int = 0, megapixels: float = 5.0) -> bytes:
    """The real face, as it was or as if taken again."""
    needs("photos/person1.jpg")
    from puncta.imaging.retake import Retake, retake

    rgb = real_face("person1.jpg", megapixels)
    if seed:
        rgb = retake(rgb, seed, Retake(warp=0.3, gradient=0.02), rgb.shape[1] / 3)[0]
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "JPEG", quality=95)
    return out.getvalue()


def send(client: Client, person: Person, content: bytes, **more: Any) -> Photograph:
    """Send one photograph; returns it as kept."""
    file = SimpleUploadedFile("one.jpg", content, content_type="image/jpeg")
    form = {"files": [file], "view": "front", "stage": "before", **more}
    client.post(f"/people/{person.key}/photographs/add/", form)
    return Photograph.objects.order_by("-created_at")[0]


def test_what_holds_no_face_is_refused_with_what_to_do_and_kept_only_on_purpose(client: Client, person: Person) -> None:
    photograph = send(client, person, jpeg(size=(640, 800)))
    reading = Reading.objects.get()
    assert reading.state == "refused"
    page = client.get(f"/people/{person.key}/photographs/").content.decode()
    assert "Please take it again" in page
    assert reading.problem.split(":")[-1].strip()[:20] in page
    client.post(f"/photographs/{photograph.key}/keep/", {"version": reading.version})
    reading.refresh_from_db()
    assert reading.state == "kept"
    assert "not measurable, kept" in client.get(f"/people/{person.key}/photographs/").content.decode()
    assert AuditEntry.objects.filter(action="kept", object_id=str(reading.pk)).exists()


def test_a_refused_photograph_is_let_go_by_who_took_it_and_a_good_one_is_not(
    client: Client, person: Person, cast: Cast
) -> None:
    photograph = send(client, person, jpeg(size=(640, 800)))
    cast.client("nurse").post(f"/photographs/{photograph.key}/retake/")
    photograph.refresh_from_db()
    assert photograph.sealed_key is None
    other = send(client, person, jpeg((10, 200, 90), size=(640, 800)))
    Reading.objects.filter(photograph=other).update(state="measured")
    cast.client("nurse").post(f"/photographs/{other.key}/retake/")
    other.refresh_from_db()
    assert other.sealed_key is not None


def test_a_stale_page_keeps_nothing(client: Client, person: Person) -> None:
    photograph = send(client, person, jpeg(size=(640, 800)))
    assert client.post(f"/photographs/{photograph.key}/keep/", {"version": 9}).status_code == 409
    assert Reading.objects.get().state == "refused"


def test_switched_off_nothing_is_measured_and_the_page_says_so(client: Client, person: Person, cast: Cast) -> None:
    cast.clinic.usual = {**cast.clinic.usual, "measure": False}
    cast.clinic.save()
    send(client, person, jpeg(size=(640, 800)))
    assert Reading.objects.get().state == "unmeasured"
    assert "switched off" in client.get(f"/people/{person.key}/photographs/").content.decode()


def test_without_the_extra_the_page_says_what_to_install(
    client: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("puncta.clinic.measuring.measuring_missing", lambda: "cv2")
    send(client, person, jpeg(size=(640, 800)))
    assert Reading.objects.get().state == "unmeasured"
    assert "puncta[photo]" in client.get(f"/people/{person.key}/photographs/").content.decode().replace("&quot;", '"')


def test_side_views_are_seen_and_not_measured(client: Client, person: Person) -> None:
    send(client, person, jpeg(size=(640, 800)), view="side_left")
    assert Reading.objects.get().state == "unmeasured"


@pytest.mark.slow
def test_two_of_one_face_are_laid_upon_each_other_and_a_change_smaller_than_the_error_is_said(
    client: Client, person: Person
) -> None:
    one = send(client, person, face(), make_up="no", shaved="no", cream="no", polarised="yes")
    two = send(client, person, face(3), make_up="no", shaved="no", cream="no", polarised="yes", stage="follow_up")
    assert [reading.state for reading in Reading.objects.all()] == ["measured", "measured"]
    assert Reading.objects.all()[0].declared["make_up"] is False
    page = client.get(f"/people/{person.key}/compare/?a={one.key}&b={two.key}").content.decode()
    pair = PairReading.objects.get()
    assert pair.state == "done", pair.problem or pair.record
    assert pair.record["verdict"] in ("comparable", "zones_only")
    assert all("sem" in row for row in pair.record["changes"] if not row.get("refused"))
    assert "landmark" not in str(pair.record).lower()
    assert pair.record["notice"][:25] in page
    assert "SDC" in page
    picture = client.get(f"/pairs/{pair.key}/after/")
    assert picture.content[:2] == b"\xff\xd8"
    assert AuditEntry.objects.filter(action="measured").count() == 3
    client.post(f"/pairs/{pair.key}/again/")
    assert PairReading.objects.get().state == "done"


@pytest.mark.slow
def test_the_comparison_equals_the_command_line_on_the_clean_copies(
    client: Client, person: Person, tmp_path: Any
) -> None:
    import json

    from typer.testing import CliRunner

    from puncta.cli.app import app

    both = [send(client, person, face()), send(client, person, face(3), stage="follow_up")]
    client.get(f"/people/{person.key}/compare/?a={both[0].key}&b={both[1].key}")
    record = PairReading.objects.get().record
    files = []
    for name, one in zip(("a", "b"), both, strict=True):
        files.append(tmp_path / f"{name}.jpg")
        files[-1].write_bytes(client.post(f"/photographs/{one.key}/download/").content)
    done = CliRunner().invoke(app, ["photo", "compare", *map(str, files), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["changes"] == record["changes"]


def test_how_often_a_change_is_found_on_this_tone_stands_beside_the_comparison(cast: Cast) -> None:
    from puncta.imaging import simulated_errors
    from puncta.imaging.detection import Tried, detection

    ids, table = make_world(cast).ids, {"spots": {60.0: Tried(24, 24, 12, 0), 0.0: Tried(3, 9, 6, 2)}}
    address = f"/people/{ids['person']}/compare/?a={ids['photograph']}&b={ids['second']}"
    browser = cast.client("practitioner")
    # a record of an earlier version knows nothing of it
    assert "seen-on-tone" not in browser.get(address).content.decode()
    seen = asdict(detection(2.0, simulated_errors(True), False, ["spots"], table))
    PairReading.objects.update(record={**compared(), "detection": seen})
    page = browser.get(address).content.decode()
    for words in (
        seen["about"],
        seen["lines"][0]["words"],
        "Spots 3 of 9 (people: 6, refused: 2, best: 24 of 24 at 60°)",
        seen["read"],
    ):
        assert escape(words) in page
    seen = asdict(detection(2.0, simulated_errors(True, True), True, ["spots"], table))
    PairReading.objects.update(record={**compared(), "detection": seen})
    assert "crossed polarisers was not tried" in browser.get(address).content.decode()


def test_destroying_a_photograph_forgets_what_was_read_of_it(client: Client, person: Person, cast: Cast) -> None:
    photograph = send(client, person, jpeg(size=(640, 800)))
    other = send(client, person, jpeg((9, 9, 99), size=(640, 800)))
    PairReading.objects.create(before=photograph, after=other, record={"changes": []}, state="done")
    cast.client("owner").post(f"/photographs/{photograph.key}/delete/")
    assert not PairReading.objects.exists()
    assert Reading.objects.get(photograph=photograph).record is None
