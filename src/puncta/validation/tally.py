"""Tally: how many rows lie inside."""

from __future__ import annotations

from puncta.frozen import frozen


@frozen
class Tally:
    """How many rows lie inside.

    Parameters
    ----------
    inside_count, rows_count : int
        Rows inside, of all rows.
    built_in_count : int
        Rows whose direction the model's form gives anyway.
    """

    inside_count: int
    rows_count: int
    built_in_count: int

    @property
    def inside_fraction(self) -> float | None:
        """Share inside; None without rows."""
        return self.inside_count / self.rows_count if self.rows_count else None
