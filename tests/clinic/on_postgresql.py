"""The clinic's tests on PostgreSQL: python -m tests.clinic.on_postgresql [what pytest is to be told].

Starts Debian's PostgreSQL in a passing folder, without a port, and stops it afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_INSTALLED = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """Where the newest installed PostgreSQL keeps its programs."""
    found = sorted(_INSTALLED.glob("*/bin"), key=lambda one: int(one.parent.name)) if _INSTALLED.is_dir() else []
    return found[-1] if found else None


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """A server of its own; gives what the environment must say to reach it."""
    place = programs()
    if place is None:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="puncta-pg-"))
    # PostgreSQL refuses to run as root
    root = os.geteuid() == 0
    as_whom = ["runuser", "-u", "postgres", "--"] if root else []
    if root:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    quiet = {"stdout": subprocess.DEVNULL, "check": True}
    subprocess.run([*as_whom, str(place / "initdb"), "-D", data, "-A", "trust", "-U", "clinic"], **quiet)
    options = f"-k {folder} -c listen_addresses=''"
    control = [*as_whom, str(place / "pg_ctl"), "-D", data, "-w"]
    subprocess.run([*control, "-l", str(folder / "log"), "-o", options, "start"], **quiet)
    try:
        subprocess.run([*as_whom, str(place / "createdb"), "-h", str(folder), "-U", "clinic", "clinic"], **quiet)
        yield {"PGHOST": str(folder), "PGUSER": "clinic", "PUNCTA_CLINIC_POSTGRESQL": "clinic"}
    finally:
        subprocess.run([*control, "-m", "fast", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the tests there; 0 where all hold."""
    told = sys.argv[1:] or ["tests/clinic", "-q"]
    with server() as reached:
        return subprocess.run(
            [sys.executable, "-m", "pytest", *told], env={**os.environ, **reached}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
