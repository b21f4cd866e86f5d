"""Detection: how often a true change was found on skin of a person's tone, against the best of all tones."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache

from puncta.evidence import parameter, wilson
from puncta.evidence.fitted import FOLDER
from puncta.frozen import frozen
from puncta.imaging.errors import Errors, simulated_errors
from puncta.imaging.metrics import contrasts, metrics
from puncta.messages import text


@frozen
class Tried:
    """True changes of twice the SDC that were drawn on one tone, and what became of them.

    Parameters
    ----------
    found, told : int
        Changes that passed their error, of those of which a verdict was told.
    people : int
        Of whom one was told.
    refused : int
        Of which no verdict was told.
    """

    found: int
    told: int
    people: int
    refused: int

    @property
    def share(self) -> float:
        """Found of those told: what is left was missed without a word."""
        return self.found / self.told if self.told else 0.0

    @property
    def shown(self) -> float:
        """Found of all: what is left was missed or refused."""
        return self.found / (self.told + self.refused) if self.found else 0.0


# in this order; nothing stands for figures that are found about as often as on the best tone
_SAID = ("missed", "unsure", "refused", "seldom", "bare", "untried", "")

#: By figure, then by tone.
Table = Mapping[str, Mapping[float, Tried]]


@frozen
class DetectionLine:
    """Figures of which the same is said.

    Parameters
    ----------
    kind : str
        ``missed``, ``unsure``, ``refused``, ``seldom``, ``bare``, ``untried``, ``crossed`` or ``clinic``.
    words : str
        What is said.
    figures : str
        Of which figures, with counts; empty where it is said of all.
    counts : mapping
        The counts by metric.
    """

    kind: str
    words: str
    figures: str
    counts: Mapping[str, Tried]


@frozen
class Detection:
    """What is known of how often a true change is found on one tone.

    Parameters
    ----------
    ita, tried : float
        The person's tone and the nearest one that was tried, in degrees.
    about : str
        What the lines are about; empty where nothing was tried.
    lines : tuple of DetectionLine
        Empty where there is no limit to be said.
    read : str
        How a change that was not found is to be read, of the figures that a line names and of the others.
    """

    ita: float
    tried: float
    about: str
    lines: tuple[DetectionLine, ...]
    read: str

    @property
    def missed(self) -> frozenset[str]:
        """Figures whose true changes were missed much more often here than on their best tone."""
        return frozenset(name for line in self.lines if line.kind == "missed" for name in line.counts)


def detection(
    ita: float, errors: Errors, polarised: bool, told: Collection[str], table: Table | None = None
) -> Detection:
    """How often a true change is found on a tone, of each figure that is told.

    Parameters
    ----------
    ita : float
        The person's tone, in degrees; the nearest tone that was tried speaks for it.
    errors : Errors
        That are used; what was tried holds with the simulated errors of a pair with a chart alone.
    polarised : bool
        True through crossed polarisers, where nothing was tried.
    told : collection of str
        Names of the figures of which a verdict is told.
    table : mapping or None
        What was tried; None takes the stored check.

    Returns
    -------
    Detection
        Its lines name each figure of which a limit is to be said.

    Notes
    -----
    A figure is ``missed`` where the best tone finds more than 1.5 times the share: that is the ratio of shares *found*,
    since of a good figure next to none is missed, and a ratio of shares missed would have nothing below it. It is said
    however few people stand behind it. Where no such gap is seen, it must also be ruled out: the lower end of Wilson's
    80 % interval has to stay within 1.5 times, else the figure is ``unsure``. Zones of one person change together, so
    that the interval counts people, not changes: three people do not suffice, four of whom each change was found do.
    The best tone is the one with the highest lower end. Changes that were refused are left out of these shares, for a
    refusal is said where it stands. Where they were so many that the best tone *shows* more than 1.5 times as many,
    the figure is ``seldom``. Source: puncta_simulated_retakes. Limits: ``limits.photographs``.

    Examples
    --------
    >>> from puncta.imaging.errors import simulated_errors
    >>> made_up = {"spots": {60.0: Tried(3, 6, 6, 0), 0.0: Tried(9, 9, 6, 0)}}
    >>> [line.kind for line in detection(52.0, simulated_errors(True), False, ["spots"], made_up).lines]
    ['missed']
    >>> detection(5.0, simulated_errors(True), False, ["spots"], made_up).lines
    ()
    """
    table = checked() if table is None else table
    tried = min({tone for row in table.values() for tone in row}, key=lambda tone: abs(tone - ita))
    for kind, holds in (("crossed", polarised), ("clinic", errors.basis == "clinic")):
        if holds:
            return Detection(ita, tried, "", (DetectionLine(kind, text(f"imaging.detection.{kind}"), "", {}),), "")
    kinds: dict[str, list[str]] = {kind: [] for kind in _SAID}
    with_chart = simulated_errors(True)
    for name in (name for name in (*metrics(), *contrasts()) if name in told):
        same = _error(errors, name) == _error(with_chart, name)
        kinds[_kind(table.get(name, {}), tried) if same else "bare"].append(name)
    held = kinds.pop("")
    lines = tuple(_line(kind, names, table, tried) for kind, names in kinds.items() if names)
    about = text("imaging.detection.about", tone=_degrees(tried), own=_degrees(ita)) if lines else ""
    read = [text("imaging.detection.read")] if any(line.kind != "seldom" for line in lines) else []
    if lines and held:
        read.append(text("imaging.detection.rest", most=_most()))
    return Detection(ita, tried, about, lines, " ".join(read))


@cache
def checked() -> Table:
    """True changes of twice the SDC that were drawn on people who did not calibrate, by figure and tone.

    Examples
    --------
    >>> sorted(checked()["blood"])[-1]
    60.0
    """
    stored = tomllib.loads(FOLDER.joinpath("imaging_checks_found.toml").read_text(encoding="utf-8"))
    return {
        name: {float(tone): Tried(*counts) for tone, counts in row.items()}
        for name, row in stored.items()
        if isinstance(row, dict)
    }


def _error(errors: Errors, name: str) -> tuple[object, object]:
    return errors.sem.get(name), (errors.by_tone or {}).get(name)


def _kind(row: Mapping[float, Tried], tried: float) -> str:
    """What is to be said of a figure on a tone; nothing where it is found about as often as on the best one."""
    here = row.get(tried)
    if here is None or not here.told + here.refused:
        return "untried"
    if not here.told:
        return "refused"
    most, best = parameter("imaging.most_tone_fold").value, row[_best(row)].share
    if best > most * here.share:
        return "missed"
    if best > most * _sure(here):
        return "unsure"
    return "seldom" if max(one.shown for one in row.values()) > most * here.shown else ""


def _best(row: Mapping[float, Tried]) -> float:
    """The tone of which the largest share is sure to be found, so that luck with one person is not the best."""
    return max(row, key=lambda tone: (_sure(row[tone]), row[tone].told))


def _sure(one: Tried) -> float:
    return wilson(one.share * one.people, one.people)[0]


def _line(kind: str, names: list[str], table: Table, tried: float) -> DetectionLine:
    known = {} if kind in ("bare", "untried") else {name: table[name][tried] for name in names}
    said = []
    for name in names:
        if name not in contrasts():
            metric = text(f"imaging.metric.{name}.name")
            said.append(_counted(kind, metric, table[name], tried) if name in known else metric)
    if any(name in contrasts() for name in names):
        said.append(text("imaging.detection.lesions"))
    return DetectionLine(kind, text(f"imaging.detection.{kind}", most=_most()), "; ".join(said), known)


def _counted(kind: str, metric: str, row: Mapping[float, Tried], tried: float) -> str:
    here, best = row[tried], row[_best(row)]
    notes = []
    if kind in ("missed", "unsure"):
        notes.append(text("imaging.detection.count.people", people=here.people))
    if here.refused:
        notes.append(text("imaging.detection.count.refused", refused=here.refused))
    if kind == "missed":
        at = _degrees(_best(row))
        notes.append(text("imaging.detection.count.best", tone=at, found=best.found, told=best.told))
    told = text("imaging.detection.count.found", found=here.found, told=here.told) if here.told else ""
    return " ".join(part for part in (metric, told, f"({', '.join(notes)})" if notes else "") if part)


def _most() -> str:
    return f"{parameter('imaging.most_tone_fold').value:g}"


def _degrees(value: float) -> str:
    return f"{value:.0f}".replace("-", "−")
