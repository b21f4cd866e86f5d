"""Search: per zone over settable values, on common draws, for the least injury that is not distinguishably worse."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters, Tissue
from puncta.case import Case, Course
from puncta.evidence import draw, parameter
from puncta.frozen import frozen
from puncta.healing import Map
from puncta.needling import needle
from puncta.planning.better import indistinguishable
from puncta.planning.courses import course
from puncta.planning.settable import Schedule, schedules, settable_dials, settable_passes
from puncta.planning.table import SignalTable, signal_table
from puncta.safety import ZoneLimit
from puncta.simulation import Comfort, Run, comfort, prepare, session_pain, zone_improvement
from puncta.skin import skin_layers, zone

Array = NDArray[np.float64]
Felt = Callable[[Array], Array]


@frozen
class Setting:
    """One setting of a field of zones, with what a single session of it does.

    Parameters
    ----------
    dial_mm : float
        Set depth.
    passes : int
        Whole passes.
    injury_mm3_per_cm2 : float
        Median injured volume of one session.
    tissue : Tissue
        What one session does in the tissue.
    """

    dial_mm: float
    passes: int
    injury_mm3_per_cm2: float
    tissue: Tissue


@frozen
class Field:
    """Zones of the same skin under the same limits, planned together.

    Parameters
    ----------
    zones : tuple of str
        Zone names.
    area_cm2 : float
        Their area together.
    settings : tuple of Setting
        What can be set there within the limits on depth and pain, least injury first.
    """

    zones: tuple[str, ...]
    area_cm2: float
    settings: tuple[Setting, ...]


@frozen(eq=False)
class _Feel:
    """The laws of pain, and what the pain of all people means for this person."""

    how: Comfort
    felt: Felt


@frozen
class Candidate:
    """One schedule with a setting per field.

    Parameters
    ----------
    schedule : Schedule
        Visits.
    settings : tuple of Setting
        One per field.
    injury_mm3 : float
        Injured volume of the whole course over all areas.
    improvement_fraction : float
        Expected improvement, mean over fields by area.
    """

    schedule: Schedule
    settings: tuple[Setting, ...]
    injury_mm3: float
    improvement_fraction: float


def search(
    case: Case,
    limits: Mapping[str, ZoneLimit],
    read_day: float,
    draws_count: int,
    seed: int,
    map: Map | None = None,  # noqa: A002
) -> list[Course]:
    """Find the needled courses worth simulating in full.

    Parameters
    ----------
    case : Case
        The case.
    limits : mapping of str to ZoneLimit
        By zone to be treated; zones without a settable step are left out.
    read_day : float
        Day at which courses are compared.
    draws_count, seed : int
        Common draws.
    map : callable or None
        Runs pieces of the healing; None takes threads.

    Returns
    -------
    list of Course
        ``gentle``: least injury that is in no zone distinguishably worse than the best; ``fewest_visits`` among such;
        ``fullest``: most expected improvement. Equal ones once; empty where nothing may be needled.

    Notes
    -----
    Limits: ``limits.depth_response``.
    """
    run = prepare(case, Course("search", ()), draws_count, seed, map=map)
    fields = fields_of(run, limits)
    if not fields:
        return []
    law = draw(AppearanceParameters, draws_count, seed)
    effects = {
        schedule: tuple(_effects(run, field, schedule.days, read_day, law) for field in fields)
        for schedule in schedules(case)
    }
    rest = tuple(_effects(run, field, (), read_day, law)[0] for field in fields)
    return chosen_courses(case, fields, effects, rest)


def chosen_courses(
    case: Case, fields: tuple[Field, ...], effects: Mapping[Schedule, tuple[Array, ...]], rest: tuple[Array, ...]
) -> list[Course]:
    """Choose among all schedules and settings by what each does.

    Parameters
    ----------
    case : Case
        Gives the home products.
    fields : tuple of Field
        From `fields_of`.
    effects : mapping of Schedule to tuple of ndarray, shape (settings, n)
        For each schedule and field the share gone under each setting, on common draws; minus infinity where a setting
        may not be given that often.
    rest : tuple of ndarray, shape (n,)
        The same without any visit of these.

    Returns
    -------
    list of Course
        As `search`; days are counted from the first of these visits.
    """
    candidates = [_fullest(fields, schedule, rows) for schedule, rows in effects.items()]
    fullest = max(candidates, key=lambda c: (c.improvement_fraction, -c.schedule.sessions_count))
    best = tuple(max(row, key=np.mean) for row in effects[fullest.schedule])
    gentle = [c for s, rows in effects.items() if (c := _gentlest(fields, s, rows, best, rest)) is not None]
    named = {
        "gentle": min(gentle, key=lambda c: (c.injury_mm3, c.schedule.sessions_count)),
        "fewest_visits": min(gentle, key=lambda c: (c.schedule.sessions_count, c.injury_mm3)),
        "fullest": fullest,
    }
    unique: dict[tuple[object, ...], Course] = {}
    for name, found in named.items():
        settings = {
            name_of: (s.dial_mm, s.passes) for f, s in zip(fields, found.settings, strict=True) for name_of in f.zones
        }
        unique.setdefault((found.schedule, *settings.items()), course(name, case, found.schedule, settings))
    return list(unique.values())


def fields_of(
    run: Run, limits: Mapping[str, ZoneLimit], table: SignalTable | None = None, felt: Felt | None = None
) -> tuple[Field, ...]:
    """Zones that are planned together, with every setting that the limits on depth and pain leave.

    Parameters
    ----------
    run : Run
        Case, people and device; its own course does not count.
    limits : mapping of str to ZoneLimit
        By zone to be treated.
    table : SignalTable or None
        What one session does in the tissue of these people; None works it out.
    felt : callable or None
        Turns the pain of all people, shape (n,), into that of the person; None takes it as it is.
    """
    gathered: dict[tuple[object, ...], list[str]] = {}
    for name, limit in limits.items():
        if limit.steps_mm:
            concerns = tuple(id(concern) for concern in run.case.concerns_in(name))
            gathered.setdefault((zone(name).base, limit.steps_mm, concerns), []).append(name)
    if not gathered:
        return ()
    feel = _Feel(comfort(run), felt or (lambda pain: pain))
    table = table or signal_table(run.people, run.seed, run.map)
    found = (_field(run, tuple(names), limits[names[0]], feel, table) for names in gathered.values())
    return tuple(field for field in found if field.settings)


def _field(run: Run, names: tuple[str, ...], limit: ZoneLimit, feel: _Feel, table: SignalTable) -> Field:
    area = sum(run.area_cm2(name) for name in names)
    usual = settable_dials(run.case, limit)
    shallower = tuple(step for step in limit.steps_mm if step < usual[0])
    # what the usual depths cannot do without more pain than is allowed, shallower ones may
    settings = _settings(run, names[0], usual, area, feel, table) or _settings(
        run, names[0], shallower, area, feel, table
    )
    return Field(names, area, tuple(sorted(settings, key=lambda s: (s.injury_mm3_per_cm2, s.dial_mm))))


def _settings(
    run: Run, zone_name: str, dials: tuple[float, ...], area: float, feel: _Feel, table: SignalTable
) -> list[Setting]:
    """Settings of a zone within the person's limit on pain."""
    layers = skin_layers(zone_name, run.people, run.seed)
    settings = []
    for dial in dials:
        for passes in settable_passes():
            done = needle(run.device, zone_name, dial, passes, area, run.manner, layers, run.seed)
            if np.median(feel.felt(session_pain(run, zone_name, done, feel.how))) <= run.case.limits.max_pain_score:
                wound = done.wound
                injury = float(np.median(wound.injury_mm3_per_cm2))
                settings.append(Setting(dial, passes, injury, table.at(wound)))
    return settings


