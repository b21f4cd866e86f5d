"""The screen: every rule looked at for one case, with the rules loaded; it is to stay well under 20 ms.

python -m benchmarks.screen
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.timing import conditions, least
from puncta.case import read_case
from puncta.safety import rules, screen

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Measure and print."""
    cases = {file.stem: read_case(file) for file in sorted((ROOT / "examples").glob("*.toml"))}
    times = least({name: lambda case=case: screen(case) for name, case in cases.items()})
    print(conditions())
    for name, seconds in times.items():
        print(f"{name:20} {1e3 * seconds:6.2f} ms, {len(rules())} rules")


if __name__ == "__main__":
    main()
