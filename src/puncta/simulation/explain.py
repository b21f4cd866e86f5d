"""Explain: from any printed figure, parameter, source or study row to what stands behind it."""

from __future__ import annotations

from puncta.case import Case, Course
from puncta.errors import InputError, Problem, nearest
from puncta.evidence import Trace, arms, parameters, sources, trace
from puncta.messages import keys, text
from puncta.simulation.simulate import simulate

# numerics: a trace does not depend on the draws, so the fewest serve
_FEWEST_DRAWS = 2


def explain(key: str, case: Case | None = None, course: Course | None = None) -> Trace:
    """Find what stands behind a figure.

    Parameters
    ----------
    key : str
        A figure (``pain_score@cheek_left``, ``pain_score`` or a word for it, ``pain``), a parameter
        (``healing.mun``), the beginning of parameter keys (``healing``), a source (``dogra_2014``) or a study row
        (``A03``).
    case : Case or None
        Needed for a figure.
    course : Course or None
        Needed for a figure of a course.

    Returns
    -------
    Trace
        Parameters with spread, kind and source; sources; study rows.

    Raises
    ------
    InputError
        Where nothing has that name, with the nearest names.

    Examples
    --------
    >>> explain("healing.mun").parameters[0].unit
    '1/d'
    """
    words = _words()
    spoken, at, zone = key.partition("@")
    key = f"{words.get(spoken.casefold(), spoken)}{at}{zone}"
    if key in parameters():
        return trace([key])
    if key in arms():
        return trace([], [key])
    if key in sources():
        used = [name for name, entry in parameters().items() if key in entry.sources]
        return trace(used)
    beginning = [name for name in parameters() if name.startswith(f"{key}.")]
    if beginning:
        return trace(beginning)
    known = [*parameters(), *arms(), *sources(), *words]
    if case is not None:
        outcome = simulate(case, course or Course("untreated", ()), draws=_FEWEST_DRAWS)
        found = [q for name, q in outcome.quantities.items() if key in (name, q.name)]
        if found:
            return case.library.trace([k for q in found for k in q.rests_on], [row for q in found for row in q.studies])
        known += [*outcome.quantities]
    near = nearest(key, known)
    do = text("evidence.unknown_near", near=near) if near else text("evidence.unknown")
    if case is None and key.partition("@")[0] in words.values():
        do = text("evidence.needs_case", key=key)
    allowed = text("evidence.allowed" if case is not None else "evidence.allowed_with_case")
    raise InputError("evidence", [Problem("figure", key, allowed, "", do)])


def _words() -> dict[str, str]:
    """What people call a figure: its name, its name in the report, and other words, in small letters."""
    figures = {name.rpartition(".")[2]: text(name) for name in keys("report.quantity.")}
    out = {word.casefold(): figure for figure, word in figures.items()} | {figure: figure for figure in figures}
    for name in keys("evidence.word."):
        out |= {word.casefold(): name.rpartition(".")[2] for word in text(name).split(", ")}
    return out
