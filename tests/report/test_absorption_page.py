"""The page of absorption: not stale, and every miss in bold."""

from pathlib import Path

import pytest
from tests.report.test_claims import apart

import puncta
from puncta.report.absorption_page import WRITTEN_TO, absorption_markdown, absorption_of_page

ROOT = Path(puncta.__file__).parent.parent.parent
PAGE = (ROOT / WRITTEN_TO).read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_page_is_the_one_that_follows_from_rows_and_model() -> None:
    stale = apart(PAGE, absorption_markdown(absorption_of_page()))
    assert not stale, "run: uv run python -m puncta.report.absorption_page\n" + "\n".join(stale[:10])


def test_misses_stand_out() -> None:
    assert "**OUTSIDE**" in PAGE
