"""Public names are documented: one sentence, arguments, returns, an example that runs."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import puncta


def _public() -> Iterator[tuple[str, object]]:
    for module in pkgutil.iter_modules(puncta.__path__, "puncta."):
        package = importlib.import_module(module.name)
        for name in getattr(package, "__all__", ()):
            yield f"{module.name}.{name}", getattr(package, name)


def test_every_public_name_has_a_docstring_that_starts_with_a_sentence() -> None:
    bad = [
        name
        for name, value in _public()
        if (inspect.isclass(value) or inspect.isfunction(value))
        and not (inspect.getdoc(value) or "").split("\n\n")[0].rstrip().endswith((".", ":"))
    ]
    assert not bad


def test_every_public_function_explains_its_arguments_and_shows_an_example() -> None:
    bad = []
    for name, value in _public():
        if not inspect.isfunction(value):
            continue
        words = inspect.getdoc(value) or ""
        if "Examples\n" not in words:
            bad.append(f"{name}: no example")
        if len(inspect.signature(value).parameters) > 1 and "Parameters\n" not in words:
            bad.append(f"{name}: arguments not explained")
    assert not bad
