"""The evidence files load, and flaws in them are refused with the nearest name."""

import pytest

from puncta.errors import EvidenceError
from puncta.evidence import arm, arms, draw, nominal, parameter, parameters, source, trace
from puncta.evidence.parameter import Parameter
from puncta.needling import NeedlingParameters

GOOD = {
    "value": 1,
    "unit": "mm",
    "spread": {"fixed": True},
    "means": "x",
    "kind": "assumed",
    "source": "puncta_judgement",
}


def test_a_misspelt_parameter_names_the_nearest() -> None:
    with pytest.raises(EvidenceError, match=r"needling\.ratio_pen"):
        parameter("needling.ratio_pem")


def test_a_misspelt_source_names_the_nearest() -> None:
    with pytest.raises(EvidenceError, match="dogra_2014"):
        source("dogra_2015")


@pytest.mark.parametrize("missing", ["value", "unit", "spread", "means", "kind", "source"])
def test_a_parameter_without_any_of_its_parts_is_refused(missing: str) -> None:
    with pytest.raises(EvidenceError, match=missing):
        Parameter.read("key", {name: part for name, part in GOOD.items() if name != missing})


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(EvidenceError, match="guessed"):
        Parameter.read("key", {**GOOD, "kind": "guessed"})


def test_a_recalled_figure_enters_only_as_assumed() -> None:
    from puncta.evidence import sources

    recalled = {key for key, entry in sources().items() if entry.seen == "recalled"}
    for entry in parameters().values():
        if set(entry.sources) & recalled:
            assert entry.kind == "assumed", entry.key


def test_a_figure_that_rests_on_judgement_alone_is_assumed() -> None:
    for entry in parameters().values():
        if set(entry.sources) == {"puncta_judgement"}:
            assert entry.kind == "assumed", entry.key


def test_draws_are_the_same_for_the_same_seed_and_their_median_is_the_value() -> None:
    once, again = draw(NeedlingParameters, 4001, 3), draw(NeedlingParameters, 4001, 3)
    assert (once.ratio_pen == again.ratio_pen).all()
    middle = sorted(once.ratio_pen)[2000]
    assert middle == pytest.approx(nominal(NeedlingParameters).ratio_pen[0], rel=0.02)


def test_the_study_table_holds_the_published_series_as_printed() -> None:
    row = arm("A03")
    assert (row.people_count, row.baseline_mean, row.end_mean) == (30, 11.73, 6.5)
    assert (row.phototype_low, row.phototype_high, row.sessions, row.interval_days) == (4, 5, 5, 30)
    assert row.needle_length_mm is None, "the length is only recalled, so it stays unknown"
    assert row.improvement_fraction == pytest.approx(1 - 6.5 / 11.73, abs=1e-3)


def test_no_study_both_calibrates_and_validates() -> None:
    roles: dict[str, set[str]] = {}
    for row in arms().values():
        if row.role in ("calibration", "validation"):
            roles.setdefault(row.study, set()).add(row.role)
    assert all(len(found) == 1 for found in roles.values())


def test_a_trace_counts_what_is_assumed_and_names_the_sources() -> None:
    found = trace(["needling.ratio_pen", "needling.deflection_mm"], ["A03"])
    assert found.assumed_count == 1
    assert {"sasaki_2019", "puncta_judgement"} <= {entry.key for entry in found.sources}
    assert found.arms[0].key == "A03"
