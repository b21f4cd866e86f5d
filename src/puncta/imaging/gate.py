"""Gate: whether a photograph can be measured, and whether two can be compared, with reasons to act on."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal

import numpy as np

from puncta.evidence import parameter
from puncta.evidence.fitted import FOLDER
from puncta.frozen import frozen
from puncta.imaging.align import Alignment
from puncta.imaging.chart import light_difference
from puncta.imaging.face import Face
from puncta.imaging.measure import Measured
from puncta.imaging.prepare import Prepared
from puncta.imaging.zones import zone_words
from puncta.messages import text

Verdict = Literal["comparable", "zones_only", "refused"]
_AROUND_EYES = ("crows_feet_right", "crows_feet_left", "infraorbital_right", "infraorbital_left")
#: What was drawn onto a face to learn how often it is missed; `calibration.imaging.cover`.
_DRAWN = {
    "make_up": ("make_up_20", "make_up_40", "make_up_cheeks_20", "make_up_cheeks_40", "make_up_nose_20",
                "make_up_forehead_20"),
    "thin": ("make_up_10", "make_up_cheeks_10"),
    "stubble": ("stubble_020", "stubble_060"), "sparse": ("stubble_005", "stubble_010"),
}  # fmt: skip
_BEARD, _BARE = ("upper_lip", "chin"), ("forehead", "cheek_left", "cheek_right")
_DAY = len("2026-11-09")  # numerics: letters of a day
Weight = Literal["refuse", "zones", "relief", "colour", "note"]


@frozen
class Check:
    """One check of the gate.

    Parameters
    ----------
    name : str
        For example ``shine``.
    value, limit : float
        What was found and what is allowed.
    passed : bool
        Whether it holds.
    weight : str
        What fails with it: ``refuse`` everything, ``zones`` pixels, ``relief`` texture, lines and pores, ``colour``
        tone and pigment, ``note`` nothing.
    words : str
        What was found and what to do; empty where it passed.
    """

    name: str
    value: float
    limit: float
    passed: bool
    weight: Weight
    words: str


def verdict_of(checks: tuple[Check, ...]) -> Verdict:
    """What the checks allow together.

    Examples
    --------
    >>> verdict_of((Check("shine", 0.2, 0.01, False, "refuse", ""),))
    'refused'
    """
    failed = {check.weight for check in checks if not check.passed}
    if "refuse" in failed:
        return "refused"
    return "zones_only" if "zones" in failed else "comparable"


def single_checks(ready: Prepared, found: Measured) -> tuple[Check, ...]:
    """Checks of one photograph.

    Parameters
    ----------
    ready : Prepared
        The photograph.
    found : Measured
        Its figures.

    Returns
    -------
    tuple of Check
        Resolution, sharpness, shine, exposure, visible skin, and days since a session.
    """
    light = float(np.median(ready.maps.coarse.light[ready.wanted > 0])) if np.any(ready.wanted) else 0.0
    share = float(np.mean(ready.maps.skin[ready.wanted > 0] > 0)) if np.any(ready.wanted) else 0.0
    since = ready.photo.declared.days_since_session
    within = since is not None and since < _limit("swelling_days")
    fine = _limit("least_relief_px_per_mm")
    return (
        _least("resolution", ready.scale.px_per_mm, fine, "relief"),
        _least("sharpness", found.sharpness, _limit("least_sharpness"), "relief"),
        _most("shine", found.clipped_fraction, _limit("most_clipped_fraction"), "refuse"),
        _least("exposure", light, _limit("least_skin_light"), "refuse"),
        _least("bare_skin", share, _limit("least_bare_fraction"), "refuse"),
        *([] if ready.face is None else [_most("spectacles", _rim(ready), _limit("most_rim_fraction"), "note")]),
        _check("swelling", since if since is not None else -1.0, _limit("swelling_days"), not within, "relief"),
    )


def pose_degrees(before: Face, after: Face) -> tuple[float, float, float]:
    """Turn of the head between two photographs: pitch, yaw and roll, from all landmarks.

    Parameters
    ----------
    before, after : Face
        Landmarks of both.

    Returns
    -------
    tuple of float
        Degrees.

    Examples
    --------
    >>> points = np.random.default_rng(0).normal(size=(478, 3))
    >>> turned = points @ np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    >>> [abs(round(x)) for x in pose_degrees(Face(points, 1.0), Face(turned, 1.0))]
    [0, 0, 90]
    """
    turn, _ = _turned(before, after)
    pitch = np.degrees(np.arctan2(turn[2, 1], turn[2, 2]))
    yaw = np.degrees(np.arcsin(np.clip(-turn[2, 0], -1.0, 1.0)))
    return float(pitch), float(yaw), float(np.degrees(np.arctan2(turn[1, 0], turn[0, 0])))


def _turned(before: Face, after: Face) -> tuple[np.ndarray, float]:
    """Rotation from one face to the other, and what it leaves, against the distance of the eyes."""
    one, two = (face.points - face.points.mean(axis=0) for face in (before, after))
    one, two = one / np.sqrt(np.mean(one**2)), two / np.sqrt(np.mean(two**2))
    left, _, right = np.linalg.svd(two.T @ one)
    flip = np.diag([1.0, 1.0, np.sign(np.linalg.det(left @ right))])
    turn = left @ flip @ right
    rest = np.sqrt(np.mean(np.sum((two - one @ turn.T) ** 2, axis=1)))
    spread = np.sqrt(np.mean(np.sum(one**2, axis=1)))
    return turn, float(rest / spread)


def pair_checks(
    before: Prepared, after: Prepared, first: Measured, second: Measured, found: Alignment | None
) -> tuple[Check, ...]:
    """Checks of a pair, besides those of each photograph.

    Parameters
    ----------
    before, after : Prepared
        Both photographs.
    first, second : Measured
        Their figures on the skin that both show.
    found : Alignment or None
        How they lie upon each other; None where nothing matched.

    Returns
    -------
    tuple of Check
        Registration, pose, expression, scale, sharpness, light, settings, make-up, shaving.
    """
    out = [
        _least("alike", found.likeness if found else 0.0, _limit("least_likeness"), "refuse"),
        _aligned(found.consistent_fraction if found else 0.0),
    ]
    if before.face is not None and after.face is not None:
        pitch, yaw, roll = pose_degrees(before.face, after.face)
        turned = max(abs(pitch), abs(yaw))
        out += [
            _most("pose", turned, _limit("most_turn_degrees"), "refuse"),
            _most("roll", abs(roll), _limit("most_roll_degrees"), "note"),
            _most("expression", _turned(before.face, after.face)[1], _limit("most_expression"), "zones"),
        ]
    if found is not None:
        out.append(_most("size", abs(np.log(found.scale_fold)), _limit("most_size_change"), "relief"))
    sharp = abs(np.log(max(second.sharpness, 1e-3) / max(first.sharpness, 1e-3)))  # numerics: not 0
    out.append(_most("focus", sharp, _limit("most_focus_change"), "relief"))
    out.append(_most("focus_far", sharp, _limit("most_focus_change_any"), "refuse"))
    if before.face is not None:
        out += [_stubble(first, second), _cover(before, after), _cover_zones(before, after), _said(before, after)]
        shares = [_bare_shares(ready) for ready in (before, after)]
        changed = max(
            (abs(shares[1][name] - share) for name, share in shares[0].items() if name in shares[1]), default=0.0
        )
        out.append(_most("same_bare", changed, _limit("most_bare_change"), "refuse"))
    out += _light_checks(before, after)
    out += _declared_checks(before, after)
    return tuple(out)


def _aligned(share: float) -> Check:
    """Pixels are compared from one share of consistent skin on, zones from a lower one; below it nothing is."""
    limit = _limit("consistent_fraction")
    return _least("aligned", share, limit, "zones" if share >= _limit("least_consistent_fraction") else "refuse")


def _stubble(first: Measured, second: Measured) -> Check:
    """Whether the beard's place grew rougher or smoother against the rest of the face."""
    ratios = []
    for found in (first, second):
        rough = {zone.zone: zone.values["texture"] for zone in found.zones if "texture" in zone.values}
        parts = [[rough[name] for name in names if name in rough] for names in (_BEARD, _BARE)]
        ratios.append(np.log(np.mean(parts[0]) / np.mean(parts[1])) if all(parts) else 0.0)
    return _most("stubble", abs(float(ratios[1] - ratios[0])), _limit("most_stubble_change"), "relief")


