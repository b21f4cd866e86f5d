"""The clinic's network: its own authority, HTTPS, a way in for tablets, and nobody locked out by a setting."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from tests.clinic.browser import chromium, needs_browser, picture
from tests.clinic.conftest import Cast

from puncta import PunctaError
from puncta.clinic import authority as authority_module
from puncta.clinic.authority import authority, authority_mark, certificate
from puncta.clinic.folder import clinic_folder
from puncta.clinic.network import network, own_addresses, own_name
from puncta.clinic.welcome import welcome

PASSWORD = "a long phrase of tests"


def test_https_without_a_certificate_or_a_proxy_is_refused_in_words(clinic_place: Path) -> None:
    place = clinic_folder()
    with pytest.raises(PunctaError, match="nobody could log in"):
        network({"https": True}, place, lan=False)
    with pytest.raises(PunctaError, match="only one of"):
        network({"certificate": "a.crt"}, place, lan=False)
    with pytest.raises(PunctaError, match="does not exist"):
        network({"certificate": "a.crt", "private_key": "a.key"}, place, lan=False)
    with pytest.raises(PunctaError, match="Use one of them"):
        network({"proxy": True}, place, lan=True)
    assert network({"https": True, "proxy": True}, place, lan=False).https
    assert network({"https": True}, place, lan=True).name.endswith(".local")
    assert not network({}, place, lan=False).https


def test_the_start_refuses_such_settings_before_it_opens(clinic_place: Path) -> None:
    clinic_folder().settings_file.write_text("https = true\n")
    run = [str(Path(sys.executable).parent / "puncta"), "clinic", "--no-browser", "--folder", str(clinic_folder().root)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "nobody could log in" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_where_https_is_set_a_page_without_it_says_so(cast: Cast, settings: Any) -> None:
    settings.HTTPS = True
    answer = Client().get("/account/login/")
    assert answer.status_code == 403
    assert "Only over HTTPS" in answer.content.decode()
    assert Client().get("/account/login/", secure=True).status_code == 200


def test_hsts_is_kept_off_the_names_that_other_programs_share(cast: Cast, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 1000
    settings.ALLOWED_HOSTS = ["desk.local", "localhost"]
    inside, outside = (Client(headers={"host": host}) for host in ("localhost:8765", "desk.local:8765"))
    assert "Strict-Transport-Security" not in inside.get("/account/login/", secure=True).headers
    assert outside.get("/account/login/", secure=True)["Strict-Transport-Security"] == "max-age=1000"


def test_the_authority_vouches_for_private_names_alone_and_its_key_lies_sealed(clinic_place: Path) -> None:
    place = clinic_folder()
    made, key = authority(place)
    again, same = authority(place)
    assert made == again
    assert key.private_numbers() == same.private_numbers()
    allowed = made.extensions.get_extension_for_class(x509.NameConstraints)
    assert allowed.critical
    assert allowed.value.permitted_subtrees is not None
    names = [one.value for one in allowed.value.permitted_subtrees if isinstance(one, x509.DNSName)]
    assert names == ["local", "localhost"]
    assert b"PRIVATE" not in (place.authority / "authority.sealed").read_bytes()
    assert place.root not in place.authority.parents
    for file in place.authority.iterdir():
        assert file.stat().st_mode & 0o077 == 0


def test_a_certificate_is_made_anew_where_the_computer_moved_or_time_ran_out(
    clinic_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = clinic_folder()
    shown, hidden = certificate(place, "desk.local", ("192.168.1.5",))
    first = shown.read_bytes()
    assert certificate(place, "desk.local", ("192.168.1.5",))[0].read_bytes() == first
    assert hidden.stat().st_mode & 0o077 == 0
    second = certificate(place, "desk.local", ("192.168.1.6",))[0].read_bytes()
    assert second != first
    monkeypatch.setattr(authority_module, "_RENEW_DAYS", 398)
    assert certificate(place, "desk.local", ("192.168.1.6",))[0].read_bytes() != second
    assert len(authority_mark(place).split()) == 16


def test_names_and_addresses_are_those_of_a_private_network() -> None:
    assert own_name("Front Desk.local") == "front-desk.local"
    assert own_name("Ñ") == "clinic.local"
    for one in own_addresses():
        assert socket.gethostname()
        assert not one.startswith("127.")


def test_the_page_before_trust_gives_the_certificate_and_nothing_of_the_clinic(cast: Cast) -> None:
    said: list[Any] = []
    ask = welcome("desk.local", 8765)

    def get(path: str, method: str = "GET") -> bytes:
        environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "HTTP_ACCEPT_LANGUAGE": "fr"}
        return b"".join(ask(environ, lambda status, head: said.append((status, dict(head)))))

    page = get("/").decode()
    assert "https://desk.local:8765/" in page
    assert "Harbour" not in page
    assert x509.load_der_x509_certificate(get("/clinic.crt")) == authority(clinic_folder())[0]
    get("/people/")
    get("/", "POST")
    assert [status[:3] for status, _ in said] == ["200", "200", "404", "405"]
    assert "unsafe" not in said[0][1]["Content-Security-Policy"]


def test_the_tablets_page_says_how_to_let_the_network_in(cast: Cast, settings: Any) -> None:
    assert "puncta clinic --lan" in cast.client("owner").get("/clinic/tablets/").content.decode()
    settings.NETWORK = network({"lan_name": "desk"}, clinic_folder(), lan=True)
    page = cast.client("owner").get("/clinic/tablets/").content.decode()
    assert "https://desk.local:80/" in page
    assert authority_mark(clinic_folder()) in page


@dataclass
class Served:
    """A clinic that is open to its network."""

    port: int
    folder: Path
    said: str

    @property
    def trusted(self) -> ssl.SSLContext:
        """What a tablet trusts that took the certificate in."""
        context = ssl.create_default_context(cafile=str(self.folder.with_suffix(".network") / "authority.crt"))
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        return context


def _two_ports() -> int:
    for port in range(20000 + os.getpid() % 20000, 60000, 7):
        with socket.socket() as one, socket.socket() as two:
            try:
                one.bind(("0.0.0.0", port))
                two.bind(("0.0.0.0", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")


@contextmanager
def _serving(folder: Path) -> Iterator[Served]:
    port = _two_ports()
    folder.mkdir(parents=True)
    (folder / "clinic.toml").write_text('lan_name = "desk"\n')
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PUNCTA_", "DJANGO_"))}
    environ |= {"PUNCTA_CLINIC_NAME": "Desk", "PUNCTA_CLINIC_USER": "owner", "PUNCTA_CLINIC_PASSWORD": PASSWORD}
    run = [str(Path(sys.executable).parent / "puncta"), "clinic", "--lan", "--no-browser", "--port", str(port)]
    run += ["--folder", str(folder), "--key-file", str(folder.with_suffix(".key"))]
    told = folder.parent / "said"
    with told.open("w+") as heard, subprocess.Popen(run, stdout=heard, stderr=heard, env=environ) as server:
        try:
            for _ in range(600):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert server.poll() is None, told.read_text()
                time.sleep(0.1)
            yield Served(port, folder, told.read_text())
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for the tests below."""
    with _serving(tmp_path_factory.mktemp("lan") / "desk") as one:
        yield one


