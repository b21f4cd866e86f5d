"""How often a true change is found on a tone: too seldom, or not known, is said wherever a pair is shown."""

import json

import pytest
from tests.imaging.people import patch, square

from puncta.cli.photo_shown import show_compared
from puncta.imaging import (
    Comparison,
    Declared,
    Errors,
    Photograph,
    Scale,
    SkinPatch,
    compare_photographs,
    comparison_record,
    contrasts,
    metrics,
    render,
    simulated_errors,
)
from puncta.imaging import detection as module
from puncta.imaging.change import Change
from puncta.imaging.curve import levels
from puncta.imaging.detection import Detection, Tried, checked, detection
from puncta.imaging.errors import retakes
from puncta.imaging.record import change_verdict
from puncta.report.photographs import comparison_page

CHART = simulated_errors(True)
RULER, ZONE = Scale(0.1, "ruler", 0.01), {"a": square(60, 340)}
LIGHT = Tried(24, 24, 12, 0)
ALL_MISSED = {name: {-50.0: LIGHT, 30.0: Tried(1, 10, 8, 0)} for name in metrics()}


def _said(here: Tried, errors: Errors = CHART, told: str = "spots") -> dict[str, str]:
    """Lines on a tone at -20 where light skin is found always."""
    row = {"spots": {60.0: LIGHT, -20.0: here}}
    return {line.kind: line.figures for line in detection(-25.0, errors, False, [told], row).lines}


def _pair(crossed: bool = False, errors: Errors | None = None) -> Comparison:
    rgb = levels(render(SkinPatch(30.0, size_mm=(40.0, 40.0), polarised=crossed), 4))
    photo = Photograph("patch", rgb, declared=Declared(polarised=crossed))
    return compare_photographs(photo, photo, polygons=ZONE, scale=RULER, chart=False, errors=errors)


@pytest.mark.parametrize(
    ("here", "kind", "words"),
    [
        (Tried(24, 24, 12, 0), "", ""),
        (Tried(17, 24, 12, 0), "unsure", "Spots 17 of 24 (people: 12)"),
        (Tried(23, 24, 12, 2), "", ""),
        (Tried(15, 24, 12, 3), "missed", "Spots 15 of 24 (people: 12, refused: 3, best: 24 of 24 at 60°)"),
        (Tried(0, 4, 3, 0), "missed", "Spots 0 of 4 (people: 3, best: 24 of 24 at 60°)"),
        (Tried(12, 12, 3, 0), "unsure", "Spots 12 of 12 (people: 3)"),
        (Tried(4, 4, 4, 0), "", ""),
        (Tried(0, 0, 0, 9), "refused", "Spots (refused: 9)"),
        (Tried(8, 8, 6, 7), "seldom", "Spots 8 of 8 (refused: 7)"),
        (Tried(0, 0, 0, 0), "untried", "Spots"),
    ],
)
def test_what_is_said_of_a_figure_follows_its_counts(here: Tried, kind: str, words: str) -> None:
    assert _said(here) == ({kind: words} if kind else {})


def test_the_best_tone_is_no_luck_with_one_person() -> None:
    row = {"spots": {60.0: Tried(3, 3, 1, 0), 30.0: Tried(44, 48, 12, 0), 0.0: Tried(20, 48, 12, 0)}}
    assert "44 of 48 at 30°" in detection(0.0, CHART, False, ["spots"], row).lines[0].figures


def test_the_nearest_tone_speaks_and_is_named() -> None:
    row = {"spots": {60.0: LIGHT, -20.0: Tried(2, 10, 5, 0)}}
    assert detection(25.0, CHART, False, ["spots"], row).lines == ()
    found = detection(15.0, CHART, False, ["spots"], row)
    assert "−20°" in found.about
    assert "15°" in found.about
    assert found.missed == {"spots"}


def test_a_figure_that_is_not_told_is_not_spoken_of() -> None:
    assert detection(30.0, CHART, False, [], ALL_MISSED).lines == ()
    assert detection(30.0, CHART, False, ["pores", "pores"], ALL_MISSED).missed == {"pores"}


