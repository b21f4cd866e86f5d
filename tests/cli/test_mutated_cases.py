"""Damaged case files: never a traceback, never a half-written report."""

from pathlib import Path

import pytest
from tests.case.mutations import mutated_cases
from tests.cli.command import puncta

COUNT, CHUNKS = 300, 6


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_damaged_case_files_give_no_traceback(chunk: int, tmp_path: Path) -> None:
    for number, (_, damaged) in enumerate(mutated_cases(COUNT, 20261122)):
        if number % CHUNKS != chunk:
            continue
        file = tmp_path / f"case_{number}.toml"
        file.write_bytes(damaged.encode(errors="surrogatepass"))
        screened = puncta("screen", str(file))
        assert screened.code in (0, 1, 2)
        if screened.code == 2:
            assert screened.err.strip()
            assert puncta("plan", str(file), "--out", str(tmp_path / "out")).code == 2
            assert not (tmp_path / "out").exists()
        elif screened.code == 0:
            assert puncta("plan", str(file), "--json", "--draws", "20").code in (0, 1)