def test_the_network_is_served_with_https_that_the_authority_vouches_for(served: Served) -> None:
    assert f"https://desk.local:{served.port}/" in served.said
    address = f"https://localhost:{served.port}/account/login/"
    with urllib.request.urlopen(address, context=served.trusted) as answer:
        assert answer.status == 200
        assert "Server" not in answer.headers or "cheroot" not in answer.headers["Server"].casefold()
        cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-clinic")
    assert "Secure" in cookie
    with pytest.raises(urllib.error.URLError, match="certificate verify failed"):
        urllib.request.urlopen(address)
    with urllib.request.urlopen(f"http://localhost:{served.port + 1}/clinic.crt") as answer:
        assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"


def test_nothing_old_and_nothing_open_is_spoken_on_that_port(served: Served) -> None:
    with pytest.raises((urllib.error.URLError, OSError)):
        urllib.request.urlopen(f"http://localhost:{served.port}/account/login/")
    plug = socket.create_connection(("localhost", served.port))
    with served.trusted.wrap_socket(plug, server_hostname="localhost") as spoken:
        assert spoken.version() == "TLSv1.3"
    older = served.trusted
    older.maximum_version = ssl.TLSVersion.TLSv1_2
    older.set_ciphers("AES128-SHA:AES256-SHA256:AES128-GCM-SHA256:@SECLEVEL=0")
    with socket.create_connection(("localhost", served.port)) as plug, pytest.raises(ssl.SSLError):
        older.wrap_socket(plug, server_hostname="localhost")


