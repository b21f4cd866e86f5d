"""Fits: which values the calibration rows know, and which stay where they were thought to be."""

from __future__ import annotations

from collections.abc import Iterator

from puncta.evidence import fitted, joint_spread, parameter, parameters
from puncta.messages import text

_PERCENT = 100
_COLUMNS = ("value", "means", "joint", "removed")


def fits_markdown() -> str:
    """Write what joint fits know about each value as Markdown.

    Returns
    -------
    str
        One table for each package with joint draws: values that the data moved, the best known first, then the others
        by name.

    Examples
    --------
    >>> "left as it was" in fits_markdown()
    True
    """
    packages = sorted({key.partition(".")[0] for key in parameters()})
    lines = [f"## {text('validation.fits_title')}", "", text("validation.fits_how"), ""]
    for package in packages:
        if fitted(package) is not None:
            lines += _package(package)
    return "\n".join(lines)


def _package(package: str) -> Iterator[str]:
    keys = (key for key in parameters() if key.startswith(f"{package}."))
    known = sorted(((spread, key) for key in keys if (spread := joint_spread(key))), key=lambda it: -it[0].contraction)
    rows = sorted({row for spread, _ in known for row in spread.rows})
    yield text("validation.fits_package", package=package, rows=", ".join(rows))
    yield ""
    yield f"| {' | '.join(text(f'validation.column.{name}') for name in _COLUMNS)} |"
    yield "|" + "---|" * len(_COLUMNS)
    for spread, key in known:
        if spread.is_known:
            entry = parameter(key)
            joint = f"{spread.median:.3g} ({spread.low:.3g} – {spread.high:.3g}) {entry.unit}".strip()
            yield f"| `{entry.key}` | {entry.means} | {joint} | {_PERCENT * spread.contraction:.0f} % |"
    yield ""
    left = sorted(f"`{key}`" for spread, key in known if not spread.is_known)
    if left:
        yield text("validation.fits_left", values=", ".join(left))
        yield ""
