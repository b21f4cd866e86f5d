"""The research file: every figure of every course as a tidy table, with seed, version and what it rests on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import numpy as np

from puncta.planning import Plan
from puncta.report.fingerprint import fingerprint
from puncta.simulation import Quantity
from puncta.simulation.record import unit_of

_HASH_SHOWN = 12
_HEAD = (
    "plan", "version", "evidence", "seed", "draws", "course", "recommended", "sessions", "interval_days", "quantity",
    "concern", "zone", "unit", "day", "low80", "low50", "median", "high50", "high80", "thin", "studies",
    "parameters_count", "limits",
)  # fmt: skip


def research_csv(plan: Plan) -> str:
    """Write all quantities of all courses, one row per quantity and recorded day.

    Parameters
    ----------
    plan : Plan
        The plan.

    Returns
    -------
    str
        CSV with a head; ``day`` is empty for a figure without time.

    Notes
    -----
    Limits: those named in each row, ``limits.draws``.
    """
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(_HEAD)
    marks = fingerprint(plan)
    for index, entry in enumerate(plan.alternatives):
        course = entry.course
        lead = (
            marks.plan, marks.version, marks.evidence[:_HASH_SHOWN], plan.seed, plan.draws_count, course.name,
            index == plan.recommended, len(course.sessions), course.interval_days,
        )  # fmt: skip
        for quantity in entry.outcome.quantities.values():
            for row in _rows(quantity):
                write.writerow((*lead, *row))
    return out.getvalue()


def _rows(quantity: Quantity) -> Iterator[tuple[object, ...]]:
    band = quantity.band()
    head = (quantity.name, quantity.concern or "", quantity.zone or "", unit_of(quantity.name))
    tail = (bool(quantity.thin), " ".join(quantity.studies), len(quantity.rests_on), quantity.limits)
    shown = np.stack([band.low80, band.low50, band.median, band.high50, band.high80], axis=1).tolist()
    for day, levels in zip(quantity.days.tolist(), shown, strict=True):
        yield (*head, "" if quantity.is_scalar else f"{day:.6g}", *(f"{level:.5g}" for level in levels), *tail)
