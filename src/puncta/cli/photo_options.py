"""What ``puncta photo`` is told: every option read at once, so that all that is wrong with them is said together."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from puncta import Problem

_SAID = ("none", "both", "before", "after")
_GREY_NUMBERS, _RULER_NUMBERS = 4, 2


class Told:
    """Options as they are read; `done` refuses all that is wrong with them in one message."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._wrong: list[Problem] = []

    def wrong(self, field: str, given: object, kind: str, **words: object) -> None:
        """Keep one problem."""
        from puncta import Problem, text

        parts = (text(f"imaging.option.{kind}.{part}", **words) for part in ("allowed", "why", "do"))
        self._wrong.append(Problem(field, str(given), *parts))

    def done(self) -> None:
        """Refuse where anything is wrong."""
        from puncta import InputError

        if self._wrong:
            raise InputError(self._command, self._wrong)

    def days(self, given: float | None) -> float | None:
        """Days since a session: none, or not below 0."""
        if given is not None and not (math.isfinite(given) and given >= 0):
            self.wrong("--days-since-session", f"{given:g}", "days")
        return given

    def worn(self, make_up: str | None, shaved: str | None, single: bool) -> dict[str, str]:
        """What was said of make-up and shaving; of one photograph none or both."""
        given = {name: said for name, said in (("make_up", make_up), ("shaved", shaved)) if said is not None}
        for name, said in given.items():
            if said not in (_SAID[:2] if single else _SAID):
                self.wrong(f"--{name.replace('_', '-')}", said, "worn_one" if single else "worn")
        return given

    def grey(self, given: str | None, field: str = "--grey") -> tuple[int, int, int, int] | None:
        """A grey card: left, top, width, height."""
        if given is None:
            return None
        try:
            left, top, width, height = (int(part) for part in given.split(","))
        except ValueError:
            self.wrong(field, given, "grey")
            return None
        return left, top, width, height

    def scale(self, ruler: str | None, way: str | None, chart_mm: float | None, chart: bool, drawn: bool) -> Any:
        """Where millimetres come from."""
        from puncta import ScaleFrom, ruler_scale

        if ruler is not None and way is not None:
            self.wrong("--scale-from", way, "two_scales", ruler=ruler)
        if chart_mm is not None and way != "chart":
            self.wrong("--chart-mm", f"{chart_mm:g}", "chart_mm_alone")
        if ruler is not None:
            try:
                length_px, length_mm = (float(part) for part in ruler.split(","))
            except ValueError:
                length_px, length_mm = 0.0, 0.0
            if all(math.isfinite(length) and length > 0 for length in (length_px, length_mm)):
                return ruler_scale(length_px, length_mm)
            self.wrong("--ruler", ruler, "ruler")
            return None
        if way is None:
            return None
        if way not in ("eyes", "iris", "chart"):
            self.wrong("--scale-from", way, "scale_from")
        elif way == "chart" and not (chart_mm is not None and math.isfinite(chart_mm) and chart_mm > 0):
            self.wrong("--chart-mm", "–" if chart_mm is None else f"{chart_mm:g}", "chart_mm")
        elif way == "chart" and not chart:
            self.wrong("--no-chart", "--scale-from chart", "chart_off")
        elif way != "chart" and drawn:
            self.wrong("--scale-from", way, "scale_drawn")
        else:
            return ScaleFrom(way, chart_mm or 0.0)
        return None

    def polygons(self, file: Path | None) -> dict[str, Any] | None:
        """Zones or lesions drawn by hand, from JSON."""
        from puncta import InputError

        if file is None:
            return None
        try:
            found = _object(file)
        except InputError as error:
            self._wrong.extend(error.problems)
            return None
        except ValueError as error:
            self.wrong(str(file), str(error), "polygons")
            return None
        return found

    def apart(self, zones: dict[str, Any] | None, lesions: dict[str, Any] | None) -> None:
        """A name stands for a zone or for a lesion, not for both."""
        for name in sorted(set(zones or {}) & set(lesions or {})):
            self.wrong("--lesions", name, "one_name")

    def target(self, out: Path | None, inputs: list[Path], field: str, folder: bool = False) -> None:
        """Where something is written: never over what is read, and into a folder that exists."""
        if out is None:
            return
        if folder:
            if out.exists() and not out.is_dir():
                self.wrong(field, out, "target_folder")
            return
        if any(_same(out, one) for one in inputs):
            self.wrong(field, out, "target_input")
        elif out.is_dir():
            self.wrong(field, out, "target_file")
        elif not out.absolute().parent.is_dir():
            self.wrong(field, out, "target_parent", folder=out.absolute().parent)

    def two(self, before: Path, after: Path) -> None:
        """Two photographs that exist, not one and the same file, nor one folder."""
        for name, place in (("BEFORE", before), ("AFTER", after)):
            if not place.exists():
                self.wrong(name, place, "no_file")
        if before.exists() and _same(before, after):
            self.wrong("AFTER", after, "same_file")


def _object(file: Path) -> dict[str, Any]:
    import json

    from puncta import read_text, text

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in found]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(text("imaging.option.twice", names=", ".join(twice)))
        return dict(found)

    try:
        found = json.loads(read_text(file), object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        raise ValueError(text("imaging.option.no_json", line=error.lineno)) from error
    except RecursionError as error:
        raise ValueError(text("imaging.option.no_json", line=1)) from error
    if not isinstance(found, dict):
        raise ValueError(text("imaging.option.no_object"))
    return found


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
