"""The person's language: what they read, answer and sign appears in it, whoever works at the page."""

from __future__ import annotations

from typing import Any

import pytest
from tests.clinic.answers import all_no
from tests.clinic.conftest import Cast
from tests.clinic.test_consents import SIGNED
from tests.clinic.world import make_world

from puncta.clinic.consent_texts import latest_text
from puncta.clinic.models import Consent, ConsentText, Person, Visit
from puncta.messages import text

MARK = "Traducción aún no revisada por un profesional sanitario"


@pytest.fixture
def spanish(person: Person) -> Person:
    """Somebody who reads Spanish; the cast reads English."""
    person.language = "es"
    person.save()
    return person


def test_the_questionnaire_is_asked_in_the_language_of_who_answers(cast: Cast, spanish: Person) -> None:
    client = cast.client("nurse")
    address = client.post(f"/people/{spanish.key}/visits/new/").url
    page = client.get(address).content.decode()
    assert '<html lang="es">' in page
    for words in (text("questions.diabetes.text", "es"), "no sé", "Mejilla", MARK):
        assert words in page
    assert text("questions.diabetes.text") not in page
    visit = Visit.objects.get()
    wrong = client.post(address, {"version": visit.version})
    assert text("clinic.questionnaire.missing", "es") in wrong.content.decode()
    assert client.post(address, {**all_no(visit), "version": visit.version}).status_code == 302
    visit.refresh_from_db()
    assert visit.answers["diabetes"] == {"reply": "no"}
    # what the staff reads stays in theirs
    assert '<html lang="en">' in client.get(f"/people/{spanish.key}/screen/").content.decode()


def test_a_consent_is_read_and_signed_in_the_language_of_who_signs(cast: Cast, spanish: Person) -> None:
    client, address = cast.client("nurse"), f"/people/{spanish.key}/consents/treatment/"
    page = client.get(address).content.decode()
    assert text("clinic.consent_text.treatment", "es").split(". ")[0] in page
    assert page.count(MARK) > 1
    refused = client.post(address, SIGNED)
    assert text("clinic.consent.new_text", "es") in refused.content.decode()
    assert not Consent.objects.exists()
    client.post(address, {**SIGNED, "text_version": "es-1"})
    signed = Consent.objects.get()
    assert (signed.language, signed.text_version) == ("es", 1)
    assert signed.body == text("clinic.consent_text.treatment", "es")
    assert f'lang="es"><p>[{MARK}]' in client.get(f"/consents/{signed.key}/").content.decode()


def test_where_a_clinic_has_no_wording_in_a_language_its_english_one_is_read(cast: Cast, spanish: Person) -> None:
    ConsentText.objects.filter(language="es").delete()
    client = cast.client("owner")
    page = client.get(f"/people/{spanish.key}/consents/treatment/").content.decode()
    assert 'value="en-1"' in page
    form = client.get("/clinic/policy/").context
    given = {name: form["form"][name].value() for name in form["form"].fields}
    given = {name: value for name, value in given.items() if value is not None} | {"version": form["version"]}
    assert given["text_treatment_es"] == text("clinic.consent_text.treatment", "es")
    assert client.post("/clinic/policy/", {**given, "text_treatment_es": "Palabras nuestras."}).status_code == 302
    held = latest_text(cast.clinic, "treatment", "es")
    assert held is not None
    assert (held.body, held.version) == ("Palabras nuestras.", 1)
    english = latest_text(cast.clinic, "treatment", "en")
    assert english is not None
    assert english.version == 1


def test_the_diary_and_the_dates_are_written_in_the_language_of_who_takes_them_home(cast: Cast) -> None:
    ids = make_world(cast).ids
    Person.objects.filter(pk=ids["person"]).update(language="es")
    client = cast.client("nurse")
    for name in ("paper", "offline"):
        page = client.get(f"/sessions/{ids['signed']}/diary/{name}/").content.decode()
        assert 'lang="es"' in page
        for words in ("hinchazón", text("clinic.diary.call", "es"), MARK, text("clinic.page.notice", "es")):
            assert words in page, (name, words)
    page = client.get(f"/sessions/{ids['signed']}/diary/").content.decode()
    # the day is written by the person, the rest is read by the staff
    assert '<section class="panel" lang="es">' in page
    assert "hinchazón" in page
    assert text("clinic.diary.file_how") in page
    dates = client.get(f"/follow-ups/{ids['follow']}/ics/").content.decode()
    assert "SUMMARY:llamada C-0142" in dates


def test_without_a_language_on_record_the_readers_is_spoken(cast: Cast, person: Person) -> None:
    client, address = cast.client("nurse"), f"/people/{person.key}/consents/treatment/"
    assert '<html lang="en">' in client.get(address).content.decode()
    user = cast.users["nurse"]
    user.language = "es"
    user.save()
    assert '<html lang="es">' in client.get(address).content.decode()


def test_the_language_is_chosen_on_the_persons_form_and_no_other_one_is_taken(cast: Cast, person: Person) -> None:
    client = cast.client("assistant")
    given: dict[str, Any] = {"family_name": "Example", "born_on": "1992-03-14", "sex": "female", "version": "1"}
    refused = client.post(f"/people/{person.key}/edit/", {**given, "language": "xx"})
    assert "language" in refused.context["form"].errors
    client.post(f"/people/{person.key}/edit/", {**given, "language": "es"})
    person.refresh_from_db()
    assert person.language == "es"
