"""Notebook page: runs the notebook of virtual trials and writes it, with what it printed, into the docs.

Run ``uv run python -m puncta.report.notebook_page`` in the folder of the project.
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from puncta.files import read_text, write_atomically

NOTEBOOK = Path("examples/trials/rehearsal.ipynb")
WRITTEN_TO = Path("docs/trials_notebook.md")


def notebook_cells(path: str | Path) -> list[tuple[str, str]]:
    """Kinds and texts of a notebook's cells.

    Parameters
    ----------
    path : str or Path
        A notebook, format 4.

    Examples
    --------
    >>> notebook_cells("examples/trials/rehearsal.ipynb")[0][0]
    'markdown'
    """
    told = json.loads(read_text(path))
    return [(cell["cell_type"], "".join(cell["source"])) for cell in told["cells"]]


def run_notebook(path: str | Path) -> list[tuple[str, str, str]]:
    """Run a notebook from top to bottom.

    Parameters
    ----------
    path : str or Path
        A notebook of this project; its code is run.

    Returns
    -------
    list of (str, str, str)
        Kind, text and what was printed, cell by cell.
    """
    names: dict[str, Any] = {}
    out = []
    for kind, words in notebook_cells(path):
        said = io.StringIO()
        if kind == "code":
            with contextlib.redirect_stdout(said):
                exec(compile(words, str(path), "exec"), names)
        out.append((kind, words, said.getvalue()))
    return out


def notebook_markdown(ran: list[tuple[str, str, str]]) -> str:
    """A notebook that was run as Markdown.

    Parameters
    ----------
    ran : list of (str, str, str)
        From `run_notebook`.

    Examples
    --------
    >>> print(notebook_markdown([("code", "print(1)", "1")]))
    ```python
    print(1)
    ```
    <BLANKLINE>
        1
    <BLANKLINE>
    """
    return "\n".join(_lines(ran)).rstrip() + "\n"


def _lines(ran: list[tuple[str, str, str]]) -> Iterator[str]:
    for kind, words, said in ran:
        yield from (words,) if kind == "markdown" else ("```python", words, "```")
        yield ""
        if said:
            yield from (f"    {line}".rstrip() for line in said.rstrip().splitlines())
            yield ""


def main() -> None:
    """Run the notebook and write docs/trials_notebook.md."""
    write_atomically(WRITTEN_TO, notebook_markdown(run_notebook(NOTEBOOK)))


if __name__ == "__main__":
    main()
