"""The capture guide's parts: fetched once from npm, checked, kept in the data folder, served by the clinic.

The version is one that speaks to nobody: later ones send a log to their maker, and the policy of the pages would only
block it.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from puncta.clinic.folder import clinic_folder
from puncta.clinic.library import PunctaError, model_bytes, text

PACKAGE, VERSION = "@mediapipe/tasks-vision", "0.10.21"
#: SHA-256 of the package as it was tried.
_DIGEST = "343736570f433c0100ffc360dbe70f09cc502a5fc573f5cd95954692edc9cfde"
_MODEL = "face_landmarker.task"
_JS, _WASM = "text/javascript", "application/wasm"
#: Name that is served: place in the package, and kind.
PARTS = {
    "vision_bundle.mjs": ("package/vision_bundle.mjs", _JS),
    "vision_wasm_internal.js": ("package/wasm/vision_wasm_internal.js", _JS),
    "vision_wasm_internal.wasm": ("package/wasm/vision_wasm_internal.wasm", _WASM),
    "vision_wasm_nosimd_internal.js": ("package/wasm/vision_wasm_nosimd_internal.js", _JS),
    "vision_wasm_nosimd_internal.wasm": ("package/wasm/vision_wasm_nosimd_internal.wasm", _WASM),
}
KINDS = {**{name: kind for name, (_, kind) in PARTS.items()}, _MODEL: "application/octet-stream"}
_LONGEST_S = 300


def guide_folder() -> Path:
    """Where the parts lie."""
    return clinic_folder().root / "guide" / VERSION


def guide_ready() -> bool:
    """True where every part is there; otherwise the guide is a plain overlay."""
    return all((guide_folder() / name).is_file() for name in KINDS)


def fetch_guide(say: Callable[[str], object]) -> None:
    """Fetch the package with npm, take its parts, and lay the face model beside them.

    Parameters
    ----------
    say : callable
        Told what was done.

    Raises
    ------
    PunctaError
        Where npm is missing or fails, or the package is not the one that was tried; nothing is kept then.
    """
    if shutil.which("npm") is None:
        raise PunctaError(text("clinic.guide.no_npm"))
    model = model_bytes()
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--silent", "--ignore-scripts"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_LONGEST_S, check=False)
        packed = next(Path(folder).glob("*.tgz"), None)
        if done.returncode or packed is None:
            raise PunctaError(text("clinic.guide.npm_failed", why=done.stderr.strip()[-300:]))
        put_in_place(packed, model)
    say(text("clinic.guide.fetched", folder=guide_folder()))


def put_in_place(packed: Path, model: bytes) -> None:
    """Take the parts out of a package that was fetched, and lay them where they are served.

    Raises
    ------
    PunctaError
        Where it is not the package that was tried.
    """
    if hashlib.sha256(packed.read_bytes()).hexdigest() != _DIGEST:
        raise PunctaError(text("clinic.guide.other", package=f"{PACKAGE}@{VERSION}"))
    into = guide_folder()
    waiting = into.with_name(f".{VERSION}.part")
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir(parents=True, mode=0o700)
    with tarfile.open(packed) as archive:
        for name, (place, _) in PARTS.items():
            content = archive.extractfile(place)
            if content is None:
                raise PunctaError(text("clinic.guide.other", package=f"{PACKAGE}@{VERSION}"))
            (waiting / name).write_bytes(content.read())
    (waiting / _MODEL).write_bytes(model)
    shutil.rmtree(into, ignore_errors=True)
    waiting.replace(into)
