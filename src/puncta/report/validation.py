"""Validation page: published readings of mechanisms beside the model; writes docs/validation.md and its pictures.

Run ``uv run python -m puncta.report.validation`` in the folder of the project.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from puncta.evidence.mechanism import GROUPS, MechanismRow
from puncta.files import write_atomically
from puncta.messages import text
from puncta.report.charts.canvas import Chart
from puncta.report.charts.readings import Reading, readings_chart
from puncta.report.fits import fits_markdown
from puncta.report.markdown import table_head, table_row
from puncta.validation import Compared, MechanismValidation, validate
from puncta.validation.compare import AGREEING_FRACTION
from puncta.validation.validate import ALL, ROLES
from puncta.validation.words import (
    predicted_words,
    reason_of_miss,
    reported_words,
    tally_words,
    verdict_words,
    when_words,
    wide_words,
)

WRITTEN_TO = Path("docs/validation.md")
PICTURES = Path("docs/images/validation")
_PERCENT = 100
# numerics: what the page is made from, how far it was to come, and what counts as a close call
_DRAWS, _SEED, _TARGET_PERCENT, _CLOSE_FRACTION = 400, 0, 70, 0.05


def validation_markdown(found: MechanismValidation) -> str:
    """Write a validation as Markdown.

    Parameters
    ----------
    found : MechanismValidation
        From `validate`.

    Returns
    -------
    str
        The page, ending in a newline; it shows the pictures of `validation_pictures`.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> page = validation_markdown(validate(draws=20, rows=[mechanism_row("T028"), mechanism_row("T002")]))
    >>> "recalled only" in page
    True
    """
    lines = [*_head(found), *_result(found)]
    for group in GROUPS:
        lines += _group(found, group)
    lines += [*_misses(found), fits_markdown(), *_unusable(found.unusable)]
    return "\n".join(lines).rstrip() + "\n"


def validation_pictures(found: MechanismValidation) -> dict[str, Chart]:
    """Draw one picture for each group that has a usable row, by group.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> list(validation_pictures(validate(draws=20, rows=[mechanism_row("T028")])))
    ['depth']
    """
    pictures = {}
    for group in GROUPS:
        rows = [entry for entry in found.compared if entry.row.group == group]
        if rows:
            label = text("validation.picture", group=text(f"validation.group.{group}"))
            pictures[group] = readings_chart(f"validation-{group}", list(map(_reading, rows)), AGREEING_FRACTION, label)
    return pictures


def _reading(entry: Compared) -> Reading:
    statement = entry.agreeing_fraction is not None
    return Reading(
        label=f"{entry.row.key} {entry.row.what} {when_words(entry.row)}".rstrip(),
        reported=reported_words(entry),
        predicted=predicted_words(entry),
        distance=None if statement else entry.distance,
        agreeing_fraction=entry.agreeing_fraction,
        inside=entry.inside,
        validates=entry.row.role == "validation",
    )


def _head(found: MechanismValidation) -> Iterator[str]:
    yield f"# {text('validation.title')}"
    yield ""
    yield text("validation.intro")
    yield ""
    yield text("limits.not_a_device")
    yield ""
    yield f"## {text('validation.how_title')}"
    yield ""
    for words in (
        text("validation.how_roles"),
        text("validation.how_protocol"),
        text("validation.how_band", draws=found.draws, seed=found.seed),
        text("validation.how_statement"),
        text("validation.compiled"),
        text("validation.how_changes"),
    ):
        yield f"- {words}"
    yield ""


def _result(found: MechanismValidation) -> Iterator[str]:
    yield f"## {text('validation.result_title')}"
    yield ""
    inside = sum(entry.inside for entry in found.compared)
    share = _PERCENT * inside / max(len(found.compared), 1)
    yield text(
        "validation.target",
        target=_TARGET_PERCENT,
        all=f"{inside} / {len(found.compared)} ({share:.0f} %)",
        **{role: tally_words(found.tally(role)) for role in ROLES},
        verdict=text("validation.met" if share >= _TARGET_PERCENT and not found.too_wide else "validation.not_met"),
    )
    yield ""
    yield f"| {text('validation.column.group')} | {' | '.join(text(f'validation.role.{r}') for r in ROLES)} |"
    yield "|---|---|---|"
    for group in (*GROUPS, ALL):
        yield table_row(text(f"validation.group.{group}"), *(tally_words(found.tally(role, group)) for role in ROLES))
    yield ""
    close = [
        entry.row.key
        for entry in found.compared
        if entry.agreeing_fraction is not None and abs(entry.distance) <= _CLOSE_FRACTION
    ]
    if close:
        yield text("validation.close", rows=", ".join(close), points=f"{_PERCENT * _CLOSE_FRACTION:.0f}")
        yield ""
    yield from _widths(found)


def _widths(found: MechanismValidation) -> Iterator[str]:
    figures = sum(entry.row.says == "figure" for entry in found.compared)
    yield f"### {text('validation.wide_title')}"
    yield ""
    yield text("validation.wide_how")
    yield ""
    yield wide_words(found)
    yield ""
    yield text("validation.wide_unjudged", count=figures - len(found.judged))
    yield ""
    if found.judged:
        yield from table_head("row", "what", "predicted", "width_people", "width", "width_pooled", "pooled")
        for entry in sorted(found.judged, key=lambda entry: -(entry.width_over_people or 0.0)):
            over, own, pooled = (
                text("validation.none") if ratio is None else f"{ratio:.2f}"
                for ratio in (entry.width_over_people, entry.width_over_source, entry.width_over_pooled)
            )
            rows = ", ".join(entry.pooled.rows if entry.pooled else ())
            yield table_row(
                entry.row.key,
                entry.row.what,
                predicted_words(entry),
                f"**{over}**" if entry in found.too_wide else over,
                own,
                pooled,
                rows,
            )
        yield ""


def _group(found: MechanismValidation, group: str) -> Iterator[str]:
    rows = [entry for entry in found.compared if entry.row.group == group]
    if not rows:
        return
    title = text(f"validation.group.{group}")
    yield f"## {title[0].upper()}{title[1:]}"
    yield ""
    label = text("validation.picture", group=title)
    yield f"![{label}]({PICTURES.relative_to(WRITTEN_TO.parent).as_posix()}/{group}.svg)"
    yield ""
    yield text("validation.legend")
    yield ""
    yield from table_head("row", "what", "reported", "predicted", "verdict", "distance", "role", "because")
    for entry in rows:
        row = entry.row
        distance = f"{entry.distance:+.1f}" if entry.agreeing_fraction is None else ""
        role = text(f"validation.role.{row.role}")
        yield table_row(
            row.key,
            "; ".join(part for part in (row.what, when_words(row), row.where, row.source) if part),
            reported_words(entry),
            predicted_words(entry),
            verdict_words(entry),
            distance,
            role,
            row.reason,
        )
    yield ""


def _misses(found: MechanismValidation) -> Iterator[str]:
    yield f"## {text('validation.misses_title')}"
    yield ""
    yield text("validation.misses")
    yield ""
    yield from table_head("row", "role", "what", "reported", "predicted", "reason")
    for entry in found.misses:
        row = entry.row
        words = (reported_words(entry), predicted_words(entry), reason_of_miss(entry))
        yield table_row(row.key, text(f"validation.role.{row.role}"), row.what, *words)
    yield ""


def _unusable(rows: tuple[MechanismRow, ...]) -> Iterator[str]:
    yield f"## {text('validation.unusable_title')}"
    yield ""
    yield text("validation.unusable", count=len(rows))
    yield ""
    yield from table_head("row", "what", "source", "left_out")
    for row in rows:
        yield table_row(row.key, f"{row.what}; {row.where}" if row.where else row.what, row.source, row.reason)
    yield ""


def validation_of_page() -> MechanismValidation:
    """Run the validation that the page is made from."""
    return validate(draws=_DRAWS, seed=_SEED)


def main() -> None:
    """Write docs/validation.md and its pictures."""
    found = validation_of_page()
    PICTURES.mkdir(parents=True, exist_ok=True)
    for group, chart in validation_pictures(found).items():
        write_atomically(PICTURES / f"{group}.svg", chart.svg)
    write_atomically(WRITTEN_TO, validation_markdown(found))


if __name__ == "__main__":
    main()
