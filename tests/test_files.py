"""Files are read whole within a limit and written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from puncta.errors import InputError
from puncta.files import LARGEST_BYTES, check_folder, read_text, write_atomically


def why(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    assert problem.allowed and problem.why and problem.do
    return f"{problem.given}; {problem.do}"


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "melasma.toml").write_text("x = 1")
    assert "melasma.toml" in why(tmp_path / "melsma.toml")


def test_what_is_not_a_text_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    assert "folder" in why(tmp_path)
    for data, words in (
        (b"", "nothing is written"),
        (b" \n\t\n", "nothing is written"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"title = '\xe9t\xe9'", "not UTF-8"),
        ("x = 1".encode("utf-16"), "not UTF-8"),
        (b"#" * (LARGEST_BYTES + 1), "more than 1000 kB"),
    ):
        file.write_bytes(data)
        assert words in why(file)


def test_a_path_that_cannot_be_is_refused() -> None:
    assert why(Path("x\0y")) and why(Path("a" * 5000)) and why(Path("/dev/null/case.toml"))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_text("x = 1")
    file.chmod(0)
    assert "may not be read" in why(file)


def test_a_byte_order_mark_and_windows_line_ends_are_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    file.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    assert read_text(file) == "a = 1\nb = 2\n"


def test_what_is_written_is_there_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    write_atomically(file, "µ")
    write_atomically(file, b"second")
    assert file.read_bytes() == b"second"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.html"]


def test_a_written_file_may_be_read_as_any_new_file_may(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "x")
    (tmp_path / "b").write_text("x")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "b")}
    assert len(modes) == 1


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_atomically(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text() == "new"


def test_a_failed_writing_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "plan.html"
    file.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="no space left"):
        write_atomically(file, "new")
    assert file.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.html"]


@pytest.mark.parametrize("name", ["", "missing/plan.html", "x" * 300, "a\0b"])
def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        write_atomically(tmp_path / name, "x")


def test_a_folder_is_looked_at_without_being_made(tmp_path: Path) -> None:
    check_folder(tmp_path / "new" / "folder")
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").write_text("in the way")
    for place in (tmp_path / "file", tmp_path / "file" / "sub", tmp_path / ("x" * 300)):
        with pytest.raises(InputError, match="no file can be written"):
            check_folder(place)
