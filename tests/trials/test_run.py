"""Runs: the same bytes in any chunk, on any executor, also after an interruption; what is done is kept and marked."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.trials.small import long_trial, parallel_trial, split_trial

from puncta.errors import InputError, PunctaError
from puncta.trials import run_trial
from puncta.trials.block import BLOCK, run_block
from puncta.trials.executor import chunks, run_chunk
from puncta.trials.tables import TABLES, part_bytes


def digests(folder: Path) -> dict[str, str]:
    """Hash of every table in a folder."""
    files = [file for file in folder.iterdir() if file.suffix in (".parquet", ".csv")]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("whole")
    run_trial(long_trial(), place, workers=1)
    return place


def test_threads_and_chunks_change_no_byte(whole: Path, tmp_path: Path) -> None:
    run_trial(long_trial(), tmp_path, workers=3)
    assert digests(tmp_path) == digests(whole) and len(digests(whole)) == 2 * len(TABLES)
    _, together = run_chunk(long_trial(), (0, 1, 2))
    assert together[1] == run_chunk(long_trial(), (1,))[1][0]


def test_a_person_is_the_same_in_a_longer_trial(whole: Path) -> None:
    trial = long_trial()
    longer = replace(trial, people_count=trial.people_count + 5000)
    assert part_bytes(run_block(longer, 0)) == part_bytes(run_block(trial, 0))


def test_short_work_is_handed_out_in_larger_chunks() -> None:
    quick = replace(long_trial(12), arms=tuple(replace(arm, does="untreated", device="") for arm in long_trial().arms))
    sizes = [len(numbers) for numbers, _ in chunks(quick, range(12), workers=1)]
    assert sum(sizes) == 12 and max(sizes) > 1


def test_an_interrupted_run_is_kept_marked_and_goes_on_to_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    def stop(done: int, every: int) -> None:
        if done >= BLOCK:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_trial(long_trial(), tmp_path, workers=1, progress=stop)
    told = json.loads((tmp_path / "run.json").read_text())
    assert not told["complete"] and told["persons_done"] == BLOCK and "UNFINISHED" in told["mark"]
    assert pq.read_table(tmp_path / "people.unfinished.parquet").num_rows == BLOCK
    assert not (tmp_path / "people.parquet").exists()
    seen: list[int] = []
    run = run_trial(long_trial(), tmp_path, progress=lambda done, every: seen.append(done))
    assert run.resumed_count == BLOCK and seen[0] == BLOCK
    assert digests(tmp_path) == digests(whole)
    assert json.loads((tmp_path / "run.json").read_text())["complete"]
    assert not (tmp_path / "parts").exists()


def test_a_torn_part_counts_as_not_done(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / ".00000000.zip.abc.part").write_bytes(b"half")
    run_trial(long_trial(), tmp_path)
    assert digests(tmp_path) == digests(whole)


def test_a_finished_run_is_not_done_again(whole: Path) -> None:
    before = digests(whole)
    assert run_trial(long_trial(), whole).resumed_count == long_trial().persons_count
    assert digests(whole) == before


def test_a_folder_of_another_trial_is_refused(whole: Path) -> None:
    with pytest.raises(InputError, match="another trial"):
        run_trial(replace(long_trial(), seed=7), whole)


def test_a_scheduler_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no answer from tcp") as refused:
        run_trial(split_trial(), tmp_path, executor="tcp://127.0.0.1:9")
    assert refused.value.problems[0].field == "scheduler"


class _Lost:
    """A cluster whose computers went away."""

    def submit(self, *work: object, **how: object) -> _Lost:
        return self

    def nthreads(self) -> dict[str, int]:
        return {"one": 1}

    def result(self) -> None:
        raise ConnectionError("the other side hung up")


def test_a_lost_cluster_is_told_in_words_and_marked(tmp_path: Path) -> None:
    with pytest.raises(PunctaError, match="hung up") as told:
        run_trial(split_trial(), tmp_path, executor=_Lost())
    assert "same command" in str(told.value)
    assert not json.loads((tmp_path / "run.json").read_text())["complete"]
    assert run_trial(split_trial(), tmp_path).persons_count == 20


def test_tables_are_tidy_and_whoever_stayed_away_has_no_reading(whole: Path) -> None:
    trial = long_trial()
    people = pq.read_table(whole / "people.parquet").to_pydict()
    assert people["person"] == list(range(trial.persons_count))
    lost = {p: day for p, day in zip(people["person"], people["lost_day"], strict=True) if day is not None}
    assert 0.07 < len(lost) / trial.persons_count < 0.13
    readings = pq.read_table(whole / "readings.parquet").to_pylist()
    assert len(readings) == trial.persons_count * 2 * len(trial.visit_days)
    for row in readings:
        assert (row["read_score"] is None) == (row["day"] > lost.get(row["person"], 1e9))
        assert row["read_score"] is None or 0 <= row["read_score"] <= 84
    arms = pq.read_table(whole / "arms.parquet").to_pylist()
    sides = {(row["person"], row["side"]) for row in arms}
    assert len(sides) == len(arms)
    for row in arms:
        assert (row["depth_mm"] is None) == (row["arm"] == "untreated")


def test_events_are_those_of_needled_people_who_were_seen_again(whole: Path) -> None:
    events = pq.read_table(whole / "events.parquet").to_pylist()
    assert {row["event"] for row in events} >= {"dark_marks", "herpes", "tram_track"}
    assert all(row["arm"] == "needled" and row["day"] > 0 for row in events)


def test_a_parallel_trial_with_products_sham_and_home_care_runs(tmp_path: Path) -> None:
    trial = parallel_trial(people_count=60)
    needled = trial.arms[0]
    arms = (
        replace(needled, product="vitamin_c_serum", name="with_product"),
        needled,
        replace(needled, name="sham", does="sham", device="", sessions_count=0, numbing=""),
        replace(needled, name="home", does="home", device="", sessions_count=0, home_products=("retinol_cream",)),
    )
    run_trial(replace(trial, arms=arms, analysis=replace(trial.analysis, second="sham")), tmp_path, csv=False)
    rows = pq.read_table(tmp_path / "arms.parquet").to_pylist()
    doses = {row["arm"]: row["dose_ug_per_cm2"] for row in rows}
    assert doses["with_product"] > 0 and doses["needled"] is None and doses["sham"] is None
    assert {row["person"] for row in rows} == set(range(60))


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, puncta, puncta.trials, puncta.cli.app;"
        "print([name for name in ('pyarrow', 'distributed', 'dask', 'matplotlib', 'scipy') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
