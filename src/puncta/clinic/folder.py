"""The data folder of a clinic, and the key beside it: where everything lies and how it is opened."""

from __future__ import annotations

import os
import secrets
import tomllib
from functools import cache
from pathlib import Path

from puncta.frozen import frozen

FOLDER_VARIABLE = "PUNCTA_CLINIC_FOLDER"
KEY_VARIABLE = "PUNCTA_CLINIC_KEY_FILE"
_KEY_BYTES = 32
_SECRET_BYTES = 48


@frozen
class ClinicFolder:
    """One clinic's data folder.

    Parameters
    ----------
    root : Path
        The folder: database, photographs, settings, logs.
    key_file : Path
        The key that opens photographs and backups; never inside the folder.
    """

    root: Path
    key_file: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "clinic.sqlite3"

    @property
    def sealed(self) -> Path:
        """Photographs and documents, each encrypted."""
        return self.root / "sealed"

    @property
    def logs(self) -> Path:
        """Logs without personal data."""
        return self.root / "logs"

    @property
    def authority(self) -> Path:
        """The certificate authority of the clinic's network, beside the key and never in the data folder."""
        return self.key_file.with_suffix(".network")

    @property
    def settings_file(self) -> Path:
        """The settings that people may change."""
        return self.root / "clinic.toml"

    @property
    def settings(self) -> dict[str, object]:
        """What the settings file says; empty where there is none."""
        if not self.settings_file.exists():
            return {}
        return tomllib.loads(self.settings_file.read_text(encoding="utf-8"))

    def create(self) -> bool:
        """Make the folder and its key where they are missing; True where the key is new."""
        for place in (self.root, self.sealed, self.logs, self.key_file.parent):
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
        secret = self.root / "secret"
        if not secret.exists():
            _write_private(secret, secrets.token_urlsafe(_SECRET_BYTES).encode())
        if self.key_file.exists():
            return False
        _write_private(self.key_file, secrets.token_bytes(_KEY_BYTES))
        return True

    def secret(self) -> str:
        """The secret that signs log-ins; a passing one where the folder is not made yet."""
        place = self.root / "secret"
        return place.read_text().strip() if place.exists() else secrets.token_urlsafe(_SECRET_BYTES)


def _write_private(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _home(variable: str, usual: str) -> Path:
    return Path(os.environ.get(variable) or Path.home() / usual)


@cache
def clinic_folder() -> ClinicFolder:
    """The folder that this process works in, from the environment or the user's own place."""
    root = Path(os.environ.get(FOLDER_VARIABLE) or _home("XDG_DATA_HOME", ".local/share") / "puncta-clinic").resolve()
    usual_key = _home("XDG_CONFIG_HOME", ".config") / "puncta-clinic" / f"{root.name}.key"
    return ClinicFolder(root, Path(os.environ.get(KEY_VARIABLE) or usual_key).resolve())
