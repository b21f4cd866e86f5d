"""A source: where a figure was read."""

from __future__ import annotations

from typing import Literal, get_args

from puncta.frozen import frozen

SourceKind = Literal["paper", "label", "guideline", "regulator", "database", "textbook", "clinic", "project"]
Seen = Literal["primary", "secondary", "recalled", "own"]

SOURCE_KINDS: tuple[str, ...] = get_args(SourceKind)
SEEN: tuple[str, ...] = get_args(Seen)


@frozen
class Source:
    """Where a figure or a rule was read.

    Parameters
    ----------
    key : str
        Short name used in evidence files, for example ``dogra_2014``.
    title : str
        What it is, with author, year and journal or body.
    kind : str
        paper, label, guideline, regulator, database, textbook, clinic or project.
    seen : str
        ``primary`` read in the source itself, ``secondary`` as quoted elsewhere, ``recalled`` from memory and not
        verified, ``own`` for this project's judgement.
    year : int or None
        Year of the source.
    identifier : str
        DOI, PMID, PMC, registry or clearance number; empty where there is none.
    """

    key: str
    title: str
    kind: SourceKind
    seen: Seen
    year: int | None
    identifier: str
