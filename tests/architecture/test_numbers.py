"""No number with physical meaning stands in code; it stands in an evidence file with unit, spread and source."""

import ast
from pathlib import Path

import puncta

SRC = Path(puncta.__file__).parent
PHYSICS = (
    "skin",
    "needling",
    "healing",
    "absorption",
    "appearance",
    "safety",
    "simulation",
    "planning",
    "case",
    "validation",
    "trials",
    "followup",
    "imaging",
)

# Numbers of form, not of nature: identities, halves, squares, percent, time and length conversions.
STRUCTURAL = {0, 1, 2, 3, 4, 0.5, 100, 1000, 1e6, 24, 60, 7, 365.25, 1e-3, 10}


def _bare_numbers(file: Path, root: Path = SRC) -> list[str]:
    source = file.read_text()
    lines = source.splitlines()
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            number = node.value
            line = lines[node.lineno - 1]
            if abs(number) in STRUCTURAL or "# numerics" in line or _names_a_numerical_choice(node, lines):
                continue
            found.append(f"{file.relative_to(root)}:{node.lineno}: {number} in {line.strip()}")
    return found


def _names_a_numerical_choice(node: ast.Constant, lines: list[str]) -> bool:
    """A block opened by a comment ``# numerics: why`` directly above, until the next blank line."""
    for index in range(node.lineno - 1, -1, -1):
        line = lines[index].strip()
        if line.startswith("# numerics"):
            return True
        if not line:
            return False
    return False


def test_no_bare_number_with_physical_meaning_stands_in_code() -> None:
    found = [
        hit for package in PHYSICS for file in sorted((SRC / package).rglob("*.py")) for hit in _bare_numbers(file)
    ]
    assert not found, "\n".join(found)


def test_the_scan_finds_a_planted_number(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("RATE_PER_DAY = 0.693\n")
    assert len(_bare_numbers(planted, tmp_path)) == 1
