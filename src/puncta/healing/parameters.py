# ruff: noqa: N815
"""Parameters of healing: the symbols of the equations, each with its evidence."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class HealingParameters:
    """Rates per day, depths in mm and pure numbers of the healing core; one draw per person in each field.

    Field names are the symbols of the equations in `react`; what each one means, with unit, spread and source, stands
    in the evidence file that ``EVIDENCE`` names.

    Parameters
    ----------
    mun, kptn, kptm, knm, snr, knpt, munr, Ninf, smr, kmpt, kmm, kmn, KD, mumr, loop, ksw, mum, mum2 : ndarray
        Inflammation.
    tM, dT, LT : ndarray
        The signal to fibroblasts.
    pc, Fmax, rho : ndarray
        Fibroblasts.
    g1, g3, gH, Kr, C3s, d3, dC, km, dm : ndarray
        Collagen.
    e1, en, eo : ndarray
        Elastin.
    w1, tw, aW, v1, tv, aV, zr : ndarray
        Vessels and redness.
    kD, q0, lam, rim : ndarray
        What an injury does.
    zmax, zp_top, zp_bottom, he : ndarray
        Depths: the modelled one, the papillary mean, the epidermis.
    kH, kG, kI, tv_e, ts, hs : ndarray
        The surface.
    G, kage, age0 : ndarray
        The person.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> nominal(HealingParameters).LT
    array([0.18])
    """

    EVIDENCE: ClassVar[str] = "healing"

    mun: Array
    kptn: Array
    kptm: Array
    knm: Array
    snr: Array
    knpt: Array
    munr: Array
    Ninf: Array
    smr: Array
    kmpt: Array
    kmm: Array
    kmn: Array
    KD: Array
    mumr: Array
    loop: Array
    ksw: Array
    mum: Array
    mum2: Array
    tM: Array
    dT: Array
    LT: Array
    pc: Array
    Fmax: Array
    rho: Array
    g1: Array
    g3: Array
    gH: Array
    Kr: Array
    C3s: Array
    d3: Array
    dC: Array
    km: Array
    dm: Array
    e1: Array
    en: Array
    eo: Array
    w1: Array
    tw: Array
    aW: Array
    v1: Array
    tv: Array
    aV: Array
    zr: Array
    kD: Array
    q0: Array
    lam: Array
    rim: Array
    zmax: Array
    zp_top: Array
    zp_bottom: Array
    he: Array
    kH: Array
    kG: Array
    kI: Array
    tv_e: Array
    ts: Array
    hs: Array
    G: Array
    kage: Array
    age0: Array
