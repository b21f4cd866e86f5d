"""Read a trial file: everything wrong in it told at once, each with its field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from puncta.absorption import creams, products
from puncta.appearance.concerns import CONCERNS, manner
from puncta.appearance.scales import scales, scales_for
from puncta.errors import InputError, Problem, nearest
from puncta.files import read_text, toml_of
from puncta.messages import has_text, text
from puncta.needling import devices
from puncta.person import PHOTOTYPES
from puncta.skin import zones
from puncta.trials.schema import RangeTable, TrialArmTable, TrialTable
from puncta.trials.trial import (
    TRAITS,
    Analysis,
    Conduct,
    Population,
    Range,
    Raters,
    Trial,
    TrialArm,
)

_WHOLE = 1e-6  # numerics: shares written in decimals add to 1 within this
_PERCENT = 100.0
MIXED = "mixed"


def read_trial(path: str | Path) -> Trial:
    """Read a trial file.

    Parameters
    ----------
    path : str or Path
        A TOML file as docs/trials.md describes.

    Returns
    -------
    Trial
        Ready to be rehearsed.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> read_trial("examples/trials/split_face.toml").design
    'split_face'
    """
    return trial_from(read_text(path), str(path))


def trial_from(words: str, name: str = "trial") -> Trial:
    """Build a trial from the text of its file; see `read_trial`.

    Parameters
    ----------
    words : str
        TOML.
    name : str
        How to call it in messages.

    Examples
    --------
    >>> from puncta.files import read_text, toml_of
    >>> trial_from(read_text("examples/trials/split_face.toml")).split
    True
    """
    tree = toml_of(words, name)
    try:
        table = TrialTable.model_validate(tree)
    except ValidationError as error:
        raise InputError(name, [_problem(entry) for entry in error.errors()]) from None
    problems = [*_names(table), *_times(table), *_mixes(table), *_compared(table)]
    if problems:
        raise InputError(name, problems)
    return _trial(table)


def _problem(entry: Any) -> Problem:
    field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in entry["loc"]).lstrip(".")
    missing, table = entry["type"] == "missing", isinstance(entry["input"], dict)
    if missing:
        given = text("trials.nothing")
    else:
        given = ", ".join(map(str, entry["input"])) if table else repr(entry["input"])
    said = str(entry["msg"]).removeprefix("Value error, ")
    if entry["type"] == "extra_forbidden":
        return Problem(field, given, text("trials.known_fields"), text("trials.unknown_why"), text("trials.see"))
    allowed = text("trials.wanted") if missing else said[:1].lower() + said[1:]
    last = str(entry["loc"][-1]) if entry["loc"] else ""
    why = text(f"trials.why.{last}") if has_text(f"trials.why.{last}") else text("trials.why.any")
    return Problem(field or "file", given, allowed, why, text("trials.see"))


def _unknown(field: str, given: str, known: Iterable[str], why: str) -> Problem:
    listed = sorted(known)
    near = nearest(given, listed)
    do = text("trials.did_you_mean", near=near) if near else text("trials.see")
    return Problem(field, repr(given), ", ".join(listed), text(f"trials.why.{why}"), do)


def _own(table: TrialTable, arm: TrialArmTable) -> tuple[str, ...]:
    return arm.scales or table.scales


def _names(table: TrialTable) -> Iterator[Problem]:
    if table.concern not in CONCERNS:
        yield _unknown("concern", table.concern, CONCERNS, "concern")
        return
    fitting = [one.key for one in scales_for(table.concern)]
    fields = [("scales", key) for key in table.scales]
    fields += [(f"arm[{i}].scales", key) for i, arm in enumerate(table.arm) for key in arm.scales]
    for field, key in fields:
        if key not in fitting:
            yield _unknown(field, key, fitting, "scale")
    for index, arm in enumerate(table.arm):
        if arm.device and arm.device not in devices():
            yield _unknown(f"arm[{index}].device", arm.device, devices(), "device")
        elif arm.device and arm.dial_mm is not None and arm.dial_mm > devices()[arm.device].reach_mm:
            reach = devices()[arm.device].reach_mm
            do = text("trials.shorter")
            yield Problem(f"arm[{index}].dial_mm", f"{arm.dial_mm:g}", f"<= {reach:g}", text("trials.why.reach"), do)
        if arm.numbing and arm.numbing not in creams():
            yield _unknown(f"arm[{index}].numbing", arm.numbing, creams(), "numbing")
        for key in (*((arm.product,) if arm.product else ()), *arm.home_products):
            if key not in products():
                yield _unknown(f"arm[{index}].product", key, products(), "product")
    known = {one.base for one in zones().values() if not one.never} | {n for n, one in zones().items() if not one.never}
    for name in table.population.zone:
        if name not in known:
            yield _unknown("population.zone", name, known, "zone")
    varieties = (*manner(table.concern).varieties, MIXED)
    for name in table.population.scar_type:
        if name not in varieties:
            yield _unknown("population.scar_type", name, varieties, "scar_type")


def _times(table: TrialTable) -> Iterator[Problem]:
    visits = table.visit_days
    if visits[0] != 0 or list(visits) != sorted(set(visits)):
        do = text("trials.sorted_visits")
        yield Problem("visit_days", str(list(visits)), text("trials.visits"), text("trials.why.visit_days"), do)
    for index, arm in enumerate(table.arm):
        last = ((arm.sessions or 1) - 1) * arm.interval_days
        if last > visits[-1]:
            given = text("trials.last_session", day=last)
            do = text("trials.later_visit")
            yield Problem(f"arm[{index}].sessions", given, f"<= {visits[-1]}", text("trials.why.late"), do)


def _mixes(table: TrialTable) -> Iterator[Problem]:
    people = table.population
    for name in ("phototype", "scar_type", "zone"):
        mix = getattr(people, name)
        total = sum(mix.values())
        if (mix or name != "scar_type") and abs(total - 1.0) > _WHOLE:
            why, do = text("trials.why.mix"), text("trials.mend_mix")
            yield Problem(f"population.{name}", text("trials.adds_to", total=f"{total:g}"), "1", why, do)
    if table.scales[0] in scales():
        used = scales()[table.scales[0]]
        high = np.inf if used.high is None else used.high
        if people.severity_score.low < used.low or people.severity_score.high > high:
            given = f"{people.severity_score.low:g} – {people.severity_score.high:g}"
            do = text("trials.on_the_scale", scale=used.key)
            why = text("trials.why.severity")
            yield Problem("population.severity_score", given, f"{used.low:g} – {high:g}", why, do)
    for entry in people.correlated:
        if entry.first == entry.second:
            do = text("trials.two_traits")
            yield Problem("population.correlated", entry.first, ", ".join(TRAITS), text("trials.why.correlated"), do)
    if np.linalg.eigvalsh(correlation([(e.first, e.second, e.by) for e in people.correlated])).min() <= 0:
        given = ", ".join(f"{e.first}–{e.second} {e.by:g}" for e in people.correlated)
        allowed, do = text("trials.possible_correlations"), text("trials.weaker")
        yield Problem("population.correlated", given, allowed, text("trials.why.impossible"), do)


def _compared(table: TrialTable) -> Iterator[Problem]:
    names = [arm.name for arm in table.arm]
    if len(set(names)) != len(names):
        yield Problem("arm", ", ".join(names), text("trials.names_once"), text("trials.why.names"), text("trials.see"))
        return
    wanted = table.analysis
    for field, name in (("first", wanted.first), ("second", wanted.second)):
        if name not in names:
            yield _unknown(f"analysis.{field}", name, names, "arms")
    if wanted.first == wanted.second:
        why, do = text("trials.why.arms"), text("trials.two_arms")
        yield Problem("analysis.second", wanted.second, ", ".join(names), why, do)
    by_name = {arm.name: arm for arm in table.arm}
    if table.design == "split_face" and len(names) != 2:
        given, do = text("trials.arms", count=len(names)), text("trials.two_sides")
        yield Problem("arm", given, text("trials.two"), text("trials.why.split"), do)
    if {wanted.first, wanted.second} <= set(names):
        shared = [key for key in _own(table, by_name[wanted.first]) if key in _own(table, by_name[wanted.second])]
        if not shared:
            given = "; ".join(f"{n}: {', '.join(_own(table, by_name[n]))}" for n in (wanted.first, wanted.second))
            allowed, do = text("trials.shared"), text("trials.share_a_scale")
            yield Problem("arm.scales", given, allowed, text("trials.why.shared"), do)
        elif wanted.scale and wanted.scale not in shared:
            yield _unknown("analysis.scale", wanted.scale, shared, "shared")
    if wanted.day is not None and (wanted.day not in table.visit_days or wanted.day == 0):
        allowed = ", ".join(str(day) for day in table.visit_days[1:])
        do = text("trials.a_visit")
        yield Problem("analysis.day", str(wanted.day), allowed, text("trials.why.day"), do)
    if wanted.test == "paired_t" and table.design != "split_face":
        do = text("trials.use_t")
        yield Problem("analysis.test", "paired_t", "t, proportional_odds", text("trials.why.paired"), do)
    if wanted.test in ("t", "proportional_odds") and table.design == "split_face":
        do = text("trials.use_paired")
        yield Problem("analysis.test", str(wanted.test), "paired_t", text("trials.why.unpaired"), do)


def correlation(pairs: Iterable[tuple[str, str, float]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Matrix of the traits' correlations, in the order of `TRAITS`."""
    made = np.eye(len(TRAITS))
    for first, second, by in pairs:
        row, column = TRAITS.index(first), TRAITS.index(second)
        if row != column:
            made[row, column] = made[column, row] = by
    return made


