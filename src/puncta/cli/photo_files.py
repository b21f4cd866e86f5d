"""Photographs in folders: which are measured, which belong together, how far the work is, and what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

_SUFFIXES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".dcm"}
REFUSED = 2


def photographs(place: Path) -> list[Path]:
    """A photograph, or those of a folder; an empty folder is refused."""
    from puncta import PunctaError, text

    if not place.is_dir():
        return [place]
    found = _pictures(place)
    if not found:
        raise PunctaError(text("imaging.cli.no_photographs", folder=place))
    return found


def people(folder: Path) -> list[tuple[Path, list[Path]]]:
    """Folders of one person each, with their photographs."""
    from puncta import PunctaError, text

    if not folder.is_dir():
        kind = "not_folder" if folder.exists() else "missing_folder"
        raise PunctaError(text(f"imaging.cli.{kind}", folder=folder))
    found = [(person, _pictures(person)) for person in sorted(folder.iterdir()) if person.is_dir()]
    found = [(person, shots) for person, shots in found if shots]
    if not found:
        raise PunctaError(text("imaging.cli.no_people", folder=folder))
    return found


def pairs(before: Path, after: Path) -> tuple[list[tuple[Path, Path]], list[dict[str, Any]]]:
    """Photographs of the same name in two folders, and those that have no partner, or more than one."""
    from puncta import PunctaError, text

    if not before.is_dir() and not after.is_dir():
        return [(before, after)], []
    if before.is_dir() != after.is_dir():
        raise PunctaError(text("imaging.cli.folder_pairs"))
    first, second = _pictures(before), _pictures(after)
    counts = [Counter(file.stem for file in files) for files in (first, second)]
    partner = {file.stem: file for file in second}
    found, alone = [], []
    for file in first:
        if max(count[file.stem] for count in counts) > 1:
            alone.append(_refused(file, None, text("imaging.cli.same_name", file=file, name=file.stem)))
        elif file.stem in partner:
            found.append((file, partner[file.stem]))
        else:
            alone.append(_refused(file, None, text("imaging.cli.no_partner", file=file, folder=after)))
    known = {file.stem for file in first}
    words = {file: text("imaging.cli.no_partner", file=file, folder=before) for file in second}
    alone += [_refused(None, file, words[file]) for file in second if file.stem not in known]
    if not found and not alone:
        raise PunctaError(text("imaging.cli.folder_pairs"))
    return found, alone


def in_turn(items: list[Any], many: bool) -> Iterator[Any]:
    """Each in turn, with progress on standard error where there are many."""
    if not many:
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    from puncta import text

    yield from track(items, text("imaging.cli.progress"), console=Console(stderr=True))


def end(records: list[dict[str, Any]], as_json: bool) -> None:
    """Name what was refused on standard error, unless the JSON does, and end with the code of a refusal."""
    from puncta import text

    refused = [record["refused"] for record in records if "refused" in record]
    if not refused:
        return
    if not as_json:
        for words in refused:
            typer.echo(words, err=True)
        typer.echo(text("imaging.cli.some_refused", refused=len(refused), all=len(records)), err=True)
    raise typer.Exit(REFUSED)


def _refused(before: Path | None, after: Path | None, words: str) -> dict[str, Any]:
    named = {"before": before, "after": after}
    return {**{side: None if file is None else {"file": str(file)} for side, file in named.items()}, "refused": words}


def _pictures(folder: Path) -> list[Path]:
    from puncta import PunctaError, text

    try:
        inside = list(folder.iterdir())
    except OSError as error:
        raise PunctaError(text("imaging.cli.closed_folder", folder=folder)) from error
    return sorted(
        file
        for file in inside
        if file.suffix.lower() in _SUFFIXES and not file.name.startswith(".") and not file.is_dir()
    )
