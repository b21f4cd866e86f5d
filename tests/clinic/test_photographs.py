"""Photographs: checked, written anew, sealed, and never open to the wrong hands."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import ExifTags, Image
from tests.clinic.conftest import Cast
from tests.clinic.test_consents import SIGNED

from puncta.clinic import sealing
from puncta.clinic.intake import PhotographRefused, take_in
from puncta.clinic.models import AuditEntry, Person, Photograph


def jpeg(
    colour: tuple[int, int, int] = (180, 140, 120), size: tuple[int, int] = (80, 100), with_place: bool = True
) -> bytes:
    """A photograph as a telephone makes it, with the place where it was taken."""
    picture, out = Image.new("RGB", size, colour), io.BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Phone 12"
    exif[ExifTags.Base.Artist] = "Ana Example"
    exif[ExifTags.Base.Orientation] = 6
    if with_place:
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 30.0, 0.0)
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.FNumber], inner[ExifTags.Base.ISOSpeedRatings] = 2.8, 100
    inner[ExifTags.Base.DateTimeOriginal] = "2024:05:06 10:20:30"
    picture.save(out, "JPEG", exif=exif, comment=b"Ana Example")
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of 300 million pixels in a few hundred bytes."""

    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 20_000, 15_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 1000)) + part(b"IEND", b"")


@pytest.fixture
def client(cast: Cast, person: Person) -> Client:
    """A practitioner's browser, with consent to photographs signed."""
    browser = cast.client("practitioner")
    browser.post(f"/people/{person.key}/consents/photographs/", SIGNED)
    return browser


def send(client: Client, person: Person, *contents: bytes, name: str = "one.jpg") -> str:
    """Send files and return the page that answers."""
    files = [SimpleUploadedFile(name, content, "image/jpeg") for content in contents]
    given = {"view": "front", "stage": "before", "files": files}
    return client.post(f"/people/{person.key}/photographs/add/", given, follow=True).content.decode()


def test_settings_are_kept_as_data_and_place_and_names_are_gone(client: Client, person: Person) -> None:
    send(client, person, jpeg())
    kept = Photograph.objects.get()
    assert kept.capture == {"Model": "Phone 12", "FNumber": 2.8, "ISOSpeedRatings": 100}
    assert (kept.width, kept.height) == (100, 80)
    assert kept.taken_at.date() == date(2024, 5, 6)
    shown = client.get(f"/photographs/{kept.key}/image/").content
    assert not Image.open(io.BytesIO(shown)).getexif()
    assert b"Example" not in shown
    copy = client.post(f"/photographs/{kept.key}/download/")
    assert copy.content == shown
    assert "Ana" not in copy["Content-Disposition"]
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"viewed", "downloaded"}


def test_what_lies_on_the_disk_is_sealed_and_bound_to_its_name(
    client: Client, person: Person, clinic_place: Path
) -> None:
    send(client, person, jpeg(), jpeg((90, 60, 50)))
    files = [file for file in (clinic_place / "clinic" / "sealed").rglob("*") if file.is_file()]
    assert len(files) == 4
    assert all(b"JFIF" not in file.read_bytes() for file in files)
    first, second = Photograph.objects.order_by("created_at")
    a, b = (next(file for file in files if file.name == f"{one.key}-full") for one in (first, second))
    a.write_bytes(b.read_bytes())
    assert client.get(f"/photographs/{first.key}/image/").status_code == 404
    with pytest.raises(sealing.UnreadableError):
        sealing.read(f"{first.key}-full", first.sealed_key or b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bomb(), "300 million pixels"),
        (b"MZ\x90\x00" + bytes(4000), "is no JPEG"),
        (jpeg(size=(800, 600))[:3000], "cut short"),
        (b"", "is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "is no JPEG"),
    ],
    ids=["bomb", "renamed executable", "cut short", "empty", "script"],
)
def test_each_bad_file_has_one_clear_message_and_the_good_one_beside_it_is_kept(
    client: Client, person: Person, content: bytes, words: str
) -> None:
    if content:
        assert words in send(client, person, jpeg(), content)
        assert Photograph.objects.count() == 1
    with pytest.raises(PhotographRefused, match=words):
        take_in(content, "one.jpg")


def test_without_consent_nothing_is_taken_in(cast: Cast, person: Person) -> None:
    assert "need a signed consent" in send(cast.client("nurse"), person, jpeg())
    assert not Photograph.objects.exists()


def test_the_same_photograph_is_kept_once(client: Client, person: Person) -> None:
    send(client, person, jpeg())
    assert "on record already" in send(client, person, jpeg())


def test_destroyed_means_that_nobody_can_open_it_again(cast: Cast, client: Client, person: Person) -> None:
    send(client, person, jpeg())
    kept = Photograph.objects.get()
    assert client.post(f"/photographs/{kept.key}/delete/").status_code == 403
    cast.client("owner").post(f"/photographs/{kept.key}/delete/")
    assert client.get(f"/photographs/{kept.key}/image/").status_code == 404
    kept.refresh_from_db()
    assert kept.sealed_key is None


def test_two_are_compared_with_the_settings_that_differ(client: Client, person: Person) -> None:
    send(client, person, jpeg(), jpeg((90, 60, 50)))
    a, b = Photograph.objects.all()
    Photograph.objects.filter(pk=b.pk).update(capture={"FNumber": 5.6})
    page = client.get(f"/people/{person.key}/compare/?a={a.key}&b={b.key}").content.decode()
    assert "FNumber" in page
    assert client.get(f"/people/{person.key}/compare/?a={a.key}&b=nonsense").status_code == 404
