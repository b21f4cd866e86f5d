"""Run the command in this process, as a shell would see it."""

import contextlib
import io
from dataclasses import dataclass

from puncta.cli.app import app
from puncta.cli.refuse import refusing


@dataclass(frozen=True)
class Ran:
    """Exit code and what was printed."""

    code: int
    out: str
    err: str


def puncta(*arguments: str) -> Ran:
    """Run ``puncta`` with arguments."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = refusing(lambda **options: app(list(arguments), **options))
    return Ran(code, out.getvalue(), err.getvalue())
