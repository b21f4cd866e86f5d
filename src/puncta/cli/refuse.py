"""Refusals: every problem of an input in words, exit code 2, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from puncta import InputError, PunctaError, text

REFUSED = 2
INTERRUPTED = 130


def refusing(app: Callable[..., object]) -> int:
    """Run the command and turn refusals into messages on standard error.

    Parameters
    ----------
    app : callable
        The Typer app.

    Returns
    -------
    int
        Exit code: 0, or 2 where the input was refused, or 130 where it was interrupted.
    """
    try:
        outcome = app(standalone_mode=False)
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
    except typer.Abort:
        _say(text("cli.interrupted"))
        return INTERRUPTED
    except KeyboardInterrupt:
        _say(text("cli.interrupted"))
        return INTERRUPTED
    except Exception as error:
        # click's own usage errors know how to show themselves; anything else is a defect and keeps its traceback
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()
        return int(getattr(error, "exit_code", REFUSED))
    return outcome if isinstance(outcome, int) else 0


def _say(line: str) -> None:
    print(line, file=sys.stderr)
