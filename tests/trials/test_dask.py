"""Dask: two workers write the files that threads write; a killed worker changes nothing but time."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.trials.small import long_trial, with_product
from tests.trials.test_run import digests

from puncta.trials import run_trial
from puncta.trials.block import BLOCK

BLOCKS = 7
TRIAL = with_product(long_trial(BLOCKS), "vitamin_c_serum")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def by_threads(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    place = tmp_path_factory.mktemp("threads")
    run_trial(TRIAL, place)
    return digests(place)


@pytest.mark.slow
def test_two_workers_write_the_files_that_threads_write(
    client: Any, by_threads: dict[str, str], tmp_path: Path
) -> None:
    run_trial(TRIAL, tmp_path / "client", executor=client)
    assert digests(tmp_path / "client") == by_threads
    run_trial(long_trial(2), tmp_path / "address", executor=client.scheduler.address, csv=False)
    assert (tmp_path / "address" / "people.parquet").is_file()


@pytest.mark.slow
def test_a_worker_killed_half_way_changes_nothing_but_time(
    client: Any, by_threads: dict[str, str], tmp_path: Path
) -> None:
    processes = client.run(os.getpid)
    killed: list[int] = []

    def kill(done: int, every: int) -> None:
        if done >= 2 * BLOCK and not killed:
            killed.append(next(iter(processes.values())))
            os.kill(killed[0], signal.SIGKILL)

    run_trial(TRIAL, tmp_path, executor=client, progress=kill)
    assert killed and digests(tmp_path) == by_threads
