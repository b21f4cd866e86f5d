"""The command line and the page: complete, offline, with one message for what is refused."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.imaging.people import patch, square

from puncta.cli.app import main
from puncta.imaging.backend import opencv

cv2 = opencv()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.asarray(patch(seed=3).rgb)[..., ::-1])
    (tmp_path / "zones.json").write_text(json.dumps({"scar": square(60, 340)}))
    return tmp_path


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["puncta", "photo", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_measure_prints_json(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = ("--zones", folder / "zones.json", "--ruler", "100,10", "--no-chart")
    assert _run(monkeypatch, "measure", folder / "a.png", *drawn, "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["zones"]["scar"]["area_cm2"] > 5
    assert _run(monkeypatch, "measure", folder / "a.png", *drawn) == 0
    assert "not a medical device" in capsys.readouterr().out


def test_compare_writes_a_page_that_needs_no_network(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = ("--zones", folder / "zones.json", "--ruler", "100,10", "--no-chart")
    page = folder / "page.html"
    assert _run(monkeypatch, "compare", folder / "a.png", folder / "b.png", *drawn, "--report", page) == 0
    capsys.readouterr()
    words = page.read_text()
    assert not re.search(r"(src|href)=[\"']?https?:", words)
    assert "provisional, simulated error" in words
    assert "not a medical device" in words
    assert words.count("data:image/jpeg") >= 4
    assert str(folder) not in words


def test_folders_are_compared_in_batch(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = folder / "before", folder / "after"
    for place in (first, second):
        place.mkdir()
        (folder / "a.png").replace(place / "one.png") if place == first else (folder / "b.png").replace(
            place / "one.png"
        )
    (first / "two.png").write_bytes(b"no picture")
    (second / "two.png").write_bytes(b"no picture")
    drawn = ("--zones", folder / "zones.json", "--ruler", "100,10", "--no-chart")
    (first / "alone.png").write_bytes(b"no picture")
    report = folder / "pages"
    assert _run(monkeypatch, "compare", first, second, *drawn, "--json", "--report", report) == 2
    records = json.loads(capsys.readouterr().out)
    assert len(records) == 3
    refused = [record["refused"] for record in records if "refused" in record]
    assert sorted(bool(re.search("not a picture", words)) for words in refused) == [False, True]
    assert any("no photograph of this name" in words for words in refused)
    assert [page.name for page in report.iterdir()] == ["one.html"]
    assert _run(monkeypatch, "compare", first, second, *drawn) == 2
    said = capsys.readouterr()
    assert said.err.count("two.png: this is not a picture") == 1
    assert "not a picture" not in said.out
    assert "2 of 3 refused" in said.err


def test_an_empty_folder_and_no_folder_are_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "none").mkdir()
    for command, place, words in (
        ("measure", "none", "no photograph is in this folder"),
        ("calibrate", "none", "no folder with photographs"),
        ("calibrate", "missing", "no such folder"),
        ("calibrate", "a.png", "this is a file"),
    ):
        assert _run(monkeypatch, command, folder / place) == 2
        assert words in capsys.readouterr().err


def test_a_photograph_is_never_written_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = (folder / "a.png").read_bytes()
    drawn = ("--zones", folder / "zones.json", "--ruler", "100,10", "--no-chart")
    pair = ("compare", folder / "a.png", folder / "b.png", *drawn)
    assert _run(monkeypatch, "dicom", folder / "a.png", folder / "a.png") == 2
    assert "would be lost" in capsys.readouterr().err
    assert _run(monkeypatch, *pair, "--report", folder / "a.png") == 2
    assert _run(monkeypatch, *pair, "--report", folder) == 2
    assert _run(monkeypatch, *pair, "--report", folder / "nowhere" / "page.html") == 2
    assert "there is no folder" in capsys.readouterr().err
    assert _run(monkeypatch, "compare", folder / "a.png", folder / "a.png", *drawn) == 2
    assert "the same as the earlier one" in capsys.readouterr().err
    assert (folder / "a.png").read_bytes() == kept


def test_all_that_is_wrong_with_the_options_is_said_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "twice.json").write_text('{"a": [[1, 1], [9, 1], [9, 9]], "a": []}')
    wrong = ("--ruler", "0,ten", "--grey", "1", "--make-up", "some", "--days-since-session", "nan", "--chart-mm", "4")
    drawn = ("--zones", folder / "twice.json", "--lesions", folder / "none.json")
    assert _run(monkeypatch, "measure", folder / "a.png", *wrong, *drawn, "--json") == 2
    said = capsys.readouterr()
    assert "7 problem(s)" in said.err
    for words in ("two numbers", "four numbers", "none or both", "0 or more", "--scale-from chart", "one name stands"):
        assert words in said.err
    assert said.out == ""


def test_a_bad_file_ends_with_one_message(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = folder / "bad.jpg"
    bad.write_bytes(b"\xff\xd8\xff")
    assert _run(monkeypatch, "measure", bad) == 2
    said = capsys.readouterr().err
    assert "cut off" in said
    assert "Traceback" not in said
    assert _run(monkeypatch, "measure", folder / "a.png", "--ruler", "ten") == 2


def test_grading_is_ordered_and_unblinded(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "grade", 6, "--seed", 4) == 0
    order = json.loads(capsys.readouterr().out)["showings"]
    answers = {str(one["number"]): "left" if one["later_is_left"] else "right" for one in order}
    (folder / "answers.json").write_text(json.dumps(answers))
    assert _run(monkeypatch, "grade", 6, "--seed", 4, "--answers", folder / "answers.json", "--json") == 0
    assert json.loads(capsys.readouterr().out)["repeat_agreement"] == 1.0


def test_a_photograph_goes_out_as_dicom(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "dicom", folder / "a.png", folder / "a.dcm") == 0
    drawn = ("--zones", folder / "zones.json", "--ruler", "100,10", "--no-chart")
    assert _run(monkeypatch, "measure", folder / "a.dcm", *drawn, "--json") == 0
    assert "scar" in capsys.readouterr().out


def test_lesions_a_grey_card_and_what_was_worn_are_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "lesions.json").write_text(json.dumps({"mole": square(180, 220)}))
    drawn = ("--zones", folder / "zones.json", "--ruler", "100,10", "--lesions", folder / "lesions.json", "--no-chart")
    assert _run(monkeypatch, "measure", folder / "a.png", *drawn, "--grey", "10,10,30,30", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["photograph"]["grey_card"] is True
    assert set(record["lesions"]) == {"mole"}
    assert _run(monkeypatch, "measure", folder / "a.png", *drawn) == 0
    assert "surround" in capsys.readouterr().out
    worn = ("--make-up", "before", "--shaved", "both")
    assert _run(monkeypatch, "compare", folder / "a.png", folder / "b.png", *drawn, *worn, "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["verdict"] == "refused"
    assert record["before"]["declared"]["make_up"] is True
    assert record["after"]["declared"]["make_up"] is False


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--grey", "1,2,3"), "four numbers"),
        (("--grey", "390,390,30,30"), "outside the picture"),
        (("--make-up", "some"), "none or both"),
        (("--scale-from", "nose"), "eyes, iris"),
        (("--scale-from", "eyes"), "no face is looked for"),
        (("--scale-from", "chart", "--chart-mm", "100", "--no-chart"), "leave --no-chart out"),
        (("--days-since-session", "-5"), "0 or more"),
        (("--scale-from", "chart"), "width in millimetres"),
        (("--scale-from", "chart", "--chart-mm", "100"), "no colour chart"),
    ],
)
def test_a_wrong_option_ends_with_one_message(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    said: str,
) -> None:
    ruler = () if "--scale-from" in options else ("--ruler", "100,10")
    assert _run(monkeypatch, "measure", folder / "a.png", "--zones", folder / "zones.json", *ruler, *options) == 2
    assert said in " ".join(capsys.readouterr().err.split())
