"""Clearance: what a regulator or a label says a device is for."""

from __future__ import annotations

from collections.abc import Mapping

from puncta.errors import Problem, nearest
from puncta.evidence import Record, sources
from puncta.frozen import frozen
from puncta.messages import text

_FIELDS = frozenset(("number", "uses", "sites", "phototypes", "age_low_years", "source"))


@frozen
class Clearance:
    """One clearance or label, with what it covers.

    Parameters
    ----------
    number : str
        Number of the clearance.
    uses : tuple of str
        What it covers: ``atrophic_acne_scars``, ``lines``, ``abdominal_scars``.
    sites : tuple of str
        Where, as the clearance says; empty where it does not say.
    phototypes : tuple of int
        Skin types covered; empty where it names none.
    age_low_years : float or None
        Lowest age covered.
    source : str
        Source key.
    """

    number: str
    uses: tuple[str, ...]
    sites: tuple[str, ...]
    phototypes: tuple[int, ...]
    age_low_years: float | None
    source: str

    @classmethod
    def of(cls, record: Record) -> tuple[Clearance, ...]:
        """The clearances of a sound device record."""
        return tuple(
            cls(
                number=entry["number"],
                uses=tuple(entry.get("uses", ())),
                sites=tuple(entry.get("sites", ())),
                phototypes=tuple(entry.get("phototypes", ())),
                age_low_years=entry.get("age_low_years"),
                source=entry["source"],
            )
            for entry in record.facts.get("cleared", ())
        )


def check_clearances(record: Record, problems: list[Problem]) -> None:
    """Add what is wrong with the clearances of a device record."""
    for index, entry in enumerate(record.facts.get("cleared", ())):
        field = f"{record.key}.cleared[{index}]"
        if not isinstance(entry, Mapping) or set(entry) - _FIELDS or not entry.get("number"):
            allowed = ", ".join(sorted(_FIELDS))
            problems.append(Problem(field, str(entry), allowed, "", text("products.device.clearance")))
        elif entry.get("source") not in sources():
            near = nearest(str(entry.get("source")), sources())
            problems.append(
                Problem(f"{field}.source", str(entry.get("source")), near, "", text("products.record.source"))
            )
