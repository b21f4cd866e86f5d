"""Backend: OpenCV, loaded when a picture is first worked on, and a clear message where it is missing."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from puncta.errors import PunctaError
from puncta.messages import text


@cache
def opencv() -> Any:
    """The module ``cv2``.

    Returns
    -------
    module
        OpenCV.

    Raises
    ------
    PunctaError
        Where the extra for photographs is not installed.

    Examples
    --------
    >>> hasattr(opencv(), "imdecode")
    True
    """
    return needed("cv2")


def needed(name: str) -> Any:
    """A module of the extra for photographs.

    Parameters
    ----------
    name : str
        Its name, for example ``pydicom``.

    Raises
    ------
    PunctaError
        Where it is not installed.

    Examples
    --------
    >>> needed("no_such_module")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    puncta.errors.PunctaError: Photographs need the extra "photo" ...
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise PunctaError(text("imaging.error.extra", module=name)) from error
