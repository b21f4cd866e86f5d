"""Baselines: the JSON of the example cases, kept so that a figure changes only on purpose.

To accept a change:  uv run python -m tests.planning.baseline
"""

import json
from pathlib import Path
from typing import Any

from puncta.case import read_case
from puncta.planning import plan, plan_record

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path(__file__).parent / "baselines"
CASES = ("acne_scars", "face_lines", "isotretinoin", "melasma", "published_A03", "stretch_marks")
DRAWS, SEED = 20, 0


def made(name: str) -> Any:
    """The record of a case as it comes out today."""
    record = plan_record(plan(read_case(ROOT / "examples" / f"{name}.toml"), draws=DRAWS, seed=SEED))
    return json.loads(json.dumps(record))


def kept(name: str) -> Any:
    """The record of a case as it was accepted."""
    return json.loads((FOLDER / f"{name}.json").read_text())


def main() -> None:
    """Accept what comes out today."""
    for name in CASES:
        text = json.dumps(made(name), ensure_ascii=False, indent=1, sort_keys=True)
        (FOLDER / f"{name}.json").write_text(text + "\n")
        print(f"kept {name}")


if __name__ == "__main__":
    main()
