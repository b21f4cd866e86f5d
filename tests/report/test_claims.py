"""docs/claims.md is the page that the code writes, and every verdict follows from figures and studies."""

import re
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import puncta
from puncta.evidence import arms, sources
from puncta.messages import text
from puncta.report.claims import WRITTEN_TO, claims_markdown, main
from puncta.report.verdict import HEADINGS, Claim, Figure, Rule, Side, Verdict, claims, decide

ROOT = Path(puncta.__file__).parent.parent.parent
RULE = Rule(fewest_studies=3, most_against_fraction=0.25, least_improvement_fraction=0.1)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ALL = claims().claims

#: A sentence of the promise each; a claim that is left out would be missed here.
PROMISED = {
    "micro_injuries", "cell_turnover", "collagen", "elastin_new", "elastin_total", "texture", "firmness", "wrinkles",
    "acne_scars", "other_scars", "stretch_marks", "melasma", "age_spots", "even_tone", "confidence", "uptake",
    "better_results", "harm", "any_colour", "mild_discomfort", "numbing", "redness",
}  # fmt: skip


def apart(written: str, fresh: str) -> list[str]:
    """Lines that differ in words, or in a number by more than 2 % and by more than its last digit."""
    old, new = written.splitlines(), fresh.splitlines()
    if len(old) != len(new):
        return [f"{len(old)} lines are written, {len(new)} follow"]
    wrong = []
    for before, after in zip(old, new, strict=True):
        numbers = list(zip(NUMBER.findall(before), NUMBER.findall(after), strict=False))
        same_words = NUMBER.sub("#", before) == NUMBER.sub("#", after)
        if not same_words or any(not near(*pair) for pair in numbers):
            wrong.append(f"- {before}\n+ {after}")
    return wrong


def near(before: str, after: str) -> bool:
    a, b = (float(word.replace(",", "")) for word in (before, after))
    last = 10.0 ** -max(len(word.partition(".")[2]) for word in (before, after))
    return abs(a - b) <= max(0.02 * max(abs(a), abs(b)), 1.000001 * last)


@pytest.mark.slow
def test_the_page_of_claims_is_the_one_that_follows_from_data_and_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    stale = apart((ROOT / WRITTEN_TO).read_text(encoding="utf-8"), claims_markdown())
    assert not stale, "run: uv run python -m puncta.report.claims\n" + "\n".join(stale[:10])


def test_the_page_is_written_whole_and_into_the_folder_of_the_documentation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("puncta.report.claims.claims_markdown", lambda: "# all\n")
    main()
    assert [file.name for file in (tmp_path / "docs").iterdir()] == [WRITTEN_TO.name]
    assert (tmp_path / WRITTEN_TO).read_text() == "# all\n"


def test_the_comparison_sees_a_changed_word_a_changed_number_and_a_lost_line() -> None:
    assert not apart("Depth 1.20 mm", "Depth 1.21 mm")
    assert apart("Depth 1.20 mm", "Depth 1.30 mm")
    assert apart("Depth 1.20 mm", "Reach 1.20 mm")
    assert apart("Depth 1.20 mm", "Depth 1.20 mm\nmore")


def test_every_sentence_of_the_promise_has_one_entry() -> None:
    keys = [claim.key for claim in ALL]
    assert sorted(keys) == sorted(PROMISED)
    assert list(dict.fromkeys(claim.heading for claim in ALL)) == list(HEADINGS)


def test_every_claim_has_its_sentence_its_finding_and_what_would_change_it() -> None:
    for claim in ALL:
        assert all(text(f"claims.claim.{claim.key}.{part}") for part in ("says", "found", "change"))


def test_no_usable_study_of_a_group_is_passed_over_in_silence() -> None:
    for claim in ALL:
        named = {arms()[key].study for key in chain(claim.rows, claim.against, claim.beside) if key in arms()}
        for heading, kind in claim.groups:
            usable = {
                arm.study
                for arm in arms().values()
                if (arm.heading, arm.kind) == (heading, kind) and arm.improvement_fraction is not None
            }
            assert usable, f"{claim.key}: {heading}, {kind} is empty"
            assert usable <= named, f"{claim.key} leaves out {sorted(usable - named)}"


def test_a_study_that_found_next_to_nothing_stands_against_a_promise_of_improvement() -> None:
    least = claims().rule.least_improvement_fraction
    for claim in ALL:
        if claim.heading not in ("texture", "scars"):
            continue
        for key in claim.rows:
            assert (arms()[key].improvement_fraction or 0.0) >= least, f"{claim.key}: {key}"
        for key in claim.against:
            assert (arms()[key].improvement_fraction or 0.0) < least, f"{claim.key}: {key}"


def test_a_side_with_a_product_is_counted_only_where_it_did_better_than_the_side_without() -> None:
    claim = next(claim for claim in ALL if claim.key == "better_results")
    plain = {arms()[key].study: arms()[key].improvement_fraction for key in claim.beside if key in arms()}
    for key in claim.rows:
        assert arms()[key].kind == "needling+product"
        assert (arms()[key].improvement_fraction or 0.0) > (plain[arms()[key].study] or 1.0), key


