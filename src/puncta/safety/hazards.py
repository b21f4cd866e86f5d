"""Hazards: what may happen, how grave and how likely, which rules control it and which tests show that they do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from puncta.errors import EvidenceError
from puncta.evidence.library import read_data
from puncta.frozen import frozen
from puncta.messages import text
from puncta.safety.rules import rules

_FIELDS = {"severity", "before", "after", "rules", "tests"}
_GRADES = range(1, 6)  # numerics: five grades each of severity and probability
#: Severity times probability from which a risk is not left as it is, and from which it is not accepted at all.
TO_REDUCE, NOT_ACCEPTED = 6, 13  # numerics: borders of the table, named in docs/safety


@frozen
class Hazard:
    """One hazard.

    Parameters
    ----------
    key : str
        Name; its words stand in messages under ``hazards.<key>``.
    severity, before, after : int
        Severity of the harm, and probability before and after the measures, 1 to 5.
    rules : tuple of str
        Rules of the screen that control it.
    tests : tuple of str
        Tests that show it, as file and name.
    """

    key: str
    severity: int
    before: int
    after: int
    rules: tuple[str, ...]
    tests: tuple[str, ...]

    def words(self, part: str) -> str:
        """Words of a part: ``hazard``, ``sequence``, ``harm``, ``control`` or ``left``."""
        return text(f"hazards.{self.key}.{part}")

    @property
    def risk_before(self) -> int:
        """Severity times probability before the measures."""
        return self.severity * self.before

    @property
    def risk_after(self) -> int:
        """Severity times probability after the measures."""
        return self.severity * self.after


@cache
def hazards() -> Mapping[str, Hazard]:
    """All hazards by key.

    Raises
    ------
    EvidenceError
        Where one names a rule that does not exist, has no test, or grades beyond 1 to 5.

    Examples
    --------
    >>> hazards()["cream_poisoning"].severity
    5
    """
    out = {}
    for key, row in read_data("hazards.toml").items():
        grades = [row.get(name) for name in ("severity", "before", "after")]
        named = tuple(row.get("rules", ()))
        wrong = sorted(set(named) - set(rules()))
        if set(row) - _FIELDS or wrong or not row.get("tests") or any(grade not in _GRADES for grade in grades):
            raise EvidenceError(f"hazard {key}: grades 1 to 5, tests, and rules that exist; unknown rules {wrong}")
        out[key] = Hazard(key, row["severity"], row["before"], row["after"], named, tuple(row["tests"]))
    return MappingProxyType(out)
