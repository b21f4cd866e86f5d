"""The reactions of one layer: inflammation, its signal, vessels, fibroblasts and matrix."""

from __future__ import annotations

from typing import Any

#: States of a layer in the order of `react`; what each one is stands in its docstring.
STATES = ("D", "N", "M1", "M2", "T", "W", "V", "F", "C3", "Ci", "Cm", "En", "Eo")


def activation(T: Any) -> Any:
    """Activation of fibroblasts by their signal, 0 to 1.

    Examples
    --------
    >>> activation(1.0)
    0.5
    """
    q = T * T * T * T
    return q / (1 + q)


def react(u: Any, p: Any) -> tuple[Any, ...]:
    """Rates of change of the thirteen states of a layer, per day, without the spread of T over depth.

    Parameters
    ----------
    u : sequence of 13 floats or arrays
        In the order of `STATES`:
        D debris and its alarm signals, 10 in a wholly destroyed layer, at rest 0;
        N neutrophils, M1 early and M2 late macrophages, 0;
        T signal to fibroblasts in excess of rest, 1 = half activation, 0;
        W dilation of vessels, share of the greatest, 0;
        V vessel density, 1;
        F fibroblasts, 1;
        C3 collagen III, Ci young and Cm mature collagen I, shares of the healthy total, together 1;
        En new elastin, 0, and Eo elastin present before, 1.
    p : HealingParameters
        Floats, or arrays that broadcast against the states.

    Returns
    -------
    tuple of 13 floats or arrays
        Rates in the same order. Only + - * / are used, so that floats, arrays and traced values all pass.

    Notes
    -----
    Limits: ``limits.healing``. Nothing downstream feeds back: D, N, M1, M2 drive T; T drives F, collagen and elastin;
    D and M2 drive the vessels. The rest state is exact. Sources: cooper_2015, buganza_tepole_2017, waugh_sherratt_2006.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> from puncta.healing import HealingParameters, rest
    >>> p = nominal(HealingParameters)
    >>> max(abs(float(rate[0])) for rate in react(rest(p), p)) < 1e-17
    True
    """
    D, N, M1, M2, T, W, V, F, C3, Ci, Cm, En, Eo = u

    M = M1 + M2
    crowd = N / p.Ninf
    phi = M / (1 + crowd * crowd)
    R1 = p.kmpt * D + p.kmm * M + p.kmn * N
    R2 = p.knpt * D
    mupt = p.snr * p.knpt / (p.munr * p.loop)
    switch = p.ksw * p.KD / (p.KD + D) * M1

    a = activation(T)
    Cis = (1 - p.C3s) * p.dm / (p.km + p.dm)
    deposit = F * (1 + p.gH * a) * (p.Kr + 1) / (p.Kr + C3 + Ci + Cm)

    return (
        p.mun * N - (mupt + p.kptn * N + p.kptm * phi) * D,
        p.snr * R2 / (p.munr + R2) - p.mun * N - p.knm * N * phi,
        p.smr * R1 / (p.mumr + R1) - p.mum * M1 - switch,
        switch - p.mum2 * M2,
        p.tM * M - p.dT * T,
        p.w1 * D * (1 - W) - W / p.tw,
        p.v1 * M2 - (V - 1) / p.tv,
        F * (p.pc * a * (1 - F / p.Fmax) - p.rho * (F - 1)),
        p.d3 * (p.C3s * (1 + p.g3 * a) * deposit - C3),
        (p.km + p.dC) * (Cis * (1 + p.g1 * a) * deposit - Ci),
        p.km * Ci - p.dm * Cm,
        p.e1 * F * a - p.en * En,
        -p.eo * (N + M1) * Eo,
    )
