"""Stored plans: shown as they were, made again, and read over changes of the format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from puncta.case import case_from_toml, read_case
from puncta.errors import InputError
from puncta.planning import Plan, plan, plan_record, read_stored, replay, store

KEPT = sorted(Path("tests/planning/stored").glob("format_*.json"))


@pytest.fixture(scope="module")
def made() -> Plan:
    return plan(read_case("examples/stretch_marks.toml"), draws=20, seed=1)


def test_what_is_stored_is_what_was_shown(made: Plan) -> None:
    kept = read_stored(store(made))
    assert kept.record == json.loads(json.dumps(plan_record(made)))
    assert case_from_toml(kept.case_toml) == made.case
    assert kept.parameters
    assert kept.made_with["puncta"]


def test_made_again_every_figure_is_the_same(made: Plan) -> None:
    found = replay(read_stored(store(made)))
    assert found.same
    assert not found.changed


def test_a_figure_that_differs_stands_beside_the_stored_one_with_what_changed(made: Plan) -> None:
    tree = json.loads(store(made))
    name = "pain.half_length_mm"
    assert name in tree["parameters"]
    tree["parameters"][name][0] += 0.1
    tree["made_with"]["numpy"] = "1.0"
    figures = tree["record"]["alternatives"][2]["figures"]
    figures["pain_score@abdomen"]["median"] += 1.0
    found = replay(read_stored(json.dumps(tree)))
    assert not found.same
    assert [one.place for one in found.differences] == ["alternatives[2].figures.pain_score@abdomen.median"]
    assert any(name in line for line in found.changed)
    assert any("numpy" in line for line in found.changed)


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)
def test_every_format_that_was_ever_stored_is_read_and_made_again(file: Path) -> None:
    kept = read_stored(file.read_text(), file.name)
    found = replay(kept)
    figures = [one for one in found.differences if ".figures." in one.place or one.place.endswith("_fraction")]
    assert not figures, figures[:3]
    assert kept.record["alternatives"]
    # a plan that says nothing of its processor is told so, never taken as made by this one
    assert kept.made_with or any("processor" in line for line in found.changed)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{", "JSON"),
        ("[]", "a stored plan of Puncta"),
        ('{"kind": "puncta plan", "format": 99}', "a format from 1 to"),
        ('{"kind": "puncta plan", "format": "two"}', "a format from 1 to"),
        ('{"kind": "puncta plan", "format": 2, "seed": 1}', "with all its parts"),
    ],
)
def test_a_file_that_is_no_stored_plan_is_refused_in_words(words: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_stored(words, "kept.json")
    assert said in refused.value.problems[0].allowed
    assert refused.value.problems[0].do