def _cover(before: Prepared, after: Prepared) -> Check:
    """Whether pigment and redness both grew more even at once, as under make-up."""
    falls = [abs(fall) for fall in _evening(before, after, 0)]
    return _most("cover", min(falls), _limit("most_cover_change"), _cover_weight(before, after))


def _cover_zones(before: Prepared, after: Prepared) -> Check:
    """The same in single zones, by nearly the same share, as under paint on a part of the face."""
    limit, least = _limit("most_zone_cover_change"), _limit("least_cover_share")
    read = {}
    for number, name in enumerate(before.names, start=1):
        falls = _evening(before, after, number)
        small, large = sorted(abs(fall) for fall in falls)
        if falls[0] * falls[1] > 0 and small >= least * large:
            read[name] = small
    most = max(read.values(), default=0.0)
    zones = ", ".join(zone_words(name) for name, value in read.items() if value > limit)
    words = text("imaging.gate.cover_zones", zones=zones, value=_short(most), limit=_short(limit)) if zones else ""
    return Check("cover_zones", most, limit, not zones, _cover_weight(before, after), words)


def _cover_weight(before: Prepared, after: Prepared) -> Weight:
    """A note where both were said to be bare: treatment of pigment and redness at once may even out both too."""
    return "note" if all(one.photo.declared.make_up is False for one in (before, after)) else "colour"


def _evening(before: Prepared, after: Prepared, zone: int) -> list[float]:
    """Change of the spread of pigment and of redness (ln) on the skin of a zone; 0 is all of them."""
    out = []
    for name in ("spots", "red"):
        spreads = []
        for ready in (before, after):
            where = ready.maps.skin > 0 if zone == 0 else (ready.maps.skin > 0) & (ready.zones == zone)
            values = getattr(ready.maps, name)[where]
            spreads.append(float(np.median(np.abs(values - np.median(values)))) if values.size else 0.0)
        out.append(float(np.log(max(spreads[1], 1e-6) / max(spreads[0], 1e-6))))  # numerics: not 0
    return out


