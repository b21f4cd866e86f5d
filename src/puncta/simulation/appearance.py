"""Last step: what the eye sees. Severity over the course, per concern and zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters, Forecast, Tissue, forecast
from puncta.appearance.chance import chance
from puncta.appearance.concerns import Law, manner
from puncta.appearance.forecast import improvement
from puncta.appearance.scales import scale
from puncta.case import Concern
from puncta.evidence import draw, normal_chance
from puncta.simulation.outcome import Quantity
from puncta.simulation.run import Run, scalar
from puncta.skin import patch_contrast_delta_e

Array = NDArray[np.float64]
_LEAST_SPREAD = 1e-6  # numerics: persons who do not differ at all


def _treated(
    run: Run, concern: Concern, session_days: tuple[int, ...], days: Array, home_products: tuple[str, ...],
    tissue: Tissue,
) -> tuple[str, str, tuple[int, ...], Array, Tissue, str, tuple[str, ...]]:  # fmt: skip
    """What is done about a concern, as `forecast` takes it."""
    product, laid = run.case.library.product, run.case.session_product
    addon = product(laid).addon if laid and session_days else ""
    home = tuple(product(key).addon for key in home_products)
    return concern.kind, concern.variety, session_days, days, tissue, addon, home


def _forecast(
    run: Run,
    concern: Concern,
    session_days: tuple[int, ...],
    days: Array,
    home_products: tuple[str, ...],
    tissue: Tissue,
    law: AppearanceParameters,
) -> Forecast:
    treated = _treated(run, concern, session_days, days, home_products, tissue)
    return forecast(*treated, run.case.person.phototype, run.seed, law, protected=run.case.home_care.sunscreen)


def zone_improvement(
    run: Run,
    zone_name: str,
    session_days: tuple[int, ...],
    day: float,
    tissue: Tissue,
    law: AppearanceParameters,
) -> Array:
    """Improvement of a typical person in one zone at one day, mean over the concerns that lie there.

    Parameters
    ----------
    run : Run
        Gives case, people and seed; its own course does not count.
    zone_name : str
        The zone; where no concern lies in it, all concerns of the case count.
    session_days : tuple of int
        Days of the sessions.
    day : float
        Day to read.
    tissue : Tissue
        What one session does in the tissue, n draws.
    law : AppearanceParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Share of severity gone.

    Examples
    --------
    >>> from puncta.case import Course, read_case
    >>> from puncta.simulation.run import prepare
    >>> run = prepare(read_case("examples/acne_scars.toml"), Course("untreated", ()), 200, seed=0)
    >>> law, same = draw(AppearanceParameters, 200, 0), Tissue(*np.ones((4, 200)))
    >>> gone = zone_improvement(run, "cheek_left", (0, 28, 56, 84), 270.0, same, law)
    >>> bool(0.3 < np.median(gone) < 0.6)
    True
    """
    days, care = np.array([0.0, day]), run.case.home_care

    def gone(concern: Concern) -> Array:
        luck = chance(concern.kind, law.person_sd.shape[0], run.seed).typical()
        treated = _treated(run, concern, session_days, days, care.products, tissue)
        return improvement(*treated, luck, law, protected=care.sunscreen)[:, 1]

    return np.mean([gone(concern) for concern in run.case.concerns_in(zone_name) or run.case.concerns], axis=0)


def patch_contrast(run: Run, gone: Array, law: AppearanceParameters) -> tuple[Array, tuple[str, ...]]:
    """How far the patch stands out from the skin around it, day by day, with the evidence keys behind it.

    Parameters
    ----------
    run : Run
        Gives the skin's colour.
    gone : ndarray, shape (n, t)
        Share of the colour gone.
    law : AppearanceParameters
        Draws, shape (n,).
    """
    tone = run.tone
    values = patch_contrast_delta_e(1.0 - gone, tone.melanin_fraction, law.pigment_contrast_fold, tone.optics)
    return values, (*tone.rests_on, f"{AppearanceParameters.EVIDENCE}.pigment_contrast_fold")


def appearance_quantities(run: Run, tissue: Mapping[str, Tissue], tissue_keys: tuple[str, ...]) -> Iterator[Quantity]:
    """Severity gone, severity left and the chance of a full grade, per concern and per zone.

    Parameters
    ----------
    run : Run
        The run.
    tissue : mapping of str to Tissue
        What one session does per treated zone; a zone left untreated is missing.
    tissue_keys : tuple of str
        Evidence keys behind it.
    """
    law = draw(AppearanceParameters, run.draws_count, run.seed)
    untouched = Tissue.untouched(run.draws_count)
    for concern in run.case.concerns:
        areas = np.array([run.area_cm2(name) for name in concern.zones])
        parts = [
            _forecast(
                run,
                concern,
                run.session_days,
                run.days,
                run.course.home_products,
                tissue.get(name, untouched),
                law,
            )
            for name in concern.zones
        ]
        weights = areas / areas.sum()
        whole = np.tensordot(weights, np.stack([part.improvement_fraction for part in parts]), axes=1)
        typical = np.tensordot(weights, np.stack([part.typical_fraction for part in parts]), axes=1)
        lead = parts[0]
        keys = (*lead.rests_on, *(tissue_keys if run.session_days else ()))

        def quantity(
            name: str,
            zone: str | None,
            days: Array,
            values: Array,
            thin: str,
            *,
            kind: str = concern.kind,
            source: Forecast = lead,
            keys: tuple[str, ...] = keys,
        ) -> Quantity:
            return Quantity(name, zone, kind, days, values, keys, source.limits, source.studies, thin)

        thin_whole = next((part.thin for part in parts if part.thin), "")
        yield quantity("improvement_fraction", None, run.days, whole, thin_whole)
        for name, part in zip(concern.zones, parts, strict=True):
            thin = part.thin or ("appearance.thin.zone" if len(concern.zones) > 1 else "")
            yield quantity("improvement_fraction", name, run.days, part.improvement_fraction, thin)
        used = scale(concern.scale)
        severity = np.clip(concern.severity_score * (1.0 - whole), 0.0, np.inf if used.high is None else used.high)
        yield quantity("severity_score", None, run.days, severity, thin_whole)
        if manner(concern.kind).law is Law.PIGMENT:
            values, behind = patch_contrast(run, whole, law)
            yield quantity("contrast_delta_e", None, run.days, values, thin_whole, keys=(*keys, *behind))
        # persons are integrated out, so that the band of the odds is that of our knowledge
        spread = np.tensordot(weights, np.stack([part.person_spread_fraction[:, -1] for part in parts]), axes=1)
        step = used.worthwhile_score / concern.severity_score
        odds = normal_chance((typical[:, -1] - step) / np.maximum(spread, _LEAST_SPREAD))
        yield quantity("grade_gain_probability", None, *scalar(odds), thin_whole)
