"""Run: a trial from its first block to its last, kept block by block, so that an interrupted run goes on."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from puncta.errors import InputError, Problem
from puncta.evidence import parameters
from puncta.files import check_folder, refused_folder, write_atomically
from puncta.frozen import frozen
from puncta.messages import text
from puncta.trials.block import BLOCK, blocks_count
from puncta.trials.executor import chunks
from puncta.trials.tables import TABLES, arrow, assemble
from puncta.trials.trial import Trial

_DIGEST_BYTES = 16  # numerics: enough that no two trials are taken for each other
_PARTS, _MANIFEST, _UNFINISHED = "parts", "run.json", ".unfinished"
_PART = re.compile(r"(\d{8})\.zip")


@frozen
class TrialRun:
    """Where the people of a trial are.

    Parameters
    ----------
    trial : Trial
        The trial.
    folder : Path
        ``people``, ``arms``, ``tissue``, ``readings`` and ``events``, each as Parquet and, where asked for, CSV.
    persons_count : int
        People simulated, of all repeats.
    resumed_count : int
        How many of them were there already.
    """

    trial: Trial
    folder: Path
    persons_count: int
    resumed_count: int

    def table(self, name: str) -> Path:
        """The Parquet file of a table."""
        return self.folder / f"{name}.parquet"


def run_trial(
    trial: Trial,
    folder: str | Path,
    *,
    executor: Any = None,
    workers: int | None = None,
    csv: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> TrialRun:
    """Simulate everybody of a trial and stream them to files.

    Parameters
    ----------
    trial : Trial
        The trial.
    folder : str or Path
        Where to; made where it does not exist. An unfinished run of the same trial goes on from where it stopped.
    executor : None, str or Dask client
        None takes threads of this computer; text is the address of a Dask scheduler, such as ``tcp://127.0.0.1:8786``.
    workers : int or None
        Threads; None takes one for each processor.
    csv : bool
        Whether the tables are written as text, too.
    progress : callable or None
        Called with people done and people in all.

    Returns
    -------
    TrialRun
        The files. Equal trials give equal bytes, whatever the executor, also after an interruption.

    Raises
    ------
    InputError
        Where the folder cannot be written to or holds another trial, or no scheduler answers.
    PunctaError
        Where what is needed is not installed.

    Notes
    -----
    Memory holds a few blocks of 1,024 people, however many there are. Where a run is interrupted, what is done is kept
    and put together under names that end in ``.unfinished``. Limits: ``limits.trials``, ``limits.not_a_device``.

    Examples
    --------
    >>> import tempfile
    >>> from dataclasses import replace
    >>> from puncta.trials.read import read_trial
    >>> trial = replace(read_trial("examples/trials/split_face.toml"), trials_count=1)
    >>> with tempfile.TemporaryDirectory() as place:
    ...     run_trial(trial, place, csv=False).persons_count
    20
    """
    arrow()
    place = Path(folder)
    check_folder(place)
    kept = place / _PARTS
    signature, count = trial_signature(trial), blocks_count(trial)
    manifest = _manifest(place)
    if manifest is not None and manifest.get("signature") != signature:
        said = {part: text(f"trials.folder.{part}") for part in ("given", "allowed", "do")}
        problem = Problem("out", said["given"], said["allowed"], text("trials.why.folder"), said["do"])
        raise InputError(str(place), [problem])
    if manifest is not None and manifest["complete"] and _all_there(place, csv):
        return TrialRun(trial, place, trial.persons_count, trial.persons_count)
    try:
        kept.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused_folder(place, error) from error
    done = {int(found[1]) for path in kept.iterdir() if (found := _PART.fullmatch(path.name))}
    before = _people(trial, done)
    _tell(place, trial, signature, before, complete=False)
    try:
        if progress is not None:
            progress(before, trial.persons_count)
        for numbers, parts in chunks(trial, [n for n in range(count) if n not in done], executor, workers):
            for number, part in zip(numbers, parts, strict=True):
                write_atomically(kept / f"{number:08d}.zip", part)
                done.add(number)
            if progress is not None:
                progress(_people(trial, done), trial.persons_count)
    except BaseException:
        _tell(place, trial, signature, _people(trial, done), complete=False)
        with suppress(InputError):  # the reason of the interruption is what is told
            assemble(_paths(kept, done), place, _UNFINISHED, csv=csv, workers=workers)
        raise
    assemble(_paths(kept, done), place, "", csv=csv, workers=workers)
    _tell(place, trial, signature, trial.persons_count, complete=True)
    _tidy(place, kept)
    return TrialRun(trial, place, trial.persons_count, before)


def trial_signature(trial: Trial) -> str:
    """What a run rests on: the trial, the version and every parameter.

    Parameters
    ----------
    trial : Trial
        The trial.

    Examples
    --------
    >>> from puncta.trials.read import read_trial
    >>> len(trial_signature(read_trial("examples/trials/split_face.toml")))
    32
    """
    known = [(key, one.value, one.spread.shape, one.spread.a, one.spread.b) for key, one in parameters().items()]
    told = json.dumps([asdict(trial), version("puncta"), BLOCK, sorted(known)], sort_keys=True)  # type: ignore[call-overload]
    return hashlib.blake2b(told.encode(), digest_size=_DIGEST_BYTES).hexdigest()


def _people(trial: Trial, done: set[int]) -> int:
    return sum(min(BLOCK, trial.persons_count - number * BLOCK) for number in done)


def _paths(kept: Path, done: set[int]) -> list[Path]:
    return [kept / f"{number:08d}.zip" for number in sorted(done)]


def _manifest(place: Path) -> dict[str, Any] | None:
    try:
        return json.loads((place / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _all_there(place: Path, csv: bool) -> bool:
    endings = (".parquet", ".csv") if csv else (".parquet",)
    return all((place / f"{name}{ending}").is_file() for name in TABLES for ending in endings)


def _tell(place: Path, trial: Trial, signature: str, persons: int, *, complete: bool) -> None:
    told = {
        "format": 1,
        "notice": text("limits.not_a_device"),
        "limits": text("limits.trials"),
        "title": trial.title,
        "complete": complete,
        "persons_done": persons,
        "persons": trial.persons_count,
        "signature": signature,
        "version": version("puncta"),
        "trial": asdict(trial),  # type: ignore[call-overload]
    }
    if not complete:
        told["mark"] = text("trials.unfinished", done=persons, all=trial.persons_count)
    write_atomically(place / _MANIFEST, json.dumps(told, indent=2, sort_keys=True) + "\n")


def _tidy(place: Path, kept: Path) -> None:
    with suppress(OSError):  # what is left over does no harm
        for path in [*kept.iterdir(), *place.glob(f"*{_UNFINISHED}.*")]:
            path.unlink()
        kept.rmdir()
