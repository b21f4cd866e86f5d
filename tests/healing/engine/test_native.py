"""The kept objects: torn, stale, read-only or raced for, the answer is right every time; without llvmlite too."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.healing.engine import follows

from puncta import compiler, kept
from puncta.healing.engine import SlowEngineWarning, native, run
from puncta.healing.engine.model import Model

pytestmark = pytest.mark.skipif(not compiler.available(), reason="llvmlite is not here")
COURSE = follows.course(4)
ROOT = Path(__file__).parents[3]
SCRIPT = """
from tests.healing.engine import follows
from puncta.healing.engine import run
print(run(follows.MODEL, follows.course(4), tolerance=1e-3).rows.sum().hex())
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of kept objects, and a process that has compiled nothing."""
    path = tmp_path / "objects"
    monkeypatch.setenv("PUNCTA_CACHE", str(path))
    monkeypatch.setattr(native, "_COMPILED", {})
    return path


def _answer() -> str:
    native._COMPILED.clear()
    return run(follows.MODEL, COURSE, tolerance=1e-3).rows.sum().hex()


RIGHT = run(follows.MODEL, COURSE, tolerance=1e-3).rows.sum().hex()


def test_an_object_is_kept_and_used_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _answer() == RIGHT
    assert len(list(place.glob("*.o"))) == 1
    monkeypatch.setattr(native, "_build", None)
    assert _answer() == RIGHT


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"not an object", None], ids=["empty", "headless", "other", "torn"])
def test_a_damaged_object_is_taken_away_and_made_anew(place: Path, damage: bytes | None) -> None:
    _answer()
    (file,) = place.glob("*.o")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert _answer() == RIGHT
    assert file.read_bytes().partition(b"\n")[2] == whole.partition(b"\n")[2]


def test_a_changed_model_or_engine_is_another_object(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = native._key(follows.MODEL, 4, "double")
    keys = {usual, native._key(follows.MODEL, 8, "single"), native._key(follows.MODEL, 8, "double")}
    changed = Model(**{**follows.MODEL.__dict__, "scale": {}})
    assert len(keys | {native._key(changed, 4, "double")}) == 4
    (tmp_path / "engine").mkdir()
    monkeypatch.setattr(native, "_HERE", tmp_path / "engine")
    assert native._key(follows.MODEL, 4, "double") != usual


def test_an_object_under_the_wrong_name_is_not_used(place: Path) -> None:
    """An object of other text in the place of this one, as a copied folder may hold."""
    _answer()
    (file,) = place.glob("*.o")
    whole = kept.read(file.name)
    assert whole is not None
    kept.write(file.name, whole.replace(file.stem.encode(), b"0" * 64, 1))
    assert _answer() == RIGHT


def test_a_folder_that_cannot_be_written_or_is_open_to_others_is_left_alone(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PUNCTA_CACHE", str(tmp_path / "file" / "below"))
    assert kept.folder() is None
    assert _answer() == RIGHT
    place.mkdir(mode=0o777)
    place.chmod(0o777)
    monkeypatch.setenv("PUNCTA_CACHE", str(place))
    assert kept.folder() is None
    assert _answer() == RIGHT
    assert not list(place.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="rights of folders differ")
def test_a_write_that_fails_leaves_nothing_behind(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError("full")

    monkeypatch.setattr(Path, "replace", refuse)
    assert _answer() == RIGHT
    assert not list(place.iterdir())


def test_processes_that_race_for_an_object_all_have_it(place: Path) -> None:
    def other(_: int) -> str:
        environment = {**os.environ, "PUNCTA_CACHE": str(place)}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
        )
        return done.stdout.strip()

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(other, range(3))) == {RIGHT}
    assert len(list(place.iterdir())) == 1


def test_a_model_that_remembers_something_is_refused(place: Path) -> None:
    rate = 2.0

    def react(u: Any, p: Any) -> tuple:
        return (-rate * u[0],)

    with pytest.raises(ValueError, match="module level"):
        run(Model("closure", ("A",), react), COURSE, tolerance=1e-3)


def test_without_llvmlite_the_figures_are_the_same_and_slowness_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "binding", lambda: None)
    with pytest.warns(SlowEngineWarning, match="slowly"):
        slow = run(follows.MODEL, COURSE, tolerance=1e-3)
    assert slow.rows.sum().hex() == RIGHT
    assert np.isfinite(slow.rows).all()