def _key_mark(folder: Path) -> str:
    held = x509.load_pem_x509_certificate((folder.with_suffix(".network") / "host.crt").read_bytes())
    public = held.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b64encode(sha256(public).digest()).decode()


@needs_browser
@pytest.mark.browser
@pytest.mark.slow
def test_a_passkey_is_added_and_logs_in_without_a_password(served: Served) -> None:
    from playwright.sync_api import sync_playwright

    trusting = f"--ignore-certificate-errors-spki-list={_key_mark(served.folder)}"
    finding = "--host-resolver-rules=MAP desk.local 127.0.0.1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", trusting, finding])
        said: list[str] = []
        context = browser.new_context(base_url=f"https://desk.local:{served.port}")
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if "Policy" in message.text else None)
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.goto("/account/login/")
        page.fill("#id_login", "owner")
        page.fill("#id_password", PASSWORD)
        page.click("button.main")
        page.wait_for_selector("a[href='/stock/']")
        page.goto("/account/2fa/webauthn/add/")
        page.fill("#id_password", PASSWORD)
        page.click("button.main")
        page.check("#id_passwordless")
        page.click("#mfa_webauthn_add")
        page.wait_for_url("**/2fa/recovery-codes/**")
        context.clear_cookies()
        page.goto("/account/login/")
        page.click("#passkey_login")
        page.wait_for_url(f"https://desk.local:{served.port}/")
        assert page.text_content("h1") == "Today"
        _turned_back_by_passkey(page)
        page.goto("/clinic/tablets/")
        assert page.locator("svg.qr").count() == 2
        picture(page, "tablets")
        page.goto(f"http://127.0.0.1:{served.port + 1}/")
        picture(page, "welcome")
        assert page.locator("a[href='/clinic.crt']").count() == 1
        browser.close()
        assert not said


def _turned_back_by_passkey(page: Any) -> None:
    """The tablet turned to a person shows their page alone until the passkey is given."""
    page.goto("/people/new/")
    for name, value in {"family_name": "Example", "born_on": "1990-05-01"}.items():
        page.fill(f"#id_{name}", value)
    page.click("button.main")
    page.wait_for_url("**/people/*-*/**")
    record = re.search(r"/people/[0-9a-f-]{36}/", page.url)
    assert record is not None
    token = page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value")
    page.evaluate(
        """([path, token]) => { const form = document.createElement('form'); form.method = 'post'; form.action = path;
        const field = document.createElement('input'); field.name = 'csrfmiddlewaretoken'; field.value = token;
        form.append(field); document.body.append(form); form.submit() }""",
        [f"{record[0]}turn/", token],
    )
    page.wait_for_url(f"**{record[0]}turned/")
    page.goto("/people/")
    assert page.url.endswith(f"{record[0]}turned/")
    page.click("a[href='/turned/back/']")
    page.wait_for_url("**/account/**")
    page.click("a[href^='/account/2fa/webauthn/reauthenticate/']")
    picture(page, "turned-passkey")
    # the question alone opens nothing
    page.goto("/people/")
    assert page.url.endswith(f"{record[0]}turned/")
    page.click("a[href='/turned/back/']")
    page.click("a[href^='/account/2fa/webauthn/reauthenticate/']")
    page.click("#mfa_webauthn_reauthenticate")
    page.wait_for_url(f"**{record[0]}progress/")
    page.goto("/people/")
    assert page.url.endswith("/people/")
