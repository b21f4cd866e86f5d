"""Page of outcomes: published trials beside the forecast; writes docs/outcomes.md and its pictures.

Run ``uv run python -m puncta.report.outcomes_page`` in the folder of the project.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from puncta.files import write_atomically
from puncta.messages import text
from puncta.report.charts.canvas import Chart
from puncta.report.charts.forest import ForestRow, forest_chart
from puncta.validation import outcome_validation_record, validate_outcomes
from puncta.validation.outcomes import BASELINES, MODEL, checks, predictive_checks

WRITTEN_TO = Path("docs/outcomes.md")
PICTURES = Path("docs/images/outcomes")
_PERCENT = 100.0
_DRAWS, _SEED = 2000, 0  # numerics: what the page is made from
_TESTS = ("left_out", "held_back")
_DRAWN = ("left_out", "held_back", "reproduced", "untestable")


def outcomes_markdown(record: Mapping[str, Any]) -> str:
    """Write a validation of outcomes as Markdown.

    Parameters
    ----------
    record : mapping
        From `outcome_validation_record`.

    Returns
    -------
    str
        The page, ending in a newline; it shows the pictures of `outcomes_pictures`.

    Examples
    --------
    >>> outcomes_markdown(outcome_validation_record(validate_outcomes(100))).startswith("# ")
    True
    """
    lines = [*_head(record)]
    for exercise in _DRAWN:
        lines += _exercise(record, exercise)
    lines += ["", *_checks(), *_predictive(), *_unusable(record)]
    return "\n".join(lines).rstrip() + "\n"


def outcomes_pictures(record: Mapping[str, Any]) -> dict[str, Chart]:
    """Draw one forest for each exercise, by exercise."""
    return {
        name: forest_chart(
            f"outcomes-{name}",
            [_row(entry, name in _TESTS) for entry in _ordered(record["readings"][name])],
            text("validation.outcomes.axis"),
            text(f"validation.outcomes.{name}.title"),
        )
        for name in _DRAWN
    }


def _ordered(readings: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(readings, key=lambda entry: (entry["heading"], entry["row"]))


def _row(entry: Mapping[str, Any], tests: bool) -> ForestRow:
    heading = text(f"validation.heading_short.{entry['heading']}")
    return ForestRow(
        f"{entry['row']} {heading}",
        entry["words"]["reported"],
        entry["words"]["predicted"],
        low=_PERCENT * entry["low80"],
        median=_PERCENT * entry["median"],
        high=_PERCENT * entry["high80"],
        figure=_PERCENT * entry["reported"],
        inside=entry["inside80"],
        tests=tests,
    )


def _head(record: Mapping[str, Any]) -> Iterator[str]:
    yield f"# {text('validation.outcomes.title')}"
    for words in (
        text("validation.outcomes.intro"),
        text("limits.not_a_device"),
        text("validation.outcomes.how", draws=record["draws"], seed=record["seed"]),
        text("validation.outcomes.baselines"),
        text("validation.outcomes.roles"),
        text("validation.outcomes.legend"),
    ):
        yield ""
        yield words
    yield ""


def _exercise(record: Mapping[str, Any], name: str) -> Iterator[str]:
    yield f"## {text(f'validation.outcomes.{name}.title')}"
    yield ""
    yield text(f"validation.outcomes.{name}.says")
    yield ""
    if name in _TESTS:
        yield f"| {' | '.join(text(f'validation.outcomes.column.{head}') for head in _HEADS)} |"
        yield "|---|" + "---:|" * (len(_HEADS) - 2) + "---|"
        yield from (_line(line) for line in record["tallies"][name])
        yield ""
    picture = PICTURES.relative_to(WRITTEN_TO.parent).as_posix()
    yield f"![{text(f'validation.outcomes.{name}.title')}]({picture}/{name}.svg)"
    yield ""
    missed = [entry for entry in _ordered(record["readings"][name]) if not entry["inside80"]]
    if missed:
        words = (
            text(
                "validation.outcomes.miss",
                row=entry["row"],
                reported=entry["words"]["reported"],
                predicted=entry["words"]["predicted"],
            )
            for entry in missed
        )
        yield text("validation.outcomes.missed", rows="; ".join(words))
        yield ""


_STATISTICS = ("mean", "spread", "least", "greatest")
_HEADS = ("heading", "readings", "inside50", "inside80", "width", "model", *BASELINES, "ranked", "best")


def _line(line: Mapping[str, Any]) -> str:
    count = line["readings_count"]
    scores, ranked = line["interval_score"], line["ranked_score"]
    cells = (
        line["words"],
        str(count),
        f"{_PERCENT * line['inside50_count'] / count:.0f} %",
        f"{_PERCENT * line['inside80_count'] / count:.0f} %",
        f"{line['width']:.2f}",
        *(f"{scores[name]:.2f}" for name in (MODEL, *BASELINES)),
        " / ".join(f"{ranked[name]:.3f}" for name in (MODEL, *BASELINES)),
        text(f"validation.outcomes.best.{line['best']}"),
    )
    return f"| {' | '.join(cells)} |"


def _checks() -> Iterator[str]:
    yield f"## {text('validation.outcomes.checks.title')}"
    yield ""
    yield text("validation.outcomes.checks.says")
    yield ""
    heads = ("what", "wanted", "found", "met")
    yield f"| {' | '.join(text(f'validation.outcomes.checks.column.{name}') for name in heads)} |"
    yield "|---|---|---|---|"
    for check in checks(seed=_SEED):
        low, high = check.reported
        asked = f"{low:.2f}" if low == high else text("validation.outcomes.ends", low=f"{low:.2f}", high=f"{high:.2f}")
        ends = {"low": _two(check.low), "high": _two(check.high)}
        found = text("validation.outcomes.middle", median=_two(check.median), **ends)
        met = text("validation.inside" if check.met else "validation.outside")
        yield f"| {text(f'validation.outcomes.checks.{check.name}')} | {asked} | {found} | {met} |"


def _predictive() -> Iterator[str]:
    stored = predictive_checks()
    yield ""
    yield f"## {text('validation.outcomes.predictive.title')}"
    yield ""
    yield text("validation.outcomes.predictive.says")
    yield ""
    heads = ("group", "from", "inside80", "width", *_STATISTICS)
    yield f"| {' | '.join(text(f'validation.outcomes.predictive.column.{name}') for name in heads)} |"
    yield "|" + "---|" * len(heads)
    for group in stored["prior"]:
        for name in ("prior", "fit"):
            found = stored[name][group]
            cells = [
                text(f"validation.heading.{group}"),
                text(f"validation.outcomes.predictive.{name}"),
                f"{found['inside80']} / {found['readings']}",
                f"{found['width80']:.2f}",
            ]
            for statistic in _STATISTICS:
                one = found[statistic]
                low, _, high = one["band95"]
                ends = text("validation.outcomes.ends", low=_two(low), high=_two(high))
                mark = "" if low <= one["reported"] <= high else f" **{text('validation.outside')}**"
                cells.append(f"{_two(one['reported'])} ({ends}){mark}")
            yield f"| {' | '.join(cells)} |"


def _two(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def _unusable(record: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield f"## {text('validation.unusable_title')}"
    yield ""
    yield text("validation.unusable", count=len(record["unusable"]))
    yield ""
    by_reason: dict[str, list[str]] = {}
    for row in record["unusable"]:
        by_reason.setdefault(row["reason"], []).append(row["row"])
    for reason, rows in sorted(by_reason.items(), key=lambda pair: -len(pair[1])):
        yield f"- {', '.join(rows)}: {reason}"


def main() -> None:
    """Compute everything and write page and pictures."""
    record = outcome_validation_record(validate_outcomes(_DRAWS, _SEED))
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, chart in outcomes_pictures(record).items():
        write_atomically(PICTURES / f"{name}.svg", chart.svg)
    write_atomically(WRITTEN_TO, outcomes_markdown(record))


if __name__ == "__main__":
    main()
