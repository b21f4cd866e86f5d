"""Preview: what a moved slider would change, at once, from one table of signals; the full forecast follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from puncta.case import Case, Course
from puncta.frozen import frozen
from puncta.healing import Map
from puncta.planning.table import SignalTable, signal_table
from puncta.simulation import DRAWS, Comfort, Outcome, Quantity, comfort, prepare
from puncta.simulation.appearance import appearance_quantities
from puncta.simulation.comfort import dark_mark_quantities, pain_quantities
from puncta.simulation.needling import needle_groups, needling_quantities
from puncta.simulation.signal import SIGNAL_KEYS


@frozen(eq=False)
class Preview:
    """A case made ready for quick looks.

    Parameters
    ----------
    case : Case
        The case.
    draws_count, seed : int
        The same draws as of the full forecast, so that both agree draw by draw.
    table : SignalTable
        Answer of the tissue to one session, over depth and density.
    how : Comfort
        Laws of pain and dark marks, with the cream.
    """

    case: Case
    draws_count: int
    seed: int
    table: SignalTable
    how: Comfort

    def look(self, course: Course, *days: float) -> Outcome:
        """Look at a course on one day, or on several.

        Parameters
        ----------
        course : Course
            What the sliders say.
        *days : float
            Days of reading, above 0, rising.

        Returns
        -------
        Outcome
            Needles, pain, dark marks and change; no inflammation, redness or uptake, which the full forecast brings.

        Notes
        -----
        Limits: ``limits.preview``.
        """
        run = prepare(self.case, course, self.draws_count, self.seed)
        run = replace(run, days=np.array([0.0, *days]))
        needled = needle_groups(run)
        tissue = {name: self.table.at(entry.first.wound) for entry in needled for name in entry.group.zones}
        found: Mapping[str, Quantity] = {
            q.key: q
            for q in (
                *needling_quantities(run, needled),
                *pain_quantities(run, needled, self.how),
                *dark_mark_quantities(run, needled, self.how.law),
                *appearance_quantities(run, tissue, SIGNAL_KEYS),
            )
        }
        return Outcome(self.case, course, self.seed, self.draws_count, MappingProxyType(found))


def preview(
    case: Case,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    map: Map | None = None,  # noqa: A002
) -> Preview:
    """Make a case ready for quick looks: the tissue heals once at every node of the table.

    Parameters
    ----------
    case : Case
        The case, without what the screening blocks.
    draws, seed : int
        As of the full forecast.
    map : callable or None
        Runs pieces of the healing; None takes threads.

    Returns
    -------
    Preview
        Ask it with `Preview.look`.

    Notes
    -----
    Limits: ``limits.preview``.

    Examples
    --------
    >>> from puncta.case import Course, ZoneSetting, read_case
    >>> ready = preview(read_case("examples/stretch_marks.toml"), draws=20)
    >>> course = Course.regular("gentle", (ZoneSetting("abdomen", 1.0, 4),), 3, 28)
    >>> bool(0 < ready.look(course, 270.0)["improvement_fraction@stretch_marks"].band().median[1] < 0.8)
    True
    """
    run = prepare(case, Course("preview", ()), draws, seed, map=map)
    return Preview(case, draws, seed, signal_table(run.people, seed, map), comfort(run))
