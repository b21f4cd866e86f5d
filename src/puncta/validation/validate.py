"""Validate: published readings of mechanisms beside the model, calibration and validation kept apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from puncta.errors import InputError, Problem
from puncta.evidence.mechanism import GROUPS, MechanismRow, mechanism_rows
from puncta.frozen import frozen
from puncta.messages import text
from puncta.validation.bench import Bench
from puncta.validation.compare import Compared, compare
from puncta.validation.observe import observe
from puncta.validation.tally import Tally

#: What can be validated.
PARTS = ("mechanism", "absorption", "safety", "outcomes")
ALL = "all"
#: The two roles that stand beside a prediction; they are never added up.
ROLES = ("calibration", "validation")


@frozen
class MechanismValidation:
    """All rows, compared or left out.

    Parameters
    ----------
    compared : tuple of Compared
        Usable rows in the order of groups.
    unusable : tuple of MechanismRow
        Rows left out, each with its reason.
    draws, seed : int
        Draws behind each band, and seed.
    """

    compared: tuple[Compared, ...]
    unusable: tuple[MechanismRow, ...]
    draws: int
    seed: int

    def tally(self, role: str, group: str = ALL) -> Tally:
        """Count the rows of one role, in one group or all."""
        rows = [c for c in self.compared if c.row.role == role and group in (ALL, c.row.group)]
        return Tally(sum(c.inside for c in rows), len(rows), sum(c.built_in for c in rows))

    @property
    def judged(self) -> tuple[Compared, ...]:
        """Rows whose band can be set beside how people of their quantity scatter."""
        return tuple(c for c in self.compared if c.width_over_people is not None)

    @property
    def too_wide(self) -> tuple[Compared, ...]:
        """Rows whose band is wider than 80 of 100 of their own people and than those of the pooled ones."""
        return tuple(c for c in self.judged if (c.width_over_people or 0.0) > 1.0)

    @property
    def misses(self) -> tuple[Compared, ...]:
        """Rows outside."""
        return tuple(c for c in self.compared if not c.inside)


def validate(
    part: str = "mechanism",
    *,
    draws: int = 400,  # numerics: enough for bands, few enough to wait for
    seed: int = 0,
    rows: Sequence[MechanismRow] | None = None,
    progress: Callable[[float], None] | None = None,
) -> MechanismValidation:
    """Set every usable row of a part beside the model under the row's own protocol.

    Parameters
    ----------
    part : str
        ``mechanism``: barrier, redness, inflammation, tissue, pain and depth over hours and days.
    draws : int
        Simulated studies behind each band, 20 or more.
    seed : int
        Seed; equal seeds give equal results.
    rows : sequence of MechanismRow, optional
        Rows to take; without it all of the evidence.
    progress : callable or None
        Called with the share done, 0 to 1.

    Returns
    -------
    MechanismValidation
        Each row inside or outside its band, and the rows left out.

    Raises
    ------
    InputError
        Where there is no such part.

    Notes
    -----
    Each draw is one study: its unprinted protocol fields, its people's mean and the model's values. Limits:
    ``limits.draws``.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> done = validate(draws=40, rows=[mechanism_row("T016"), mechanism_row("T002")])
    >>> done.tally("calibration").rows_count, [row.key for row in done.unusable]
    (1, ['T002'])
    """
    if part != PARTS[0]:
        raise InputError("validate", [Problem("part", part, ", ".join(PARTS), "", text("validation.unknown_part"))])
    taken = list(mechanism_rows().values()) if rows is None else list(rows)
    usable = sorted((row for row in taken if row.is_usable), key=lambda row: GROUPS.index(row.group))
    bench, compared = Bench(draws, seed, usable), []
    for done, row in enumerate(usable):
        compared.append(compare(row, observe(row, bench), bench))
        if progress is not None:
            progress((done + 1) / len(usable))
    left = tuple(row for row in taken if not row.is_usable)
    return MechanismValidation(tuple(compared), left, draws, seed)
