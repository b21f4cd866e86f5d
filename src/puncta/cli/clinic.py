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
    lan: Annotated[bool, typer.Option(help="Let tablets of the clinic's own network in, with HTTPS.")] = False,
    backup: Annotated[Path | None, typer.Option(help="Write and verify an encrypted backup, then end.")] = None,
    restore: Annotated[Path | None, typer.Option(help="Restore a backup into an empty folder, then end.")] = None,
    import_file: Annotated[
        Path | None, typer.Option("--import", help="Take a clinic's own export into an empty folder, then end.")
    ] = None,
    recovery_key: Annotated[
        str | None, typer.Option(help="With --restore, on a computer without the key file.")
    ] = None,
    guide: Annotated[
        bool, typer.Option("--guide", help="Fetch the capture guide's parts with npm, check them, then end.")
    ] = False,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Keep the clinic's record in the browser: makes folder, database, first account and recovery key at first."""
    from puncta import PunctaError, text

    if find_spec("django") is None or find_spec("cheroot") is None:
        raise PunctaError(text("clinic.start.not_installed"))
    # the clinic stands above the command line, so it is named here and loaded when it is asked for
    start = import_module("puncta.clinic.start")
    if guide:
        start.fetch_parts(folder, key_file, typer.echo)
        raise typer.Exit(0)
    if import_file is not None:
        raise typer.Exit(0 if start.bring_in(import_file, folder, key_file, typer.echo) else 1)
    if backup is not None or restore is not None:
        done = (
            start.back_up(backup, folder, key_file, typer.echo)
            if backup is not None
            else start.bring_back(restore, folder, key_file, recovery_key, typer.echo)
        )
        raise typer.Exit(0 if done else 1)
    start.run(folder, key_file, port, lan=lan, open_browser=browser, say=typer.echo)