def _effects(
    run: Run, field: Field, session_days: tuple[int, ...], read_day: float, law: AppearanceParameters
) -> Array:
    """Improvement of every setting of a field, shape (settings, n)."""
    where = field.zones[0]
    return np.stack([zone_improvement(run, where, session_days, read_day, s.tissue, law) for s in field.settings])


def _candidate(fields: tuple[Field, ...], schedule: Schedule, rows: tuple[Array, ...], picked: list[int]) -> Candidate:
    areas = np.array([field.area_cm2 for field in fields])
    chosen = tuple(field.settings[index] for field, index in zip(fields, picked, strict=True))
    injury = float(areas @ [s.injury_mm3_per_cm2 for s in chosen]) * schedule.sessions_count
    gains = np.array([row[index].mean() for row, index in zip(rows, picked, strict=True)])
    return Candidate(schedule, chosen, injury, float(areas @ gains / areas.sum()))


def _fullest(fields: tuple[Field, ...], schedule: Schedule, rows: tuple[Array, ...]) -> Candidate:
    return _candidate(fields, schedule, rows, [int(np.argmax(row.mean(axis=1))) for row in rows])


def _gentlest(
    fields: tuple[Field, ...],
    schedule: Schedule,
    rows: tuple[Array, ...],
    best: tuple[Array, ...],
    rest: tuple[Array, ...],
) -> Candidate | None:
    """In each field the least injury that is level with the best and keeps most of its expected gain."""
    kept = parameter("planning.kept_gain_fraction").value
    picked = []
    for row, top, home in zip(rows, best, rest, strict=True):
        gained = row.mean(axis=1) - home.mean()
        most = top.mean() - home.mean()
        enough = gained >= kept * most if most > 0 else gained >= most
        allowed = np.flatnonzero(indistinguishable(top, row) & enough)
        if not allowed.size:
            return None
        picked.append(int(allowed[0]))
    return _candidate(fields, schedule, rows, picked)
