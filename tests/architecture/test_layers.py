"""Who may import whom."""

import ast
import subprocess
import sys
from importlib import import_module
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


def _imports(file: Path) -> list[tuple[str, list[str]]]:
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, [alias.name for alias in node.names]))
        elif isinstance(node, ast.Import):
            found += [(alias.name, []) for alias in node.names]
    return [(module, names) for module, names in found if module.split(".")[0] == "puncta"]


def test_the_clinic_knows_the_library_by_one_door_and_by_public_names_alone() -> None:
    door, wrong = SRC / "clinic" / "library.py", []
    for file in (SRC / "clinic").rglob("*.py"):
        for module, names in _imports(file):
            if module.startswith("puncta.clinic") or module == "puncta.frozen":
                continue
            if file != door:
                wrong.append(f"{file.name}: {module} beside the door")
                continue
            public = getattr(import_module(module), "__all__", ())
            if module != "puncta.errors" and module.count(".") > 1:
                wrong.append(f"{file.name}: {module} lies inside a package")
            elif module != "puncta.errors":
                wrong += [f"{file.name}: {module}.{name}" for name in names if name not in (*public, "__version__")]
    assert not wrong