def test_figures_that_are_found_are_told_apart_from_those_that_are_missed() -> None:
    row = {"spots": {60.0: LIGHT, 0.0: Tried(1, 9, 6, 0)}, "pores": {60.0: LIGHT, 0.0: LIGHT}}
    assert "other figures" in detection(0.0, CHART, False, ["spots", "pores"], row).read
    assert "other figures" not in detection(0.0, CHART, False, ["spots"], row).read


def test_what_was_not_tried_is_not_known() -> None:
    bare = _said(LIGHT, simulated_errors(False), "ita")
    assert set(bare) == {"bare"}
    assert _said(LIGHT, simulated_errors(False)) == {}
    assert _said(LIGHT, told="contrast_melanin") == {"untried": "lesions against their surround"}
    for kind, errors, crossed in (
        ("crossed", simulated_errors(True, True), True),
        ("clinic", Errors({"spots": 1.0}, 20.0, "clinic"), False),
    ):
        found = detection(30.0, errors, crossed, ["spots"])
        assert [line.kind for line in found.lines] == [kind]
        assert "may be a miss" in found.lines[0].words


def test_the_stored_check_is_read_and_every_figure_has_its_say_on_every_tone() -> None:
    table = checked()
    assert set(table) <= set(metrics())
    assert {tone for row in table.values() for tone in row} <= set(retakes()["tones"])
    for tone in retakes()["tones"]:
        found = detection(tone, CHART, False, [*metrics(), *contrasts()])
        assert found.tried == tone
        kinds = {name: line.kind for line in found.lines for name in line.counts}
        for name, row in table.items():
            here, best = row.get(tone, Tried(0, 0, 0, 0)), max(one.share for one in row.values())
            if here.told and best > 2.0 * here.share:
                assert kinds[name] in ("missed", "unsure"), (name, tone)
            if not here.told and here.refused:
                assert kinds[name] == "refused", (name, tone)
            if here.people == 1:
                assert name in kinds, (name, tone)


def test_it_stands_in_record_page_and_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "checked", lambda: ALL_MISSED)
    found = _pair()
    record = comparison_record(found)
    line = record["detection"]["lines"][0]
    assert line["kind"] == "missed"
    assert line["counts"]["spots"] == {"found": 1, "told": 10, "people": 8, "refused": 0}
    assert json.loads(json.dumps(record, allow_nan=False))["detection"] == record["detection"]
    page = comparison_page(found)
    show_compared(record, None)
    printed = " ".join(capsys.readouterr().out.split())
    for words in (line["words"], "Spots 1 of 10 (people: 8, best: 24 of 24 at −50°)", record["detection"]["read"]):
        assert words in page
        assert words in printed
    verdicts = {one["metric"]: one["verdict"] for one in record["changes"] if not one.get("refused")}
    assert "may be a miss" in verdicts["spots"]
    assert "may be a miss" not in verdicts["ita"]
    assert "on this tone it may be a miss" in page


@pytest.mark.parametrize(("crossed", "words"), [(True, "crossed polarisers"), (False, "simulated errors")])
def test_where_nothing_was_tried_the_page_says_so(crossed: bool, words: str) -> None:
    own = None if crossed else Errors(dict(CHART.sem), 20.0, "clinic")
    found = _pair(crossed, own)
    assert words in comparison_record(found)["detection"]["lines"][0]["words"]
    assert words in comparison_page(found)


def test_a_pair_of_which_nothing_is_told_says_nothing_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    photos = [
        Photograph(name, patch(30.0, 2).rgb, declared=Declared(polarised=crossed))
        for name, crossed in (("a", True), ("b", False))
    ]
    record = comparison_record(compare_photographs(*photos, polygons=ZONE, scale=RULER, chart=False))
    assert record["detection"] is None
    show_compared(record, None)
    assert "simulated people" not in capsys.readouterr().out


def test_only_a_change_that_was_not_found_may_be_a_miss() -> None:
    seen = detection(30.0, CHART, False, ["spots"], ALL_MISSED)
    none = Change("a", "spots", 1.0, 1.0, 0.0, 0.1, 0.3, 1.0, False, False, "")
    some = Change("a", "spots", 1.0, 2.0, 1.0, 0.1, 0.3, 0.0, True, True, "")
    assert "miss" in change_verdict(none, seen)
    assert "miss" not in change_verdict(none, None)
    assert "miss" not in change_verdict(none, Detection(30.0, 30.0, "", (), ""))
    assert "miss" not in change_verdict(some, seen)
