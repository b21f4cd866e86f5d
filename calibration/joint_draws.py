"""Joint draws as `puncta.evidence.fitted` reads them: a table of draws beside what is known of each column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from puncta.evidence.fitted import FOLDER, fingerprint
from puncta.files import write_atomically

Array = NDArray[np.float64]


def write(
    package: str,
    columns: Mapping[str, Array],
    diagnostics: Mapping[str, tuple[float, float, float]],
    probes: Mapping[str, float],
    rows: Iterable[str],
    seed: int,
) -> None:
    """Write the draws of one package.

    Parameters
    ----------
    package : str
        Prefix of the keys; the script that fits it is ``calibration.<package>.fit``.
    columns : mapping of str to ndarray, shape (k,)
        Draws by parameter; the values of one place belong together.
    diagnostics : mapping of str to tuple of float
        R-hat, effective sample and contraction of each column.
    probes : mapping of str to float
        What the model gives at its own values.
    rows : iterable of str
        Study rows behind the fit.
    seed : int
        Seed of the sampler.
    """
    table = np.stack(list(columns.values()), axis=1)
    lines = [",".join(columns), *(",".join(f"{x:.5g}" for x in row) for row in table)]
    head = [
        f"# Joint draws of {package}; written by python -m calibration.{package}.fit.",
        "format = 1",
        f"rows_count = {table.shape[0]}",
        f"seed = {seed}",
        f"fitted_to = {json.dumps(sorted(rows))}",
        f'evidence_hash = "{fingerprint(package)}"',
        "",
        "# what the model gives at its own values: a test compares, so that draws never outlive the model",
        "[probes]",
        *(f"{name} = {value:.6g}" for name, value in probes.items()),
        "",
        "# r_hat and effective sample of each column; contraction: share of the prior's variance that the data removed",
        "[columns]",
        *(
            f"{name} = {{ r_hat = {diagnostics[name][0]:.3f}, effective_count = {diagnostics[name][1]:.0f}, "
            f"contraction = {diagnostics[name][2]:.3f} }}"
            for name in columns
        ),
    ]
    folder = Path(str(FOLDER))
    folder.mkdir(exist_ok=True)
    write_atomically(folder / f"{package}.csv", "\n".join(lines) + "\n")
    write_atomically(folder / f"{package}.toml", "\n".join(head) + "\n")


@contextmanager
def set_aside(package: str) -> Iterator[None]:
    """Keep old draws of a package out of the way of its fit; put them back if it fails.

    Parameters
    ----------
    package : str
        Prefix of the keys.
    """
    old = [Path(str(FOLDER)) / f"{package}.{ending}" for ending in ("csv", "toml")]
    kept = {file: file.read_bytes() for file in old if file.exists()}
    for file in kept:
        file.unlink()
    try:
        yield
    finally:
        for file, content in kept.items():
            if not file.exists():
                file.write_bytes(content)
