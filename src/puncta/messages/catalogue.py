"""The message catalogue: texts in TOML files, one folder per language, looked up by dotted key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from puncta.errors import PunctaError
from puncta.kept import toml_tables


def _flatten(table: Mapping[str, Any], prefix: str, out: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, Mapping):
            _flatten(value, key, out)
        elif isinstance(value, str):
            if key in out:
                raise PunctaError(f"message {key!r} is written twice")
            out[key] = value
        else:
            raise PunctaError(f"message {key!r} must be text")


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    folder = files("puncta.messages").joinpath(language)
    if not folder.is_dir():
        raise PunctaError(f"there are no texts in language {language!r}")
    out: dict[str, str] = {}
    for name, table in toml_tables(folder).items():
        _flatten(table, name.removesuffix(".toml"), out)
    return MappingProxyType(out)


def text(key: str, language: str = "en", /, **values: object) -> str:
    """Look up a text and fill in its values.

    Parameters
    ----------
    key : str
        Dotted key; the first part is the file, for example ``report.title``.
    language : str
        Folder of the catalogue.
    **values : object
        What stands for the ``{names}`` in the text.

    Returns
    -------
    str
        The text, ready to show.

    Raises
    ------
    PunctaError
        Where the key does not exist or a value is missing: a hole in a text is a defect, never an empty string.

    Examples
    --------
    >>> text("limits.not_a_device").startswith("Research and planning support")
    True
    """
    catalogue = _catalogue(language)
    if key not in catalogue:
        raise PunctaError(f"there is no text {key!r} in language {language!r}")
    try:
        return catalogue[key].format(**values) if values else catalogue[key]
    except (KeyError, IndexError) as error:
        raise PunctaError(f"text {key!r} needs a value for {error}") from error


def has_text(key: str, language: str = "en", /) -> bool:
    """Say whether a text exists.

    Parameters
    ----------
    key : str
        Dotted key.
    language : str
        Folder of the catalogue.

    Examples
    --------
    >>> has_text("limits.no_such_text")
    False
    """
    return key in _catalogue(language)


def keys(prefix: str = "", language: str = "en", /) -> tuple[str, ...]:
    """List the keys that begin with a prefix.

    Parameters
    ----------
    prefix : str
        Beginning of the keys; empty for all.
    language : str
        Folder of the catalogue.

    Examples
    --------
    >>> "limits.not_a_device" in keys("limits.")
    True
    """
    return tuple(key for key in _catalogue(language) if key.startswith(prefix))


def unreviewed(language: str, /) -> str:
    """The mark of a language whose clinical texts nobody with clinical training has reviewed yet.

    Parameters
    ----------
    language : str
        Folder of the catalogue.

    Returns
    -------
    str
        Words to show beside such texts; empty where they need no mark.

    Examples
    --------
    >>> unreviewed("en"), unreviewed("es")
    ('', 'Traducción aún no revisada por un profesional sanitario')
    """
    key = "translation.unreviewed"
    return text(key, language) if has_text(key, language) else ""


@cache
def languages() -> tuple[str, ...]:
    """Languages that have a folder of texts.

    Examples
    --------
    >>> "en" in languages()
    True
    """
    return tuple(sorted(entry.name for entry in files("puncta.messages").iterdir() if _is_language(entry.name)))


def _is_language(name: str) -> bool:
    return len(name) == 2 and name.isalpha()  # numerics: codes of languages have two letters
