"""Tables: tidy columns as Parquet and CSV, one row group for each block, the same bytes every time."""

from __future__ import annotations

import io
import os
import secrets
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.errors import PunctaError
from puncta.files import refused_folder
from puncta.messages import text
from puncta.trials.block import Columns

_PERSON = {"person": "int64", "trial": "int32"}
_ARM = {**_PERSON, "arm": "string"}
_FLOAT = "float"
#: Columns of each table, in order.
TABLES: Mapping[str, Mapping[str, str]] = {
    "people": {
        **_PERSON,
        "age_years": _FLOAT,
        "sex": "string",
        "phototype": "int8",
        "severity_score": _FLOAT,
        "scar_type": "string",
        "zone": "string",
        "operator": "int32",
        "home_fraction": _FLOAT,
        "protected": "bool",
        "lost_day": _FLOAT,
    },
    "arms": {
        **_ARM,
        "side": "string",
        "sessions": "int16",
        **dict.fromkeys(
            (
                *("depth_mm", "density_per_cm2", "opened_area_fraction", "injury_mm3_per_cm2", "bleeding_fraction"),
                *("minutes", "pain_score", "redness_visible_hours", "inflammation_hours", "pih_probability"),
                "dose_ug_per_cm2",
            ),
            _FLOAT,
        ),
    },
    "tissue": {
        **_ARM,
        "day": "int32",
        **dict.fromkeys(
            (
                *("collagen_fold", "collagen_mature_fold", "elastin_new_fraction", "elastin_total_fold"),
                *("epidermis_fold", "redness_visible_delta_a"),
            ),
            _FLOAT,
        ),
    },
    "readings": {**_ARM, "day": "int32", "scale": "string", "truth_score": _FLOAT, "read_score": _FLOAT},
    "events": {**_ARM, "event": "string", "day": "int32"},
}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # numerics: the first date that an archive can hold
_COMPRESSION = "zstd"


def arrow() -> Any:
    """PyArrow, or a refusal that says what to install.

    Raises
    ------
    PunctaError
        Where it is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise PunctaError(text("trials.missing_extra", names="pyarrow")) from error
    return pyarrow


def _schema(name: str) -> Any:
    pa = arrow()
    types = {"float": pa.float32(), "string": pa.string(), "bool": pa.bool_()}
    return pa.schema([(column, types.get(kind) or getattr(pa, kind)()) for column, kind in TABLES[name].items()])


def _table(name: str, columns: Columns) -> Any:
    pa = arrow()
    schema = _schema(name)
    if not columns:
        return schema.empty_table()
    arrays = [_array(np.asarray(columns[field.name]), field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: NDArray[Any], kind: Any) -> Any:
    pa = arrow()
    # what is not known is empty, not a number that is none; said by a mask, since ``from_pandas`` loads pandas
    return pa.array(values, type=kind, mask=np.isnan(values) if kind == pa.float32() else None)


def part_bytes(tables: Mapping[str, Columns]) -> bytes:
    """One block's tables as one archive of Parquet files.

    Parameters
    ----------
    tables : mapping of str to columns
        From `run_block`.

    Returns
    -------
    bytes
        The same for equal tables.
    """
    import pyarrow.parquet as pq

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in TABLES:
            held = io.BytesIO()
            pq.write_table(_table(name, tables[name]), held, compression=_COMPRESSION)
            archive.writestr(zipfile.ZipInfo(f"{name}.parquet", _EPOCH), held.getvalue())
    return out.getvalue()


def assemble(
    parts: Sequence[Path], folder: Path, mark: str, *, csv: bool, workers: int | None = None
) -> tuple[Path, ...]:
    """Put the parts of all blocks together, file beside file; each appears whole or not at all.

    Parameters
    ----------
    parts : sequence of Path
        Archives in the order of blocks.
    folder : Path
        Where to.
    mark : str
        Put between name and ending, such as ``.unfinished``; empty for a finished run.
    csv : bool
        Whether the same is written as text.
    workers : int or None
        Files at once; None takes as many as there are processors.

    Returns
    -------
    tuple of Path
        What was written.
    """
    writers = {".parquet": _parquet_writer, **({".csv": _csv_writer} if csv else {})}
    files = [
        (folder / f"{name}{mark}{ending}", make(name, parts)) for ending, make in writers.items() for name in TABLES
    ]
    with ThreadPoolExecutor(workers or os.cpu_count()) as pool:  # each holds one block in memory at a time
        for done in [pool.submit(_put, *file) for file in files]:
            done.result()
    return tuple(target for target, _ in files)


def _blocks(name: str, parts: Sequence[Path]) -> Iterator[Any]:
    import pyarrow.parquet as pq

    for path in parts:
        with zipfile.ZipFile(path) as archive:
            yield pq.read_table(io.BytesIO(archive.read(f"{name}.parquet")))


def _parquet_writer(name: str, parts: Sequence[Path]) -> Callable[[Any], None]:
    import pyarrow.parquet as pq

    def write(stream: Any) -> None:
        with pq.ParquetWriter(stream, _schema(name), compression=_COMPRESSION) as writer:
            for table in _blocks(name, parts):
                if table.num_rows:
                    writer.write_table(table, row_group_size=table.num_rows)

    return write


def _csv_writer(name: str, parts: Sequence[Path]) -> Callable[[Any], None]:
    from pyarrow import csv

    def write(stream: Any) -> None:
        options = csv.WriteOptions(quoting_style="needed")
        with csv.CSVWriter(stream, _schema(name), write_options=options) as writer:
            for table in _blocks(name, parts):
                writer.write_table(table)

    return write


def _put(target: Path, write: Callable[[Any], None]) -> None:
    half = target.with_name(f".{target.name}.{secrets.token_hex()}.part")
    try:
        with half.open("xb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(target)
    except OSError as error:
        raise refused_folder(target.parent, error) from error
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
