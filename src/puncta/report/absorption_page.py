"""Page of absorption: published readings of permeation beside the model; writes docs/absorption.md.

Run ``uv run python -m puncta.report.absorption_page`` in the folder of the project.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from puncta.files import write_atomically
from puncta.messages import text
from puncta.report.markdown import table_head, table_row
from puncta.validation import AbsorptionValidation, absorption_validation_record, validate_absorption

WRITTEN_TO = Path("docs/absorption.md")
_PERCENT = 100
_DRAWS, _SEED = 400, 0  # numerics: what the page is made from


def absorption_markdown(found: AbsorptionValidation) -> str:
    """Write a validation of absorption as Markdown.

    Parameters
    ----------
    found : AbsorptionValidation
        From `validate_absorption`.

    Returns
    -------
    str
        The page, ending in a newline.

    Examples
    --------
    >>> absorption_markdown(validate_absorption(draws=40)).startswith("# ")
    True
    """
    record = absorption_validation_record(found)
    lines = [*_head(record), *_rows(record), *_intact(record), *_unusable(record)]
    return "\n".join(lines).rstrip() + "\n"


def _head(record: dict[str, Any]) -> Iterator[str]:
    yield f"# {text('validation.absorption.title')}"
    for words in (
        text("validation.absorption.intro"),
        text("limits.not_a_device"),
        text("validation.absorption.how", draws=record["draws"], seed=record["seed"]),
        text(
            "validation.absorption.result",
            **{role: record["inside"][role]["words"] for role in record["inside"]},
        ),
        text("validation.absorption.reading"),
    ):
        yield ""
        yield words
    yield ""


def _rows(record: dict[str, Any]) -> Iterator[str]:
    yield from table_head("row", "what", "reported", "predicted", "verdict", "role", "because")
    for row in record["rows"]:
        words = row["words"]
        verdict = words["verdict"] if row["inside"] else f"**{words['verdict']}**"
        role = text(f"validation.role.{row['role']}")
        yield table_row(row["row"], row["what"], words["reported"], words["predicted"], verdict, role, row["reason"])
    yield ""


def _intact(record: dict[str, Any]) -> Iterator[str]:
    intact = record["intact"]
    yield f"## {text('validation.absorption.intact_title')}"
    yield ""
    yield text(
        "validation.absorption.intact",
        records=intact["records"]["words"],
        held=f"{_PERCENT * intact['held_compounds_fraction']:.0f}",
    )
    yield ""
    yield from table_head("class", "compounds", "records", "rmse", "published_rmse")
    for one in intact["classes"]:
        counts = (str(one["compounds_count"]), str(one["records_count"]))
        yield table_row(one["words"], *counts, f"{one['rmse_log10']:.2f}", f"{one['published_rmse_log10']:.2f}")
    yield ""


def _unusable(record: dict[str, Any]) -> Iterator[str]:
    yield f"## {text('validation.unusable_title')}"
    yield ""
    yield text("validation.unusable", count=len(record["unusable"]))
    yield ""
    yield from table_head("row", "what", "left_out")
    for row in record["unusable"]:
        yield table_row(row["row"], row["what"], row["reason"])
    yield ""


def absorption_of_page() -> AbsorptionValidation:
    """Run the validation that the page is made from."""
    return validate_absorption(draws=_DRAWS, seed=_SEED)


def main() -> None:
    """Write docs/absorption.md."""
    write_atomically(WRITTEN_TO, absorption_markdown(absorption_of_page()))


if __name__ == "__main__":
    main()
