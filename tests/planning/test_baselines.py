"""The JSON outputs of the example cases change only on purpose."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.planning.baseline import CASES, kept, made


def _differences(now: Any, then: Any, path: str = "") -> Iterator[str]:
    if isinstance(now, dict) and isinstance(then, dict):
        for key in sorted(now.keys() | then.keys()):
            if key not in now or key not in then:
                yield f"{path}.{key}: {'new' if key in now else 'gone'}"
            else:
                yield from _differences(now[key], then[key], f"{path}.{key}")
    elif isinstance(now, list) and isinstance(then, list):
        if len(now) != len(then):
            yield f"{path}: {len(then)} entries became {len(now)}"
        for index, (one, other) in enumerate(zip(now, then, strict=False)):
            yield from _differences(one, other, f"{path}[{index}]")
    elif isinstance(now, float) or isinstance(then, float):
        # another kind of CPU may differ in the last bits, and a step size with them
        if now is None or then is None or now != pytest.approx(then, rel=2e-3, abs=2e-3):
            yield f"{path}: {then} became {now}"
    elif now != then:
        yield f"{path}: {then!r} became {now!r}"


@pytest.mark.parametrize("name", CASES)
def test_the_record_of_an_example_is_as_it_was_accepted(name: str) -> None:
    found = list(_differences(made(name), kept(name)))
    assert not found, "\n".join(found[:30])


def test_a_changed_figure_a_gone_key_and_another_word_are_noticed() -> None:
    then = {"a": 1.0, "b": {"c": "word"}, "d": [1]}
    assert list(_differences({"a": 1.1, "b": {"c": "other"}, "d": []}, then)) == [
        ".a: 1.0 became 1.1",
        ".b.c: 'word' became 'other'",
        ".d: 1 entries became 0",
    ]
    assert list(_differences({"b": {"c": "word"}, "d": [1]}, then)) == [".a: gone"]
