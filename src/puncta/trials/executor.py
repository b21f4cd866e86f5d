"""Executors: who does the blocks, threads of this computer or any Dask cluster; the results are the same."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from math import ceil
from time import perf_counter
from typing import Any

from puncta.errors import InputError, Problem, PunctaError
from puncta.messages import text
from puncta.trials.block import run_block
from puncta.trials.tables import part_bytes
from puncta.trials.trial import Trial

_LEAST_S = 0.1  # numerics: shorter work is not worth handing out
_WAITING = 2  # numerics: chunks that wait for each worker, so that none is idle and memory stays flat
_TIMEOUT_S = 5.0  # numerics: how long a scheduler may take to answer
_RETRIES = 10  # numerics: how often a chunk may lose its worker
Chunk = tuple[float, list[bytes]]


def run_chunk(trial: Trial, numbers: tuple[int, ...]) -> Chunk:
    """Simulate some blocks one after the other.

    Parameters
    ----------
    trial : Trial
        The trial.
    numbers : tuple of int
        Blocks.

    Returns
    -------
    tuple of float and list of bytes
        Seconds it took, and one archive for each block.
    """
    began = perf_counter()
    parts = [part_bytes(run_block(trial, number)) for number in numbers]
    return perf_counter() - began, parts


def _result(future: Any, executor: Any) -> Chunk:
    """What a worker found; where the cluster is lost, a refusal in words."""
    try:
        return future.result()
    except Exception as error:
        lost = isinstance(error, OSError | CancelledError) or type(error).__module__.startswith("distributed")
        if executor is None or not lost:
            raise
        raise PunctaError(text("trials.lost", reason=_short(error))) from error


@contextmanager
def submitting(executor: Any, workers: int | None) -> Iterator[tuple[Callable[..., Any], int]]:
    """A function that hands out work, and how many workers take it.

    Parameters
    ----------
    executor : None, str or Dask client
        None takes threads; text is the address of a Dask scheduler.
    workers : int or None
        Threads; None takes one for each processor.

    Raises
    ------
    InputError
        Where no scheduler answers.
    PunctaError
        Where Dask is not installed.
    """
    if executor is None:
        count = workers or os.cpu_count() or 1
        pool = ThreadPoolExecutor(count)
        try:
            yield pool.submit, count
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return
    client = _client(executor) if isinstance(executor, str) else executor

    def submit(function: Callable[..., Any], *arguments: Any) -> Any:
        return client.submit(function, *arguments, pure=False, retries=_RETRIES)

    try:
        yield submit, max(sum(client.nthreads().values()), 1)
    finally:
        if isinstance(executor, str):
            client.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise PunctaError(text("trials.missing_extra", names="distributed")) from error
    try:
        return Client(address, timeout=_TIMEOUT_S)
    except (OSError, TimeoutError, ValueError) as error:
        said = [text(f"trials.scheduler.{part}", address=address, reason=_short(error)) for part in _PARTS]
        problem = Problem("scheduler", said[0], said[1], text("trials.why.scheduler"), said[2])
        raise InputError(address, [problem]) from error


_PARTS = ("given", "allowed", "do")


def _short(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


def chunks(
    trial: Trial, numbers: Sequence[int], executor: Any = None, workers: int | None = None
) -> Iterator[tuple[tuple[int, ...], list[bytes]]]:
    """Simulate blocks in chunks, a few at a time, and hand them back in order.

    Parameters
    ----------
    trial : Trial
        The trial.
    numbers : sequence of int
        Blocks to do.
    executor, workers
        See `submitting`.

    Yields
    ------
    tuple of int, list of bytes
        Blocks of a chunk and their archives. Chunks grow until one takes a tenth of a second.
    """
    left, size = deque(numbers), 1
    with submitting(executor, workers) as (submit, count):
        waiting: deque[tuple[tuple[int, ...], Any]] = deque()
        while left or waiting:
            while left and len(waiting) < count * _WAITING:
                chunk = tuple(left.popleft() for _ in range(min(size, len(left))))
                waiting.append((chunk, submit(run_chunk, trial, chunk)))
            chunk, future = waiting.popleft()
            seconds, parts = _result(future, executor)
            size = max(1, ceil(_LEAST_S * len(chunk) / max(seconds, 1e-6)))  # numerics: no division by nothing
            yield chunk, parts
