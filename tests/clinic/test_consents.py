"""Consents: frozen with the signature, each apart, withdrawn with effect."""

from __future__ import annotations

from tests.clinic.conftest import Cast

from puncta.clinic.models import Consent, ConsentText, Person

SIGNED = {
    "signed_name": "Ana Example",
    "strokes": "[[[10,20],[30,40],[50,60]]]",
    "text_version": "en-1",
    "discussed": "scars",
}


def test_what_was_signed_stays_as_it_was_when_the_wording_changes(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    client.post(f"/people/{person.key}/consents/treatment/", SIGNED)
    consent = Consent.objects.get()
    before = consent.body
    ConsentText.objects.create(clinic=cast.clinic, kind="treatment", version=2, body="New words.")
    page = client.get(f"/consents/{consent.key}/").content.decode()
    assert before[:40] in page
    assert "M10,20 L30,40 L50,60" in page
    assert "New words." in client.get(f"/people/{person.key}/consents/treatment/").content.decode()


def test_a_wording_that_changed_meanwhile_is_read_again_before_it_is_signed(cast: Cast, person: Person) -> None:
    ConsentText.objects.create(clinic=cast.clinic, kind="treatment", version=2, body="New words.")
    page = cast.client("nurse").post(f"/people/{person.key}/consents/treatment/", SIGNED)
    assert "new wording" in page.content.decode()
    assert not Consent.objects.exists()


def test_an_empty_field_is_no_signature_but_a_typed_name_may_stand_for_it(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    for strokes in ("", "[]", "nonsense", '[[["a", 1]]]', "[[[1,1]]]", "[[[-5,900],[1,1],[2,2]]]"):
        client.post(f"/people/{person.key}/consents/photographs/", {**SIGNED, "strokes": strokes})
    assert not Consent.objects.exists()
    client.post(f"/people/{person.key}/consents/photographs/", {**SIGNED, "strokes": "", "typed": "on"})
    assert Consent.objects.get().kind == "photographs"


def test_a_withdrawal_is_added_and_the_signature_stays(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    client.post(f"/people/{person.key}/consents/marketing/", SIGNED)
    consent = Consent.objects.get()
    client.post(f"/consents/{consent.key}/withdraw/", {"reason": "changed my mind", "version": "1"})
    consent.refresh_from_db()
    assert not consent.stands
    assert consent.strokes
    assert "withdrawn" in client.get(f"/people/{person.key}/").content.decode()
