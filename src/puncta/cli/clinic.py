"""``puncta clinic``: the record of a clinic in the browser, on this computer."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path | None, typer.Option(help="Data folder; your own one if not given.")] = None,
    key_file: Annotated[Path | None, typer.Option(help="Key file, outside the data folder.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this computer.")] = 8765,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Keep the clinic's record in the browser: makes folder, database, first account and recovery key at first."""
    from puncta import PunctaError, text

    if find_spec("django") is None or find_spec("cheroot") is None:
        raise PunctaError(text("clinic.start.not_installed"))
    # the clinic stands above the command line, so it is named here and loaded when it is asked for
    import_module("puncta.clinic.start").run(folder, key_file, port, open_browser=browser, say=typer.echo)
