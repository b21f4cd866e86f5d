"""People: search, doubles, two hands at one record."""

from __future__ import annotations

from django.test import Client
from tests.clinic.conftest import Cast

from puncta.clinic.audit import first_break
from puncta.clinic.models import AuditEntry, Person

NEW = {"family_name": "Núñez", "given_name": "Eva", "born_on": "1990-05-31", "sex": "female", "phone": "", "email": ""}


def test_a_person_is_added_under_the_clinics_next_code_and_found_without_accents(cast: Cast) -> None:
    client = cast.client("practitioner")
    answer = client.post("/people/new/", NEW)
    made = Person.objects.get()
    assert answer.url == f"/people/{made.key}/"
    assert made.code == "C-0001"
    assert b"C-0001" in client.post("/people/", {"q": "nunez 1990"}).content
    assert b"C-0001" not in client.post("/people/", {"q": "someone"}).content


def test_all_problems_of_a_form_are_shown_together_and_nothing_typed_is_lost(cast: Cast) -> None:
    page = cast.client("nurse").post(
        "/people/new/", {**NEW, "born_on": "2990-01-01", "email": "eva", "weight_kg": "900"}
    )
    said = page.content.decode()
    assert "To put right: 3" in said
    assert "Núñez" in said
    assert not Person.objects.exists()


def test_somebody_alike_is_shown_before_a_second_record_is_made(cast: Cast, person: Person) -> None:
    client = cast.client("assistant")
    again = {**NEW, "family_name": "Example", "given_name": "Anna", "born_on": "1992-03-14"}
    assert "C-0142" in client.post("/people/new/", again).content.decode()
    assert Person.objects.count() == 1
    client.post("/people/new/", {**again, "another": "yes"})
    assert Person.objects.count() == 2


def test_two_tabs_editing_one_record_lose_nothing(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    first = {**NEW, "family_name": "First", "version": "1"}
    second = {**NEW, "family_name": "Second", "version": "1"}
    assert client.post(f"/people/{person.key}/edit/", first).status_code == 302
    page = client.post(f"/people/{person.key}/edit/", second).content.decode()
    assert "Somebody else saved" in page
    assert "First" in page
    assert 'value="Second"' in page
    person.refresh_from_db()
    assert person.family_name == "First"
    client.post(f"/people/{person.key}/edit/", {**second, "version": "2"})
    person.refresh_from_db()
    assert person.family_name == "Second"


def test_looking_and_changing_stand_in_an_audit_that_holds(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    client.get(f"/people/{person.key}/")
    client.post(f"/people/{person.key}/edit/", {**NEW, "version": "1"})
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["viewed", "changed"]
    assert first_break(cast.clinic) is None


def test_the_pages_speak_spanish_and_say_that_clinical_texts_are_not_reviewed(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    client.post("/account/me/", {"language": "es"})
    page = client.get(f"/people/{person.key}/").content.decode()
    assert '<html lang="es">' in page
    assert "14 mar 1992" in page.lower()
    assert "Traducción aún no revisada por un profesional sanitario" in page
    for english in ("Questionnaire", "Sessions", "Consents", "Next:"):
        assert english not in page
    wrong = client.post("/people/new/", {**NEW, "born_on": "2990-01-01"}).content.decode()
    assert "Este día está por venir" in wrong
    assert "Entrar" in Client().get("/account/login/", headers={"accept-language": "es-ES"}).content.decode()