def test_no_study_counts_twice_as_row_and_as_paper() -> None:
    for claim in ALL:
        texts = " ".join(arms()[key].source for key in chain(claim.rows, claim.against) if key in arms())
        for key in claim.papers:
            identifier = sources()[key].identifier
            assert not identifier or identifier.removeprefix("doi:") not in texts, f"{claim.key}: {key}"


def test_what_is_only_recalled_or_our_own_is_never_counted_as_a_study() -> None:
    for claim in ALL:
        for key in chain(claim.papers, (entry for entry in claim.against if entry in sources())):
            assert sources()[key].seen in ("primary", "secondary"), f"{claim.key}: {key}"
            assert sources()[key].kind == "paper", f"{claim.key}: {key}"


def test_a_control_is_named_among_the_studies_and_nothing_is_named_twice() -> None:
    for claim in ALL:
        named = [*claim.rows, *claim.papers, *claim.against, *claim.beside]
        assert len(named) == len(set(named)), claim.key
        assert set(claim.controlled) <= set(named), claim.key


STUDIES = ("a", "b", "c", "d")


def claim_with(against: int = 0, count: int = 4, controlled: bool = True, seen: bool = False) -> Claim:
    names = STUDIES[:count]
    return Claim(
        "x",
        "scars",
        Verdict.SUPPORTED,
        papers=names[against:],
        against=names[:against],
        controlled=names[-1:] if controlled else (),
        seen=seen,
    )


@pytest.mark.parametrize(
    ("claim", "sides", "thin", "verdict"),
    [
        (claim_with(), (Side.PROMISED,), False, Verdict.SUPPORTED),
        (claim_with(), (Side.SIZE_ONLY,), False, Verdict.SUPPORTED),
        (claim_with(controlled=False, seen=True), (Side.PROMISED,), False, Verdict.SUPPORTED),
        (claim_with(controlled=False), (Side.PROMISED,), False, Verdict.PARTLY),
        (claim_with(), (Side.PROMISED, Side.OPEN), False, Verdict.PARTLY),
        (claim_with(), (Side.PROMISED, Side.OTHER), False, Verdict.PARTLY),
        (claim_with(against=1), (Side.PROMISED,), False, Verdict.PARTLY),
        (claim_with(), (Side.PROMISED,), True, Verdict.THIN),
        (claim_with(count=2), (Side.PROMISED,), False, Verdict.THIN),
        (claim_with(count=2), (), False, Verdict.THIN),
        (claim_with(), (Side.OTHER, Side.OTHER), False, Verdict.CONTRADICTED),
        (claim_with(), (Side.OTHER, Side.SIZE_ONLY), False, Verdict.CONTRADICTED),
        (claim_with(count=0), (), False, Verdict.NOT_TESTED),
    ],
)
def test_the_rule_gives_each_verdict_where_it_is_meant(
    claim: Claim, sides: tuple[Side, ...], thin: bool, verdict: Verdict
) -> None:
    assert decide(claim, sides, thin, RULE) is verdict


@given(
    against=st.integers(0, 4),
    count=st.integers(0, 4),
    sides=st.lists(st.sampled_from(list(Side)), max_size=4),
    thin=st.booleans(),
)
def test_a_promise_is_never_supported_by_few_studies_thin_evidence_or_a_figure_that_is_not_on_its_side(
    against: int, count: int, sides: list[Side], thin: bool
) -> None:
    found = decide(claim_with(min(against, count), count), sides, thin, RULE)
    if found is Verdict.SUPPORTED:
        assert count >= RULE.fewest_studies
        assert not thin
        assert set(sides) <= {Side.PROMISED, Side.SIZE_ONLY}


@given(st.floats(-2, 2), st.floats(0, 2), st.floats(-2, 2))
def test_turning_the_promise_round_turns_the_side_of_a_band_round(low: float, width: float, than: float) -> None:
    turned = {Side.PROMISED: Side.OTHER, Side.OTHER: Side.PROMISED, Side.OPEN: Side.OPEN}
    above, below = (
        Figure("x", "case", "course", "q", None, None, promised, than, False).side(low, low + width)
        for promised in ("above", "below")
    )
    assert turned[above] is below


def test_a_figure_whose_sign_is_built_in_decides_nothing() -> None:
    assert Figure("x", "c", "c", "q", None, None, "above", 0.0, True).side(-2.0, -1.0) is Side.SIZE_ONLY


def test_a_verdict_that_does_not_follow_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from puncta.errors import EvidenceError

    known = claims()
    spots = next(claim for claim in known.claims if claim.key == "age_spots")
    bold = replace(known, claims=(replace(spots, verdict=Verdict.SUPPORTED),))
    monkeypatch.setattr("puncta.report.claims.claims", lambda: bold)
    with pytest.raises(EvidenceError, match="not_tested follows"):
        claims_markdown()
