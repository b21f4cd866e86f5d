"""Safety rows: published durations of redness, scores of pain and counts of dark marks, each with its role."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from puncta.evidence.mechanism import MechanismRow, mechanism_rows, read_mechanism_rows

#: Groups in the order in which they are shown.
SAFETY_GROUPS = ("redness", "pain", "pigment")


@cache
def safety_rows() -> Mapping[str, MechanismRow]:
    """Rows of mechanisms that speak of redness and pain, and those read of trials for safety alone.

    Examples
    --------
    >>> safety_rows()["A03m"].value, safety_rows()["T043"].group
    (5.0, 'redness')
    """
    file = files("puncta.evidence").joinpath("data", "studies", "safety.csv")
    own = read_mechanism_rows(csv.DictReader(file.read_text(encoding="utf-8").splitlines()), SAFETY_GROUPS)
    shared = {key: row for key, row in mechanism_rows().items() if row.group in SAFETY_GROUPS}
    return MappingProxyType({**shared, **own})
