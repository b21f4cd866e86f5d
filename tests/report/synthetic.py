"""Plans for the report's tests: plausible figures drawn on the spot, so that no model is needed to look at a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from puncta.case import (
    Case,
    Concern,
    ConcernKind,
    Course,
    ZoneSetting,
)
from puncta.evidence import uniforms
from puncta.simulation import Outcome, Quantity
from puncta.skin import zone

DRAWS = 400
SEED = 11
_NAN = np.array([np.nan])
_ACNE_STUDIES = ("A01b", "A03", "A04c", "A05", "A10a", "A11a", "A16a", "A17a")
_MELASMA_STUDIES = ("M01a", "M02a", "M06", "M09a", "M14a")
_STRIAE_STUDIES = ("S04",)


def normal(stream: str, n: int = DRAWS) -> np.ndarray:
    """Standard normal draws, the same every time."""
    from scipy.special import ndtri

    return ndtri(uniforms(SEED, f"test.{stream}", n))


def recorded(sessions: tuple[int, ...], end: float = 273.0) -> np.ndarray:
    """Days as a simulation records them: hours after each visit, then weeks."""
    after = [*(h / 24 for h in (0, 1, 2, 4, 6, 9, 12, 18, 24, 30, 36, 48, 60, 72, 84)), 4, 5, 6, 7, 9, 11, 14, 17.5, 21]
    days = {0.0, end, *np.arange(0.0, end, 7.0)}
    for start in sessions:
        days |= {start + step for step in after if start + step < end}
    return np.array(sorted(days))


def _quantities(case: Case, course: Course) -> Iterator[Quantity]:
    sessions = tuple(session.day for session in course.sessions)
    days = recorded(sessions)
    first = course.sessions[0].settings if course.sessions else ()
    strength = sum(setting.dial_mm * (setting.passes or 4) for setting in first) / max(len(first), 1) / 4
    for setting in first:
        base = zone(setting.zone).base
        yield from _needling(setting, base)
        yield from _recovery(setting, base, days)
    for concern in case.concerns:
        yield from _improvement(concern, course, days, sessions, strength)
    if first:
        marks = 1 / (1 + np.exp(-(-3.0 + 0.5 * normal("pih") + 0.3 * strength)))
        yield Quantity(
            "pih_probability",
            None,
            None,
            _NAN,
            marks[:, None],
            ("scales.goodman_baron_grade.worthwhile_score",),
            "limits.pih",
        )


def _needling(setting: ZoneSetting, base: str) -> Iterator[Quantity]:
    keys = (
        f"zones.{base}.deflection_factor",
        "needling.deflection_mm",
        "needling.ratio_pen",
        "devices.exceed.tolerance_mm",
    )
    depth = 0.75 * setting.dial_mm * np.exp(0.14 * normal(f"depth.{base}"))
    density = 480.0 * (setting.passes or 5) * np.exp(0.09 * normal("density"))
    opened = 1 - np.exp(-density / 100 * np.pi * (0.04 * np.exp(0.1 * normal("radius"))) ** 2)
    yield _scalar("depth_mm", setting.zone, depth, keys, "limits.needling")
    yield _scalar("density_per_cm2", setting.zone, density, ("devices.exceed.usual_speed_cm_per_s",), "limits.needling")
    yield _scalar("opened_area_fraction", setting.zone, opened, keys, "limits.needling")
    yield _scalar("injury_mm3_per_cm2", setting.zone, 100 * opened * depth * 0.5, keys, "limits.needling")
    yield _scalar("bleeding_fraction", setting.zone, np.clip((depth - 0.35) * 0.4, 0, 1), keys, "limits.needling")
    pain = np.clip(3.6 * setting.dial_mm + 0.7 * normal("pain"), 0, 10)
    yield _scalar("pain_score", setting.zone, pain, (f"zones.{base}.pain_factor",), "limits.pain")
    minutes = 0.011 * zone(setting.zone).usual_area_cm2 * (setting.passes or 5) * np.exp(0.1 * normal("time"))
    yield _scalar("time_minutes", setting.zone, minutes, ("devices.exceed.swath_cm",), "limits.needling")
    hours = 10 * setting.dial_mm * np.exp(0.6 * normal("red"))
    yield _scalar("redness_visible_hours", setting.zone, hours, keys, "limits.redness")
    yield _scalar("inflammation_hours", setting.zone, 2.4 * hours, keys, "limits.redness")


def _scalar(name: str, place: str, values: np.ndarray, keys: tuple[str, ...], limits: str) -> Quantity:
    return Quantity(name, place, None, _NAN, values[:, None], keys, limits)


def _recovery(setting: ZoneSetting, base: str, days: np.ndarray) -> Iterator[Quantity]:
    keys = (f"zones.{base}.epidermis_mm", "skin.collagen_loss_per_year", "needling.taper")
    fade = np.exp(0.35 * normal("fade"))[:, None]
    hours = 24 * days[None, :]
    latent = 9 * setting.dial_mm * np.exp(0.3 * normal("latent"))[:, None] * np.exp(-hours / (9 * fade)) + 0.2
    rise = 1 - np.exp(-days / 60)[None, :]
    gain = np.exp(0.4 * normal("gain"))[:, None]
    over_days = {
        "redness_latent_delta_a": latent,
        "redness_visible_delta_a": 0.7 * latent,
        "inflammation_fraction": np.exp(-days[None, :] / (1.6 * fade)),
        "open_channel_fraction": 0.1 * np.exp(-hours / (5 * fade)),
        "collagen_fold": 1 + 0.28 * gain * rise,
        "elastin_new_fraction": 0.06 * gain * rise,
        "elastin_total_fold": 1 - 0.05 * gain * rise,
        "epidermis_fold": 1 + 0.18 * gain * rise,
    }
    for name, values in over_days.items():
        limits = "limits.redness" if name.startswith("redness") else "limits.healing"
        yield Quantity(name, setting.zone, None, days, values, keys, limits)


def _improvement(
    concern: Concern, course: Course, days: np.ndarray, sessions: tuple[int, ...], strength: float
) -> Iterator[Quantity]:
    melasma = concern.kind is ConcernKind.MELASMA
    studies = _MELASMA_STUDIES if melasma else _ACNE_STUDIES
    studies = _STRIAE_STUDIES if concern.kind is ConcernKind.STRETCH_MARKS else studies
    thin = "appearance.thin.stretch_marks" if concern.kind is ConcernKind.STRETCH_MARKS else ""
    thin = "appearance.thin.laxity" if concern.kind is ConcernKind.LAXITY else thin
    rise = np.zeros(days.shape[0])
    for start in sessions:
        rise += np.where(days > start, 1 - np.exp(-np.maximum(days - start, 0) / 38), 0) / max(len(sessions), 1)
    home = 0.16 if melasma else 0.02
    aim = (0.26 + 0.03 * strength) * (len(sessions) > 0) * (0.5 if melasma else 1)
    person = normal(f"person.{concern.kind}")
    gain = (aim + 0.15 * person * (len(sessions) > 0))[:, None] * rise[None, :]
    care = (home if course.home_products else 0.02) + 0.045 * normal("bare")
    values = gain + care[:, None] * (1 - np.exp(-days / 45))[None, :]
    keys = (
        "appearance.gain_acne_scars", "appearance.person_sd", "appearance.maturation_days", "appearance.session_scale",
        "appearance.untreated_gain", f"scales.{concern.scale}.worthwhile_score", "planning.worthwhile_fraction",
    )  # fmt: skip
    keys = tuple(key for key in keys if key in _known())
    yield Quantity(
        "improvement_fraction", None, concern.kind.value, days, values, keys, "limits.outcome", studies, thin
    )
    for index, name in enumerate(concern.zones):
        why = thin or ("appearance.thin.zone" if index >= 2 else "")
        shifted = values * (1 - 0.05 * (zone(name).base != "cheek"))
        yield Quantity(
            "improvement_fraction", name, concern.kind.value, days, shifted, keys, "limits.outcome", studies, why
        )
    odds = 1 / (1 + np.exp(-(14 * (values[:, -1] - 0.28) + 0.3 * normal("odds"))))
    yield Quantity(
        "grade_gain_probability", None, concern.kind.value, _NAN, odds[:, None], keys, "limits.outcome", studies
    )


def _known() -> Mapping[str, object]:
    from puncta.evidence import parameters

    return parameters()


def outcome(case: Case, course: Course) -> Outcome:
    """An outcome with every quantity that the report knows."""
    return Outcome(case, course, SEED, DRAWS, {q.key: q for q in _quantities(case, course)})
