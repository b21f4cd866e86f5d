"""Tables of the generated pages, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from puncta.messages import text


def table_head(*columns: str) -> Iterator[str]:
    """Head of a table of validation, from the keys of its columns.

    Examples
    --------
    >>> list(table_head("row", "what"))
    ['| row | what |', '|---|---|']
    """
    yield table_row(*(text(f"validation.column.{name}") for name in columns))
    yield "|" + "---|" * len(columns)


def table_row(*cells: str) -> str:
    """One row; an upright in a cell would end it.

    Examples
    --------
    >>> table_row("a|b", "c")
    '| a/b | c |'
    """
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
