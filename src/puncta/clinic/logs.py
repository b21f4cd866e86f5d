"""A rotating log in the data folder that is opened when the first line is written."""

from __future__ import annotations

import logging
import time
import traceback
from logging import LogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 1_000_000
_KEPT = 5


class Line(logging.Formatter):
    """One record on one line, in universal time; signs that would begin another line are written out."""

    converter = time.gmtime

    def format(self, record: LogRecord) -> str:
        """The line."""
        whole = super().format(record)
        return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in whole)


class FolderLog(RotatingFileHandler):
    """Keeps the last few files; without a folder it keeps silent."""

    def __init__(self, folder: str) -> None:
        super().__init__(Path(folder) / "clinic.log", maxBytes=_BYTES, backupCount=_KEPT, delay=True, encoding="utf-8")

    def emit(self, record: LogRecord) -> None:
        """Write one line where there is a folder to write to."""
        if Path(self.baseFilename).parent.is_dir():
            if record.exc_info:
                # the kind of error alone: its words may hold what somebody typed
                kind, _, trace = record.exc_info
                place = traceback.extract_tb(trace)[-1:] if trace else []
                where = "".join(f" at {Path(step.filename).name}:{step.lineno}" for step in place)
                record.msg, record.args = f"{record.getMessage()} ({kind.__name__ if kind else ''}{where})", ()
                record.exc_info = record.exc_text = None
            super().emit(record)
