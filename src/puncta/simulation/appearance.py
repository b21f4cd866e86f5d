"""Last step: what the eye sees. Severity over the course, per concern and zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from puncta.absorption import product
from puncta.appearance import AppearanceParameters, Forecast, forecast
from puncta.appearance.scales import scale
from puncta.case import Concern
from puncta.evidence import draw
from puncta.simulation.outcome import Quantity
from puncta.simulation.run import Run, scalar

Array = NDArray[np.float64]


def _forecast(
    run: Run,
    concern: Concern,
    session_days: tuple[int, ...],
    days: Array,
    home_products: tuple[str, ...],
    signal: Array,
    reference: Array,
    law: AppearanceParameters,
) -> Forecast:
    addon = product(run.case.session_product).addon if run.case.session_product and session_days else ""
    return forecast(
        concern.kind,
        concern.variety,
        session_days,
        days,
        signal,
        reference,
        addon,
        tuple(product(key).addon for key in home_products),
        run.case.person.phototype,
        run.seed,
        law,
    )


def zone_improvement(
    run: Run,
    zone_name: str,
    session_days: tuple[int, ...],
    day: float,
    signal: Array,
    reference: Array,
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
    signal, reference : ndarray, shape (n,)
        Collagen signals of one session.
    law : AppearanceParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Share of severity gone.
    """
    days = np.array([0.0, day])
    home = run.case.home_care.products
    return np.mean(
        [
            _forecast(run, concern, session_days, days, home, signal, reference, law).typical_fraction[:, 1]
            for concern in run.case.concerns_in(zone_name) or run.case.concerns
        ],
        axis=0,
    )


def appearance_quantities(
    run: Run, signals: Mapping[str, Array], reference: Array | None, signal_keys: tuple[str, ...]
) -> Iterator[Quantity]:
    """Severity gone, severity left and the chance of a full grade, per concern and per zone.

    Parameters
    ----------
    run : Run
        The run.
    signals : mapping of str to ndarray, shape (n,)
        Collagen signal of one session per treated zone; a zone left untreated is missing.
    reference : ndarray, shape (n,), or None
        Signal at the setting of the published courses; None without a session.
    signal_keys : tuple of str
        Evidence keys behind the signals.
    """
    law = draw(AppearanceParameters, run.draws_count, run.seed)
    nothing = np.zeros(run.draws_count)
    usual = np.ones(run.draws_count) if reference is None else reference
    for concern in run.case.concerns:
        areas = np.array([run.area_cm2(name) for name in concern.zones])
        parts = [
            _forecast(
                run,
                concern,
                run.session_days,
                run.days,
                run.course.home_products,
                signals.get(name, nothing),
                usual,
                law,
            )
            for name in concern.zones
        ]
        weights = areas / areas.sum()
        whole = np.tensordot(weights, np.stack([part.improvement_fraction for part in parts]), axes=1)
        typical = np.tensordot(weights, np.stack([part.typical_fraction for part in parts]), axes=1)
        lead = parts[0]
        keys = (*lead.rests_on, *(signal_keys if run.session_days else ()))

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

        yield quantity("improvement_fraction", None, run.days, whole, lead.thin)
        for name, part in zip(concern.zones, parts, strict=True):
            thin = lead.thin or ("appearance.thin.zone" if len(concern.zones) > 1 else "")
            yield quantity("improvement_fraction", name, run.days, part.improvement_fraction, thin)
        used = scale(concern.scale)
        severity = np.clip(concern.severity_score * (1.0 - whole), 0.0, np.inf if used.high is None else used.high)
        yield quantity("severity_score", None, run.days, severity, lead.thin)
        # persons are integrated out, so that the band of the odds is that of our knowledge
        step = used.worthwhile_score / concern.severity_score
        odds = ndtr((typical[:, -1] - step) / law.person_sd)
        yield quantity("grade_gain_probability", None, *scalar(odds), lead.thin)
