"""Assertions of tests: none that holds whatever the program does."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def _always(node: ast.expr) -> bool:
    """True where an expression is true whatever its parts are."""
    if isinstance(node, ast.Constant):
        return bool(node.value)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return bool(node.elts)
    if isinstance(node, ast.Dict):
        return bool(node.keys)
    if isinstance(node, ast.JoinedStr | ast.Lambda | ast.GeneratorExp):
        return True
    if isinstance(node, ast.BoolOp):
        parts = [_always(one) for one in node.values]
        return any(parts) if isinstance(node.op, ast.Or) else all(parts)
    if isinstance(node, ast.IfExp):
        return _always(node.body) or _always(node.orelse)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        same = ast.dump(node.left) == ast.dump(node.comparators[0])
        return same and isinstance(node.left, ast.Name | ast.Attribute) and isinstance(node.ops[0], ast.Eq | ast.Is)
    return False


def _found(source: str, name: str) -> list[str]:
    tree = ast.parse(source)
    return [f"{name}:{node.lineno}" for node in ast.walk(tree) if isinstance(node, ast.Assert) and _always(node.test)]


def test_no_assertion_holds_whatever_happens() -> None:
    wrong = [hit for file in sorted((ROOT / "tests").rglob("*.py")) for hit in _found(file.read_text(), file.name)]
    assert not wrong


def test_the_scan_finds_planted_ones() -> None:
    planted = ("1", "(x, 'said')", "x or True", "x if y else True", "f'{x}'", "(one for one in x)", "x.y == x.y")
    assert len(_found("\n".join(f"assert {one}" for one in planted), "planted")) == len(planted)
    assert not _found(
        "assert x\nassert x == y\nassert not x\nassert x or y\nassert x if y else z\nassert f() == f()", "fair"
    )