def _range(given: RangeTable) -> Range:
    return Range(given.mean, given.sd, given.low, given.high)


def _trial(table: TrialTable) -> Trial:
    people, conduct, wanted = table.population, table.conduct, table.analysis
    arms = tuple(_arm(table, arm) for arm in table.arm)
    chosen = {arm.name: arm for arm in arms}
    shared = [key for key in chosen[wanted.first].scales if key in chosen[wanted.second].scales]
    first_scale = table.scales[0]
    return Trial(
        title=table.title,
        teaches=table.teaches,
        concern=table.concern,
        design=table.design,
        people_count=table.people,
        trials_count=table.trials,
        worlds=table.worlds,
        seed=table.seed,
        population=Population(
            age_years=_range(people.age_years),
            severity_score=_range(people.severity_score),
            female_fraction=people.female,
            phototype=tuple((PHOTOTYPES.index(name) + 1, share) for name, share in people.phototype.items()),
            scar_type=tuple(people.scar_type.items()) or ((MIXED, 1.0),),
            zone=tuple((_sided(name), share) for name, share in people.zone.items()),
            correlated=tuple((entry.first, entry.second, entry.by) for entry in people.correlated),
        ),
        arms=tuple(replace(arm, scales=_lead(arm.scales, first_scale)) for arm in arms),
        visit_days=table.visit_days,
        conduct=Conduct(
            conduct.drop_out,
            conduct.sessions_kept,
            conduct.home_kept,
            conduct.sunscreen_kept,
            conduct.operators or 0,
        ),
        raters=Raters(table.raters.blinded, table.raters.same_rater, table.raters.readings),
        analysis=Analysis(
            wanted.first,
            wanted.second,
            wanted.scale or shared[0],
            table.visit_days[-1] if wanted.day is None else wanted.day,
            wanted.test or ("paired_t" if table.design == "split_face" else "t"),
            wanted.level,
            wanted.responder_percent / _PERCENT,
            wanted.missing,
        ),
    )


def _lead(own: tuple[str, ...], first: str) -> tuple[str, ...]:
    """Scales of an arm, that of the severity first where it has it."""
    return (first, *(key for key in own if key != first)) if first in own else own


def _sided(name: str) -> str:
    """A zone by its full name; of two sides the left stands for both, since both share their skin."""
    return name if name in zones() else next(key for key, one in zones().items() if one.base == name)


def _arm(table: TrialTable, arm: TrialArmTable) -> TrialArm:
    return TrialArm(
        name=arm.name,
        does=arm.does,
        scales=_own(table, arm),
        device=arm.device,
        dial_mm=arm.dial_mm or 0.0,
        passes=arm.passes,
        sessions_count=arm.sessions or 0,
        interval_days=arm.interval_days,
        product=arm.product,
        home_products=arm.home_products,
        numbing=arm.numbing,
        speed_cm_per_s=arm.speed_cm_per_s,
        strokes_per_s=arm.strokes_per_s,
        tolerance_mm=arm.tolerance_mm,
        ratio=arm.ratio,
        drop_out_fold=arm.drop_out_fold,
    )
