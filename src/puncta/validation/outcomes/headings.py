"""Headings: groups of arms that are scored together, and those too small to be tested."""

from __future__ import annotations

from collections.abc import Iterable

from puncta.evidence import Arm

#: Headings with at least four studies that share an outcome.
TESTABLE = (
    "acne_alone",
    "acne_plasma",
    "acne_product",
    "melasma_product",
    "melasma_home",
)
#: Headings that too few studies speak of.
UNTESTABLE = ("acne_untreated", "melasma_alone", "ageing", "striae", "raised_scars")
_FEWEST_STUDIES = 4
_SIMPLE = {"ageing": "ageing", "striae": "striae", "raised scar": "raised_scars"}


def heading_of(arm: Arm) -> str:
    """The heading under which an arm is scored.

    Examples
    --------
    >>> from puncta.evidence import arms
    >>> heading_of(arms()["A03"]), heading_of(arms()["A07b"]), heading_of(arms()["M02b"])
    ('acne_alone', 'acne_plasma', 'melasma_home')
    """
    if arm.heading in _SIMPLE:
        return _SIMPLE[arm.heading]
    if arm.heading == "melasma":
        return {"needling": "melasma_alone", "product only": "melasma_home"}.get(arm.kind, "melasma_product")
    if arm.kind == "untreated":
        return "acne_untreated"
    return {"none": "acne_alone", "plasma": "acne_plasma"}.get(arm.addon, "acne_product")


def scored(found: Iterable[Arm]) -> list[Arm]:
    """The readings that are scored: one for each study and heading, bounds left out."""
    roles = ("calibration", "validation", "reproduction")
    return [arm for arm in found if arm.is_primary and arm.role in roles and arm.trust != "bound"]
