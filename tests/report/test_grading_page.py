"""The page for blinded grading tells neither order, name nor date, and its answers unblind with the seed."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from tests.cli.command import puncta

from puncta.errors import PunctaError
from puncta.imaging import CameraSettings, Photograph, showings
from puncta.imaging.backend import opencv
from puncta.report import write_grading

cv2 = opencv()


def _photo(name: str, level: int) -> Photograph:
    rgb = np.full((80, 90, 3), (level, 140, 110), np.uint8)
    return Photograph(f"/clinic/{name}.jpg", rgb, CameraSettings(camera="Maker Model", taken="2026-11-09 11:04:05"))


def test_the_page_tells_nothing_of_the_order(tmp_path: Path) -> None:
    pairs = [(_photo(f"ana{n}", 150 + n), _photo(f"ben{n}", 180 + n)) for n in range(8)]
    page = tmp_path / "grading.html"
    assert write_grading(iter(pairs), page, 5) == 10
    words = page.read_text()
    plain = re.sub(r"data:image/jpeg;base64,[^\"]*", "", words)
    for told in ("ana", "ben", "clinic/", "Maker", "2026", "later", "earlier", "before", "after"):
        assert told not in plain.split("<main")[1].split("<script")[0].lower()
    assert not re.search(r"(src|href)=[\"']?https?:", words)
    assert words.count("data:image/jpeg") == 20
    left = [cv2.imdecode(_bytes(source), cv2.IMREAD_COLOR)[40, 40, 2] > 170 for source in _sources(words)[::2]]
    assert left == [one.later_is_left for one in showings(8, 5)]
    assert len(set(left)) == 2


def _sources(words: str) -> list[str]:
    return re.findall(r"data:image/jpeg;base64,([^\"]*)", words)


def _bytes(source: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(source), np.uint8)


def test_no_pair_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PunctaError, match="no pair"):
        write_grading([], tmp_path / "grading.html", 0)
    assert not list(tmp_path.iterdir())


def test_the_command_goes_on_past_a_bad_picture(tmp_path: Path) -> None:
    for side, level in (("before", 150), ("after", 180)):
        (tmp_path / side).mkdir()
        for name in ("a", "b"):
            cv2.imwrite(str(tmp_path / side / f"{name}.png"), np.full((80, 90, 3), (110, 140, level), np.uint8))
        (tmp_path / side / "c.png").write_bytes(b"no picture")
    folders = (str(tmp_path / "before"), str(tmp_path / "after"))
    ran = puncta("photo", "blind", *folders, str(tmp_path / "page.html"), "--seed", "7")
    assert ran.code == 2
    assert ran.err.count("not a picture") == 1
    assert "2 pairs, 3 showings" in ran.out
    (tmp_path / "answers.json").write_text(json.dumps({"1": "left", "2": "same", "3": "right"}))
    ran = puncta("photo", "grade", "2", "--seed", "7", "--answers", str(tmp_path / "answers.json"), "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["repeats"] == 1


def test_the_page_is_not_written_over_a_folder(tmp_path: Path) -> None:
    for side in ("before", "after"):
        (tmp_path / side).mkdir()
    assert puncta("photo", "blind", str(tmp_path / "before"), str(tmp_path / "after"), str(tmp_path)).code == 2
