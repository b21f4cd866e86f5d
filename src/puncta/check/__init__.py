"""The second calculation: closed forms, written apart from the engine, from the same case and the same evidence."""

from puncta.check.compare import Checked, Compared, Kind
from puncta.check.second import Told, second_calculation

__all__ = ["Checked", "Compared", "Kind", "Told", "second_calculation"]
