"""Joint draws: rows stay together, and stale or loose ones are refused."""

from pathlib import Path

import pytest

from puncta.errors import EvidenceError
from puncta.evidence import draw, draw_one, fitted, joint_spread, parameter_keys
from puncta.evidence.fitted import fingerprint, read_fitted
from puncta.healing import HealingParameters


def _planted(folder: Path, head: str, column: str) -> None:
    (folder / "healing.toml").write_text(
        f'format = 1\nfitted_to = ["H03b"]\n{head}\n[probes]\nx = 1.0\n[columns]\nmun = {{ {column} }}\n'
    )
    (folder / "healing.csv").write_text("mun\n1.0\n1.1\n")


FRESH = f'evidence_hash = "{fingerprint("healing")}"'
SETTLED = "r_hat = 1.0, effective_count = 900.0, contraction = 0.5"


def test_a_person_gets_one_row_in_every_column_and_the_same_in_any_chunk(tmp_path: Path) -> None:
    _planted(tmp_path, FRESH, SETTLED)
    joint = read_fitted(tmp_path, "healing")
    whole = joint.persons(40, seed=1)
    assert set(joint.columns["mun"][whole]) == {1.0, 1.1}
    assert (joint.persons(10, seed=1, start=30) == whole[30:]).all()


def test_a_record_of_draws_has_what_each_parameter_has_alone() -> None:
    drawn = draw(HealingParameters, 9, seed=3, start=2)
    for key in parameter_keys(HealingParameters):
        assert (getattr(drawn, key.partition(".")[2]) == draw_one(key, 9, seed=3, start=2)).all(), key


def test_without_kept_draws_every_spread_stands_by_itself() -> None:
    assert fitted("skin") is None
    assert joint_spread("skin.collagen_loss_per_year") is None


def test_joint_draws_say_what_the_data_moved_and_what_not() -> None:
    moved, not_moved = joint_spread("healing.tM"), joint_spread("healing.rim")
    assert moved is not None
    assert not_moved is not None
    assert moved.is_known
    assert not not_moved.is_known
    assert moved.low < moved.median < moved.high
    assert "H03b" in moved.rows


@pytest.mark.parametrize(
    ("head", "column", "said"),
    [
        ('evidence_hash = "0000000000000000"', SETTLED, "changed since"),
        (FRESH, SETTLED.replace("1.0", "1.2"), "not converged"),
        (FRESH, SETTLED.replace("900", "12"), "not converged"),
    ],
)
def test_stale_or_loose_draws_are_refused(tmp_path: Path, head: str, column: str, said: str) -> None:
    _planted(tmp_path, head, column)
    with pytest.raises(EvidenceError, match=said):
        read_fitted(tmp_path, "healing")
