"""Report of a virtual trial: one page and its pictures, with what it cannot say beside what it found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from puncta.appearance.scales import scale
from puncta.files import check_folder
from puncta.frozen import frozen
from puncta.messages import text
from puncta.report.beside import write_beside
from puncta.report.charts.canvas import Chart
from puncta.report.charts.trial import forest_chart, over_time_chart, power_chart, responder_chart
from puncta.report.html import environment, style
from puncta.report.icons import brand_page
from puncta.trials import Power, Trial, TrialAnalysis, power_record, trial_record

_PERCENT = 100.0
_SIGN = "\N{MINUS SIGN}"


@frozen
class TrialReport:
    """The files of a trial's report.

    Parameters
    ----------
    page : Path
        ``trial.html``, complete in itself.
    record : Path
        ``trial.json``, the same figures.
    pictures : tuple of Path
        The drawings as PNG.
    """

    page: Path
    record: Path
    pictures: tuple[Path, ...]


@frozen
class _Table:
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@cache
def example_analysis() -> TrialAnalysis:
    """A small trial for examples and tests: 20 people, five repeats."""
    import tempfile
    from dataclasses import replace

    from puncta.trials import analyse_trial, read_trial, run_trial

    trial = replace(read_trial("examples/trials/split_face.toml"), trials_count=5)
    with tempfile.TemporaryDirectory() as place:
        return analyse_trial(run_trial(trial, place, csv=False))


def write_trial_report(found: TrialAnalysis, folder: str | Path, curve: Sequence[Power] = ()) -> TrialReport:
    """Write the report of a trial.

    Parameters
    ----------
    found : TrialAnalysis
        From `analyse_trial`.
    folder : str or Path
        Where to; made where it does not exist.
    curve : sequence of Power
        Power at some sizes, drawn where there are two or more.

    Returns
    -------
    TrialReport
        What was written. Equal analyses give equal bytes.

    Raises
    ------
    InputError
        Where the folder cannot be written to.

    Notes
    -----
    Limits: ``limits.trials``, ``limits.outcome``, ``limits.not_a_device``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     len(write_trial_report(example_analysis(), place).pictures)
    3
    """
    place = Path(folder)
    check_folder(place)
    charts = [forest_chart(found), over_time_chart(found), responder_chart(found)]
    charts += [power_chart(curve)] if len(curve) > 1 else []
    record = {**trial_record(found), "power": power_record(found.trial, curve)["curve"]}
    told, pictures = json.dumps(record, indent=2, sort_keys=True), {chart.name: chart for chart in charts}
    return TrialReport(*write_beside(place, "trial", trial_page(found, charts, curve), told, pictures))


def trial_page(found: TrialAnalysis, charts: Sequence[Chart], curve: Sequence[Power]) -> str:
    """The page as HTML.

    Parameters
    ----------
    found : TrialAnalysis
        The analysis.
    charts : sequence of Chart
        Its drawings.
    curve : sequence of Power
        Power at some sizes.

    Examples
    --------
    >>> "not a medical device" in trial_page(example_analysis(), [], [])
    True
    """
    from markupsafe import Markup

    trial = found.trial
    page = environment().get_template("trial.html")
    return (
        page.render(
            css=Markup(style()),
            brand=Markup(brand_page()),
            name=text("report.brand"),
            kind=text("trials.page.kind"),
            title=trial.title,
            who=text("trials.page.who", people=trial.people_count, trials=trial.trials_count, arms=len(trial.arms)),
            behind=text(f"trials.page.worlds.{trial.worlds}", seed=trial.seed),
            answer=answer_words(found),
            more=text(
                "trials.page.more",
                scale=scale(trial.analysis.scale).name,
                day=trial.analysis.day,
                raters=text("trials.page.blinded" if trial.raters.blinded else "trials.page.open"),
            ),
            charts=charts,
            tables=[_arms(found), *([_curve(curve)] if curve else []), *([_events(found)] if found.events else [])],
            notes=[
                *([trial.teaches] if trial.teaches else []),
                text("limits.trials"),
                text("limits.outcome"),
                text("trials.page.rests"),
                text("limits.not_a_device"),
            ],
        )
        + "\n"
    )


def answer_words(found: TrialAnalysis) -> str:
    """What a trial found, in one sentence.

    Parameters
    ----------
    found : TrialAnalysis
        The analysis.

    Examples
    --------
    >>> answer_words(example_analysis())[:2]
    'In'
    """
    trial, compared = found.trial, found.compared
    odds = trial.analysis.test == "proportional_odds"
    names = {
        "first": trial.analysis.first.replace("_", " "),
        "second": trial.analysis.second.replace("_", " "),
        "unit": text("trials.page.log_odds" if odds else "trials.page.points", scale=scale(trial.analysis.scale).name),
    }
    if trial.trials_count == 1:
        if not np.isfinite(compared.estimate[0]):
            return text("trials.page.answer_none")
        return text(
            "trials.page.answer_one",
            estimate=_figure(compared.estimate[0]),
            low=_figure(compared.low[0]),
            high=_figure(compared.high[0]),
            p=f"{compared.p_value[0]:.3f}",
            **names,
        )
    return text(
        "trials.page.answer_many",
        won=_figure(_PERCENT * found.won_fraction, 0),
        error=_figure(_PERCENT * found.won_error, 0),
        trials=trial.trials_count,
        estimate=_figure(float(np.nanmean(compared.estimate))),
        **names,
    )


def _figure(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace("-", _SIGN) if np.isfinite(value) else text("trials.page.none")


def _arms(found: TrialAnalysis) -> _Table:
    day = found.trial.visit_days.index(found.trial.analysis.day)
    rows = []
    for name, arm in found.arms.items():
        band = text("trials.page.band", low=_figure(arm.low[day]), high=_figure(arm.high[day]))
        share = f"{_figure(_PERCENT * arm.responder_fraction, 0)} %"
        counts = (f"{found.arm_people.get(name, 0):,}", f"{arm.people_count[day]:,}")
        rows.append(
            (name.replace("_", " "), *counts, _figure(arm.mean[day]), f"{_figure(arm.median[day])} {band}", share)
        )
    heads = ("arm", "began", "read", "mean", "median", "responders")
    title = text("trials.page.arms", day=found.trial.analysis.day)
    return _Table(title, tuple(text(f"trials.page.column.{head}") for head in heads), tuple(rows))


def _curve(curve: Sequence[Power]) -> _Table:
    rows = []
    for one in curve:
        shares = (one.nominal_fraction, one.assurance_fraction, one.closed_form)
        cells = (f"{_figure(_PERCENT * share, 0)} %" for share in shares)
        rows.append((f"{one.people_count}", *cells, _figure(one.half_width)))
    heads = ("people", "nominal", "assurance", "closed", "half_width")
    return _Table(text("trials.page.curve"), tuple(text(f"trials.page.column.{head}") for head in heads), tuple(rows))


def _events(found: TrialAnalysis) -> _Table:
    rows = []
    for (arm, event), count in found.events.items():
        share = _PERCENT * count / max(found.arm_people.get(arm, 0), 1)
        rows.append((event.replace("_", " "), arm.replace("_", " "), f"{count:,}", f"{_figure(share)} %"))
    heads = ("event", "arm", "people", "share")
    return _Table(text("trials.page.events"), tuple(text(f"trials.page.column.{head}") for head in heads), tuple(rows))


def power_sizes(trial: Trial, most: int = 400) -> tuple[int, ...]:
    """Sizes at which a report draws power: from few people to twice those planned.

    Parameters
    ----------
    trial : Trial
        The trial.
    most : int
        Planned people beyond which nothing is drawn, since power is hardly the question there.

    Examples
    --------
    >>> from puncta.trials import read_trial
    >>> power_sizes(read_trial("examples/trials/split_face.toml"))
    (6, 10, 15, 20, 25, 30, 40)
    """
    if trial.people_count > most:
        return ()
    shares = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
    return tuple(dict.fromkeys(max(6, round(share * trial.people_count)) for share in shares))


def trial_summary(found: TrialAnalysis) -> dict[str, Any]:
    """Answer and limits in words, for a terminal.

    Parameters
    ----------
    found : TrialAnalysis
        The analysis.

    Examples
    --------
    >>> "limits" in trial_summary(example_analysis())
    True
    """
    arms = _arms(found)
    return {
        "title": found.trial.title,
        "answer": answer_words(found),
        "heads": list(arms.heads),
        "rows": [list(row) for row in arms.rows],
        "limits": [text("limits.trials"), text("limits.not_a_device")],
    }
