"""Facts: what the second calculation reads of a case, and nothing else."""

from __future__ import annotations

from functools import cache

from puncta.case import Case, ZoneSetting
from puncta.evidence import joint_spread, parameter, parameters
from puncta.frozen import frozen

_SIDES = ("_left", "_right")


@cache
def figure(key: str) -> float:
    """Middle value of a parameter: of its joint draws where it was fitted, else its value.

    Parameters
    ----------
    key : str
        Dotted name of the parameter.

    Examples
    --------
    >>> figure("zones.nose.area_cm2")
    20.0
    """
    fitted = joint_spread(key)
    return parameter(key).value if fitted is None else fitted.median


def base(zone: str) -> str:
    """Name of a zone without its side.

    Examples
    --------
    >>> base("cheek_left"), base("nose")
    ('cheek', 'nose')
    """
    for side in _SIDES:
        zone = zone.removesuffix(side)
    return zone


def area_cm2(case: Case, zone: str) -> float:
    """Area of a zone: as measured, else usual.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> area_cm2(read_case("examples/acne_scars.toml"), "nose")
    20.0
    """
    measured = [use.area_cm2 for use in case.zones if use.zone == zone and use.area_cm2 is not None]
    return measured[0] if measured else figure(f"zones.{base(zone)}.area_cm2")


@frozen
class Tool:
    """Device and hand, as single figures.

    Parameters
    ----------
    kind : str
        ``pen``, ``roller`` or ``stamp``.
    needles : int
        Needles of the cartridge or drum.
    needle_mm, tolerance_mm, swath_cm : float
        Longest needle, tolerance of the setting, width of the track.
    speed_cm_per_s : float
        Glide speed.
    strokes_per_s : float
        Stroke rate; 0 for a roller or stamp.
    speed_fold : float
        Speed of the needles against the device's usual one.
    per_pass : float or None
        Punctures per cm² of one rolling or press; None for a pen.
    rows : int
        Rows of a roller; 1 otherwise.
    drum_cm : float or None
        Drum of a roller, where known.
    """

    kind: str
    needles: int
    needle_mm: float
    tolerance_mm: float
    swath_cm: float
    speed_cm_per_s: float
    strokes_per_s: float
    speed_fold: float
    per_pass: float | None
    rows: int
    drum_cm: float | None


def tool(case: Case) -> Tool:
    """The device at hand.

    Parameters
    ----------
    case : Case
        The case.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> tool(read_case("examples/acne_scars.toml")).needles
    6
    """
    own, chosen = case.library.device(case.device.device), case.device
    speed = chosen.speed_cm_per_s or own.usual_speed_cm_per_s or 1.0
    strokes = chosen.strokes_per_s or own.usual_strokes_per_s or 0.0
    fold = 1.0
    if own.kind == "pen" and own.usual_strokes_per_s:
        fold = strokes / own.usual_strokes_per_s
    elif own.kind == "roller" and own.usual_speed_cm_per_s:
        fold = speed / own.usual_speed_cm_per_s
    return Tool(
        own.kind, own.needles, own.needle_length_mm, own.tolerance_mm, own.swath_cm, speed, strokes, fold,
        own.punctures_per_cm2_per_pass, own.rows or 1, own.record.value("drum_cm"),
    )  # fmt: skip


def passes(setting: ZoneSetting, kind: str) -> float:
    """Passes of a setting; the usual number where a published protocol does not say.

    Examples
    --------
    >>> passes(ZoneSetting("nose", 1.0, None), "pen")
    6.0
    """
    if setting.passes is not None:
        return float(setting.passes)
    return figure(f"needling.passes_unreported_{'roller' if kind == 'roller' else 'pen'}")


def known(key: str) -> bool:
    """Whether there is such a parameter."""
    return key in parameters()
