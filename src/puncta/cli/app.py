"""The ``puncta`` command."""

from __future__ import annotations

import gc
import os
import sys

import typer

from puncta.cli import (
    absorb,
    clinic,
    compare,
    evidence,
    photo,
    plan,
    recovery,
    replay,
    screen,
    sensitivity,
    simulate,
    trial,
    update,
    validate,
)
from puncta.cli.refuse import refusing

_OBJECTS_BETWEEN_SEARCHES = 200_000  # numerics: more than a start makes

app = typer.Typer(
    name="puncta",
    help="Plan, simulate and document microneedling. Research and planning support; not a medical device.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("screen")(screen.command)
app.command("plan")(plan.command)
app.command("simulate")(simulate.command)
app.command("compare")(compare.command)
app.command("replay")(replay.command)
app.command("sensitivity")(sensitivity.command)
app.command("absorb")(absorb.command)
app.command("recovery")(recovery.command)
app.command("evidence")(evidence.command)
app.command("trial")(trial.command)
app.command("update")(update.command)
app.command("validate")(validate.command)
app.command("clinic")(clinic.command)
app.add_typer(photo.app, name="photo")


def _version(wanted: bool) -> None:
    if wanted:
        from puncta import __version__

        typer.echo(f"puncta {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Plan, simulate and document microneedling."""


def main() -> None:
    """Run the command; refusals are printed without a traceback and end with code 2."""
    # what a start makes stays to its end, and searching it for cycles again and again takes a tenth of a second
    gc.set_threshold(_OBJECTS_BETWEEN_SEARCHES)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # nothing that is installed beside may look at a case
    sys.exit(refusing(app))
