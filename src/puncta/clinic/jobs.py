"""Work beside the page that asked for it: one piece at a time, and how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import close_old_connections, connection

#: Share done of what this process is working on.
_UNDER_WAY: dict[str, float] = {}
#: One at a time: two at once on a small computer only slow each other.
_TURN = threading.Lock()


def share_done(key: str) -> float | None:
    """How far a piece of work is; None where nobody works on it any more."""
    return _UNDER_WAY.get(key)


def tell(key: str, share: float) -> None:
    """Say how far a piece of work is."""
    if key in _UNDER_WAY:
        _UNDER_WAY[key] = share


def start(key: str, work: Callable[[], None], *, beside: bool) -> None:
    """Begin a piece of work.

    Parameters
    ----------
    key : str
        Its name; the page asks by it how far it is.
    work : callable
        What is done; it keeps its result itself, failures among them.
    beside : bool
        True for a thread of its own; False for at once, as tests want it.
    """
    _UNDER_WAY[key] = 0.0
    if beside:
        threading.Thread(target=_in_turn, args=(key, work), daemon=True).start()
        return
    try:
        work()
    finally:
        _UNDER_WAY.pop(key, None)


def _in_turn(key: str, work: Callable[[], None]) -> None:
    try:
        with _TURN:
            close_old_connections()
            work()
    finally:
        _UNDER_WAY.pop(key, None)
        connection.close()
