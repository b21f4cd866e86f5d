"""What is kept: found again while files are the same, made anew where they are not, never believed when torn."""

import os
import stat
from pathlib import Path

import pytest

from puncta.kept import folder, kept, read, toml_tables, write


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own for what is kept."""
    monkeypatch.setenv("PUNCTA_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_what_was_made_is_found_again_until_a_file_changes(place: Path, tmp_path: Path) -> None:
    file, made = tmp_path / "a.toml", []

    def make() -> int:
        made.append(1)
        return len(made)

    file.write_text("a = 1")
    assert [kept("x", [file], make) for _ in range(3)] == [1, 1, 1]
    then = file.stat()
    file.write_text("a = 2")
    os.utime(file, ns=(then.st_atime_ns, then.st_mtime_ns))  # as an installer may leave it
    assert kept("x", [file], make) == 2
    assert kept("y", [file], make) == 3


def test_what_is_torn_is_taken_away_and_made_anew(place: Path) -> None:
    write("x", b"whole")
    assert read("x") == b"whole"
    (place / "x").write_bytes((place / "x").read_bytes()[:-2])
    assert read("x") is None
    assert not (place / "x").exists()
    assert kept("x", [], lambda: 7) == 7


def test_what_is_no_pickle_is_made_anew(place: Path) -> None:
    kept("x", [], lambda: 1)
    whole = read("x")
    assert whole is not None
    write("x", whole[:32] + b"nothing")
    assert kept("x", [], lambda: 2) == 2


def test_a_folder_that_others_may_write_to_keeps_nothing(place: Path) -> None:
    write("x", b"mine")
    place.chmod(stat.S_IRWXU | stat.S_IRWXO)
    assert folder() is None
    assert read("x") is None
    assert kept("x", [], lambda: 3) == 3


def test_without_a_folder_everything_still_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("PUNCTA_CACHE", str(blocked / "under"))
    assert folder() is None
    assert kept("x", [], lambda: 4) == 4


def test_nothing_half_written_is_left_behind(place: Path) -> None:
    for number in range(5):
        write("x", str(number).encode())
    assert sorted(file.name for file in place.iterdir()) == ["x"]
    assert place.stat().st_mode & stat.S_IRWXO == 0


def test_tables_of_a_folder_follow_its_files(place: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    (root / "inner").mkdir(parents=True)
    (root / "inner" / "b.toml").write_text("b = 2")
    (root / "a.toml").write_text("a = 1")
    assert toml_tables(root) == {"a.toml": {"a": 1}, "inner/b.toml": {"b": 2}}
    (root / "inner" / "b.toml").unlink()
    assert toml_tables(root) == {"a.toml": {"a": 1}}
