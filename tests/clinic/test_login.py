"""Accounts: passwords, second factors, log-ins that end, and what is written down of them."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from tests.clinic.conftest import Cast

from puncta.clinic import settings as own
from puncta.clinic.folder import clinic_folder
from puncta.clinic.models import AuditEntry, User
from puncta.clinic.network import network
from puncta.clinic.second import SealedFactors

RIGHT, NEW = "correct horse 9", "another long phrase 77"


@pytest.fixture(autouse=True)
def no_counts_left() -> None:
    """Counts of refused log-ins belong to one test."""
    cache.clear()


def log_in(client: Client, name: str = "nurse", password: str = RIGHT) -> object:
    return client.post("/account/login/", {"login": name, "password": password})


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("password", ["short 11 ch", "password1234", "a" * 129, "nurse nurse!"])
def test_a_short_a_common_an_endless_or_a_telling_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(username="nurse nurse!"))


@pytest.mark.parametrize("password", ["twelve signs", "ねこが窓辺で眠る午後三時半", "🐈" * 12, "x y  z " * 18])
def test_long_ones_spaces_and_any_sign_are_welcome(password: str) -> None:
    validate_password(password, User(username="nurse"))


def test_no_sign_of_a_long_password_is_cut_off(cast: Cast) -> None:
    user = cast.users["nurse"]
    user.set_password("b" * 127 + "c")
    assert user.check_password("b" * 127 + "c")
    assert not user.check_password("b" * 127 + "d")


def test_passwords_are_kept_as_argon2id_with_salt_and_memory_enough() -> None:
    assert own.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    hasher = Argon2PasswordHasher()
    first, second = (hasher.encode(RIGHT, hasher.salt()) for _ in range(2))
    assert first.startswith("argon2$argon2id$")
    assert first != second
    assert hasher.decode(first)["memory_cost"] >= 15 * 1024
    assert hasher.decode(first)["time_cost"] >= 2
    assert len(hasher.salt()) * 5 >= 32


def test_a_password_is_changed_only_with_the_old_one(cast: Cast) -> None:
    client = Client()
    log_in(client)
    given = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    client.post("/account/password/change/", given)
    assert User.objects.get(username="nurse").check_password(RIGHT)
    client.post("/account/password/change/", {**given, "oldpassword": RIGHT})
    assert User.objects.get(username="nurse").check_password(NEW)
    assert logged_in(client)


def test_a_changed_password_ends_the_log_ins_elsewhere(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    log_in(here)
    log_in(elsewhere)
    here.post("/account/password/change/", {"oldpassword": RIGHT, "password1": NEW, "password2": NEW})
    assert here.get("/people/").status_code == 200
    assert elsewhere.get("/people/").status_code == 302


def test_log_ins_are_listed_and_ended_elsewhere(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    log_in(elsewhere)
    log_in(here)
    assert here.get("/account/sessions/").content.decode().count("127.0.0.1") == 2
    here.post("/account/sessions/")
    assert here.get("/people/").status_code == 200
    assert elsewhere.get("/people/").status_code == 302


def test_a_log_in_gets_a_new_token_and_log_out_ends_it_for_good(cast: Cast) -> None:
    client = Client()
    client.get("/account/login/")
    log_in(client)
    token = client.cookies["clinic"].value
    assert len(token) >= 32
    client.post("/account/logout/")
    again = Client()
    again.cookies["clinic"] = token
    assert again.get("/people/").status_code == 302
    log_in(client)
    assert client.cookies["clinic"].value != token


def test_a_code_of_an_authenticator_app_is_asked_for_and_works_once(cast: Cast) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast.users["nurse"], secret)
    client, code = Client(), ""
    log_in(client)
    assert not logged_in(client)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert not logged_in(client)
    counter = int(time.time()) // 30
    code = f"{hotp_value(secret, counter):06d}"
    client.post("/account/2fa/authenticate/", {"code": code})
    assert logged_in(client)
    other = Client()
    log_in(other)
    other.post("/account/2fa/authenticate/", {"code": code})
    assert not logged_in(other)
    old = f"{hotp_value(secret, counter - 20):06d}"
    other.post("/account/2fa/authenticate/", {"code": old})
    assert not logged_in(other)


def test_a_recovery_code_works_once(cast: Cast) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    TOTP.activate(cast.users["nurse"], generate_totp_secret())
    codes = RecoveryCodes.activate(cast.users["nurse"]).get_unused_codes()
    first, second = Client(), Client()
    for client, into in ((first, True), (second, False)):
        log_in(client)
        client.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert logged_in(client) is into
    assert len(set(codes)) == len(codes)


def test_secrets_of_second_factors_lie_sealed_in_the_database(cast: Cast) -> None:
    secret = generate_totp_secret()
    TOTP.activate(cast.users["nurse"], secret)
    kept = str(Authenticator.objects.get().data)
    assert secret not in kept
    assert "sealed:" in kept
    assert SealedFactors().decrypt(secret) == secret


def test_what_happens_to_an_account_stands_in_the_audit_and_is_told_at_the_next_log_in(cast: Cast) -> None:
    client = Client()
    log_in(client, password="wrong")
    log_in(client)
    client.get("/")
    given = {"oldpassword": RIGHT, "password1": NEW, "password2": NEW}
    client.post("/account/password/change/", given)
    client.post("/account/logout/")
    done = list(AuditEntry.objects.filter(user=cast.users["nurse"]).values_list("action", flat=True))
    assert done == ["refused_login", "logged_in", "new_password", "logged_out"]
    log_in(client, password=NEW)
    told = client.get("/").content.decode()
    assert "password of this account was changed" in told
    assert "were refused" not in told


def test_refused_log_ins_are_told(cast: Cast) -> None:
    client = Client()
    for _ in range(3):
        log_in(client, password="wrong")
    log_in(client)
    assert "were refused since the last one: 3" in client.get("/").content.decode()


def test_the_log_names_the_account_by_number_and_never_what_was_typed(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("puncta.clinic"), "propagate", True)
    caplog.set_level(logging.INFO, "puncta.clinic")
    log_in(Client(), "my secret phrase", "wrong")
    log_in(Client(), "nurse", "wrong too")
    assert "no such account" in caplog.text
    assert f"account {cast.users['nurse'].pk}: refused_login" in caplog.text
    for typed in ("my secret phrase", "wrong", "nurse"):
        assert typed not in caplog.text.replace("refused_login", "")


def test_what_gives_much_away_asks_for_the_password_again(cast: Cast) -> None:
    client = Client()
    log_in(client, "owner")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 400}]
    session.save()
    for path in ("/clinic/keeping/", "/clinic/staff/new/"):
        assert client.get(path).url.startswith("/account/reauthenticate/?next=")
    assert client.post("/clinic/export/").url == "/account/reauthenticate/?next=%2Fclinic%2Fkeeping%2F"
    client.post("/account/reauthenticate/?next=/clinic/keeping/", {"password": RIGHT})
    assert client.get("/clinic/keeping/").status_code == 200


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "password/set/", "login/code/"])
def test_pages_that_need_mail_or_let_strangers_in_do_not_exist(path: str, cast: Cast) -> None:
    assert cast.client("owner").get(f"/account/{path}").status_code == 404


def test_a_password_that_the_owner_chose_is_replaced_before_anything_else(cast: Cast) -> None:
    given = {"username": "newcomer", "full_name": "New", "role": "nurse", "password": "given by the owner 1"}
    assert cast.client("owner").post("/clinic/staff/new/", given).url == "/clinic/"
    client = Client()
    log_in(client, "newcomer", "given by the owner 1")
    assert client.get("/people/").url == "/account/password/change/"
    assert "chosen by somebody else" in client.get("/account/password/change/").content.decode()
    client.post("/account/password/change/", {"oldpassword": given["password"], "password1": NEW, "password2": NEW})
    assert client.get("/people/").status_code == 200


def test_on_a_network_staff_export_and_erasure_need_a_second_factor(cast: Cast, settings: object) -> None:
    settings.NETWORK = network({}, clinic_folder(), lan=True)
    client = cast.client("owner")
    assert client.get("/clinic/staff/new/").url == "/account/2fa/"
    assert client.get("/people/").status_code == 200
    TOTP.activate(cast.users["owner"], generate_totp_secret())
    assert client.get("/clinic/staff/new/").status_code == 200


def test_an_owner_gives_a_new_password_where_the_old_one_is_lost(cast: Cast) -> None:
    nurse = cast.users["nurse"]
    member = nurse.memberships.get()
    version = cast.client("owner").get(f"/clinic/staff/{member.pk}/").context["version"]
    given = {"full_name": "Nurse", "role": "nurse", "password": NEW, "version": version}
    assert cast.client("owner").post(f"/clinic/staff/{member.pk}/", given).url == "/clinic/"
    assert User.objects.get(pk=nurse.pk).check_password(NEW)
    cast.client("owner").post(f"/clinic/staff/{member.pk}/", {**given, "password": ""})
    assert User.objects.get(pk=nurse.pk).check_password(NEW)


def test_the_log_in_page_lets_a_password_be_pasted_shown_and_filled_in(client: Client, db: None) -> None:
    page = client.get("/account/login/").content.decode()
    assert 'autocomplete="current-password"' in page
    assert "data-show=" in page
    scripts = (Path(own.__file__).parent / "static" / "clinic" / "clinic.js").read_text()
    assert "paste" not in scripts