def _bare_shares(ready: Prepared) -> dict[str, float]:
    """Share of each zone that is bare skin, of what landmarks leave."""
    out = {}
    for number, name in enumerate(ready.names, start=1):
        left = (ready.zones == number) & (ready.maps.covered == 0)
        if np.any(left):
            out[name] = float(np.mean(ready.maps.unseen[left] == 0))
    return out


def _rim(ready: Prepared) -> float:
    """Share of the skin around the eyes that is dark as the rim of spectacles is."""
    shares = _bare_shares(ready)
    return 1.0 - float(np.mean([shares[name] for name in _AROUND_EYES if name in shares] or [1.0]))


def _said(before: Prepared, after: Prepared) -> Check:
    """Whether make-up and shaving were declared: what is thin or sparse is not seen, so it is asked."""
    told = [getattr(one.photo.declared, name) for one in (before, after) for name in ("make_up", "shaved")]
    words = "" if None not in told else text("imaging.gate.said", **_missed())
    return Check("said", 0.0, 0.0, not words, "note", words)


@cache
def _missed() -> dict[str, str]:
    """How often what was drawn onto a face was missed: make-up and stubble, plain and faint."""
    found = tomllib.loads(FOLDER.joinpath("imaging_checks_cover.toml").read_text(encoding="utf-8"))
    out = {}
    for name, kinds in _DRAWN.items():
        missed, pairs = (sum(found[kind][key] for kind in kinds) for key in ("missed", "pairs"))
        out[name] = text("imaging.gate.missed", missed=missed, pairs=pairs)
    return out


def _light_checks(before: Prepared, after: Prepared) -> list[Check]:
    out = []
    charts = before.chart, after.chart
    if charts[0] is not None and charts[1] is not None:
        changed = light_difference(charts[0], charts[1])
        out.append(_most("light", changed, _limit("most_light_difference"), "refuse"))
    else:
        if (charts[0] is None) != (charts[1] is None):
            out.append(_check("chart", 0.0, 1.0, False, "colour"))
        medians = [np.median(one.maps.coarse.light[one.wanted > 0], axis=0) for one in (before, after)]
        shift = np.log(np.maximum(medians[1], 1e-4) / np.maximum(medians[0], 1e-4))  # numerics: not 0
        colour = float(max(abs(shift[0] - shift[1]), abs(shift[2] - shift[1])))
        out.append(_most("light_colour", colour, _limit("most_skin_colour_shift"), "refuse"))
        out.append(_most("light_level", float(abs(shift[1])), _limit("most_skin_level_shift"), "colour"))
    one, two = before.photo.settings, after.photo.settings
    same_camera = not (one.camera and two.camera) or one.camera == two.camera
    out.append(_check("camera", 0.0, 0.0, same_camera, "colour"))
    days = [settings.taken[:_DAY] for settings in (one, two)]
    out.append(_check("order", 0.0, 0.0, "" in days or days[0] <= days[1], "note"))
    pairs = ((one.white_balance, two.white_balance), (one.light_source, two.light_source))
    flashed = tuple(None if code is None else code % 2 for code in (one.flash, two.flash))
    changed = any(None not in pair and pair[0] != pair[1] for pair in (*pairs, flashed))
    out.append(_check("settings", 0.0, 0.0, not changed, "refuse" if _flash_changed(flashed) else "colour"))
    return out


def _flash_changed(flashed: tuple[int | None, ...]) -> bool:
    return None not in flashed and flashed[0] != flashed[1]


def _declared_checks(before: Prepared, after: Prepared) -> list[Check]:
    one, two = before.photo.declared, after.photo.declared
    out = []
    weights: tuple[tuple[str, Weight], ...] = (
        ("make_up", "refuse"),
        ("shaved", "refuse"),
        ("polarised", "refuse"),
        ("cream", "colour"),
    )
    for name, weight in weights:
        values = getattr(one, name), getattr(two, name)
        clash = None not in values and values[0] != values[1]
        out.append(_check(name, 0.0, 0.0, not clash, weight))
    return out


def _limit(name: str) -> float:
    return parameter(f"imaging.{name}").value


def _least(name: str, value: float, limit: float, weight: Weight) -> Check:
    return _check(name, value, limit, value >= limit, weight)


def _most(name: str, value: float, limit: float, weight: Weight) -> Check:
    return _check(name, value, limit, value <= limit, weight)


def _check(name: str, value: float, limit: float, passed: bool, weight: Weight) -> Check:
    shown = {"value": _short(value), "limit": _short(limit)}
    return Check(
        name, float(value), float(limit), bool(passed), weight, "" if passed else text(f"imaging.gate.{name}", **shown)
    )


def _short(value: float) -> str:
    return f"{value:.2g}" if abs(value) < 10 else f"{value:.0f}"
