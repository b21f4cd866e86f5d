"""Who may import whom."""

import ast
import subprocess
import sys
from pathlib import Path

import puncta

SRC = Path(puncta.__file__).parent


def test_every_package_keeps_to_its_layer() -> None:
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_stands_in_the_layers_contract() -> None:
    contract = (SRC.parent.parent / "pyproject.toml").read_text()
    packages = [p.name for p in SRC.iterdir() if (p / "__init__.py").exists()]
    modules = [p.stem for p in SRC.glob("*.py") if p.stem != "__init__"]
    missing = [name for name in packages + modules if f"puncta.{name}" not in contract]
    assert not missing


def test_the_command_line_uses_only_the_public_door() -> None:
    wrong = []
    for file in (SRC / "cli").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            wrong += [
                f"{file.name}: {name}"
                for name in names
                if name.startswith("puncta.") and not name.startswith("puncta.cli")
            ]
    assert not wrong
