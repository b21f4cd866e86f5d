"""Refusals: every problem of an input in words, exit code 2, never a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable

import typer

from puncta import InputError, PunctaError, text

REFUSED = 2
INTERRUPTED = 130
CUT_OFF = 141  # as shells say of a program whose reader went away


def refusing(app: Callable[..., object]) -> int:
    """Run the command and turn refusals into messages on standard error.

    Parameters
    ----------
    app : callable
        The Typer app.

    Returns
    -------
    int
        Exit code: 0; 1 where the screening allows no plan; 2 where the input or the output was refused; 130 where the
        command was interrupted; 141 where the reader of its output went away.
    """
    _print_anything()
    try:
        outcome = app(standalone_mode=False)
        sys.stdout.flush()
    except InputError as error:
        _say(text("cli.problems", subject=error.subject, count=len(error.problems)))
        for problem in error.problems:
            _say(f"  {problem.field}")
            for label, words in (
                ("given", problem.given),
                ("allowed", problem.allowed),
                ("why", problem.why),
                ("do", problem.do),
            ):
                if words:
                    _say(f"    {text(f'cli.{label}')}: {words}")
        return REFUSED
    except PunctaError as error:
        _say(str(error))
        return REFUSED
    except (typer.Abort, KeyboardInterrupt):
        outcome = INTERRUPTED
    except BrokenPipeError:
        return _drop_output(CUT_OFF)
    except OSError as error:
        _say(text("cli.unprinted", reason=error.strerror or error))
        return _drop_output(REFUSED)
    except SystemExit as error:
        # the libraries below turn a broken pipe into their own exit code
        if isinstance(error.__context__, BrokenPipeError):
            return _drop_output(CUT_OFF)
        raise
    except Exception as error:
        # click's own usage errors know how to show themselves; anything else is a defect and keeps its traceback
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()
        return int(getattr(error, "exit_code", REFUSED))
    if outcome == INTERRUPTED:
        _say(text("cli.interrupted"))
    return outcome if isinstance(outcome, int) else 0


def _print_anything() -> None:
    """Let a sign that the terminal does not know become a question mark, instead of an error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _drop_output(code: int) -> int:
    """Send what still waits to be printed nowhere, so that the end of the program does not trip over it."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _say(line: str) -> None:
    print(line, file=sys.stderr)
