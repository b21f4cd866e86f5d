"""Mutated case files: the examples damaged in their text and in their tree, the same for the same seed.

For tests of anything that takes a case file, the command line included:

    for name, text in mutated_cases(300, seed=1):
        ...
"""

import random
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from puncta.case.toml_text import toml_text

EXAMPLES = Path(__file__).parent.parent.parent / "examples"

#: What may stand where something else was.
ODD = (
    *(None, True, False, 0, -1, 1, 7, 1.5, -62, 1e308, 10**30, 0x7F, float("nan"), float("inf"), -float("inf"), -0.0),
    *(
        "",
        " ",
        "x",
        "cheek",
        "cheeck",
        "yes",
        "1.5 mm",
        "137 lb",
        "0.06 inches",
        "VII",
        "VI",
        "IV",
        "2026-11-04",
        "NaN",
    ),
    *(
        "treat",
        "avoid",
        "lower_eyelid",
        "goodman_baron_grade",
        "exceed",
        "x" * 2000,
        "\u202e\u0007",
        "a\nb",
        "{0}",
        "%s",
        "é",
    ),
    *(
        [],
        [[]],
        [1, 2],
        ["cheek"],
        ["cheek", 3],
        [None],
        {},
        {"a": {"b": [1, {"c": 2}]}},
        [{"name": "nose"}],
        [[1], "x"],
    ),
    *(date(2026, 11, 4), date(1, 1, 1), date(9999, 12, 31), datetime(2026, 11, 4, 10, 30), time(7, 30)),
)
ODD_KEYS = ("x", "weight_lb", "depth_inches", "area_mm2", "name", "zones", "when", "é", "a b", "", "format", "0")
SIGNS = "[]{}=\"'#,.\n\t \\-+:_0123456789abcxyzIVé\u00a0\u0007"


def mutated_cases(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Damage the examples.

    Parameters
    ----------
    count : int
        How many damaged files.
    seed : int
        Equal seeds give equal files.

    Yields
    ------
    tuple of str
        A name that says where it came from, and the TOML text.
    """
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted(EXAMPLES.glob("*.toml"))}
    chance = random.Random(seed)
    for index in range(count):
        stem = chance.choice(sorted(texts))
        if index % 2:
            yield f"{stem}_{index}", toml_text(_damaged_tree(tomllib.loads(texts[stem]), chance))
        else:
            yield f"{stem}_{index}", _damaged_text(texts[stem], chance)


def mutated_trees(count: int, seed: int) -> Iterator[Any]:
    """Damage the examples' trees, as JSON might bring them: nulls and all."""
    trees = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(EXAMPLES.glob("*.toml"))]
    chance = random.Random(seed)
    for _ in range(count):
        yield _damaged_tree(chance.choice(trees), chance)


def _damaged_text(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        lines = text.split("\n")
        at, sign = chance.randrange(len(text) + 1), chance.choice(SIGNS)
        line = chance.randrange(len(lines))
        text = chance.choice(
            (
                text[:at] + sign + text[at:],
                text[:at] + text[at + chance.randint(1, 30) :],
                text[:at],
                text[:at] + "".join(chance.choices(SIGNS, k=8)) + text[at:],
                "\n".join([*lines[:line], lines[chance.randrange(len(lines))], *lines[line:]]),
                "\n".join([*lines[:line], *lines[line + 1 :]]),
                "\n".join(chance.sample(lines, len(lines))),
                text.swapcase(),
            )
        )
    return text


def _damaged_tree(tree: Any, chance: random.Random) -> Any:
    out = _copy(tree)
    for _ in range(chance.randint(1, 6)):
        places = [place for place in _places(out) if place]
        if not places:
            return out
        *above, last = chance.choice(places)
        parent = out
        for part in above:
            parent = parent[part]
        action = chance.randrange(5)
        if action == 0:
            del parent[last]
        elif action == 1 and isinstance(parent, dict):
            parent[chance.choice(ODD_KEYS)] = parent.pop(last)
        elif action == 2 and isinstance(parent, list):
            parent.insert(last, chance.choice((_copy(parent[last]), _copy(chance.choice(ODD)))))
        elif action == 3 and isinstance(parent, dict):
            parent[chance.choice(ODD_KEYS)] = _copy(chance.choice(ODD))
        else:
            parent[last] = _copy(chance.choice(ODD))
    return out


def _places(tree: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield above
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _places(value, (*above, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _places(value, (*above, index))


def _copy(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _copy(value) for key, value in tree.items()}
    return [_copy(value) for value in tree] if isinstance(tree, list) else tree
