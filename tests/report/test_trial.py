"""The report of a virtual trial: complete, the same bytes twice, its pictures and its limits."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from puncta.messages import text
from puncta.report.trial import example_analysis, power_sizes, trial_page, write_trial_report
from puncta.trials import Power, TrialAnalysis, read_trial

CURVE = tuple(Power(n, 0.02 * n, 0.015 * n, 0.02, 0.02, 0.02 * n, 3.0, 4.0) for n in (10, 20, 40))


@pytest.fixture(scope="module")
def found() -> TrialAnalysis:
    return example_analysis()


def test_equal_analyses_give_equal_bytes(found: TrialAnalysis, tmp_path: Path) -> None:
    one, other = (write_trial_report(found, tmp_path / name, CURVE) for name in ("one", "other"))
    assert len(one.pictures) == 4
    for first, second in zip(
        (one.page, one.record, *one.pictures), (other.page, other.record, *other.pictures), strict=True
    ):
        assert first.read_bytes() == second.read_bytes()
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in one.pictures)


def test_the_page_says_what_it_found_and_what_it_cannot_say(found: TrialAnalysis, tmp_path: Path) -> None:
    page = write_trial_report(found, tmp_path, CURVE).page.read_text()
    for key in ("limits.trials", "limits.outcome", "limits.not_a_device"):
        assert text(key).replace("'", "&#39;") in page
    assert page.count('role="img"') == 4 and "virtual trials" in page
    assert "http://" not in page.replace("http://www.w3.org", "") and "<script" not in page


def test_the_drawings_are_whole(found: TrialAnalysis) -> None:
    from puncta.report.charts.trial import forest_chart, over_time_chart, power_chart, responder_chart

    for chart in (forest_chart(found), over_time_chart(found), responder_chart(found), power_chart(CURVE)):
        ElementTree.fromstring(chart.svg)
        assert chart.label and chart.inline().startswith("<svg")


def test_power_is_not_drawn_for_trials_of_thousands() -> None:
    from dataclasses import replace

    trial = read_trial("examples/trials/split_face.toml")
    assert power_sizes(replace(trial, people_count=10_000)) == ()
    assert trial_page(example_analysis(), [], ()).startswith("<!doctype html>")
