"""What several tests of reports look at."""

from __future__ import annotations

import pytest

from puncta.case import read_case
from puncta.planning import Plan, plan


@pytest.fixture(scope="session")
def acne() -> Plan:
    """The first example, planned on few draws."""
    return plan(read_case("examples/acne_scars.toml"), draws=40)
