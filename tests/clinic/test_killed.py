"""Killed in the middle of writing, again and again: nothing that was answered is lost, and nothing is there by half."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 200


@pytest.mark.long
def test_two_hundred_kills_lose_nothing_that_was_answered_and_leave_nothing_by_half(tmp_path: Path) -> None:
    own = {
        "PUNCTA_CLINIC_FOLDER": str(tmp_path / "clinic"),
        "PUNCTA_CLINIC_KEY_FILE": str(tmp_path / "keys" / "clinic.key"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.clinic.killed", str(KILLS), "0"],
        capture_output=True,
        text=True,
        env={**os.environ, **own},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["lost"] == []
    assert found["half"] == []
    assert found["broken_audits"] == []
    assert all(count > 10 for count in found["told"].values()), found["told"]
