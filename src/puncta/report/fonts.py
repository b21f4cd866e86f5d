"""The font of print: Roboto from its package, handed to Typst and to the charts; never another one in silence."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from puncta.errors import PunctaError
from puncta.messages import text

_PACKAGE = "font_roboto"
_FILES = ("Roboto-Regular.ttf", "Roboto-Bold.ttf")


@cache
def font_files() -> tuple[Path, ...]:
    """Find the two weights.

    Returns
    -------
    tuple of Path
        Regular and bold.

    Raises
    ------
    PunctaError
        Where the font package or one of its files is missing, with what to install.

    Examples
    --------
    >>> [file.name for file in font_files()]
    ['Roboto-Regular.ttf', 'Roboto-Bold.ttf']
    """
    spec = find_spec(_PACKAGE)
    folders = [Path(place) / "files" for place in (spec.submodule_search_locations or ())] if spec else []
    for folder in folders:
        found = tuple(folder / name for name in _FILES)
        if all(file.is_file() for file in found):
            return found
    raise PunctaError(text("report.error.font_missing", files=", ".join(_FILES)))
