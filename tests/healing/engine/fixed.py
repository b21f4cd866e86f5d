"""The fixed timing problem: invented constants, kept unchanged for ever so that ratios stay comparable; no biology."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from puncta.healing.engine import Course, Model

SPECIES = ("P", "N", "M1", "M2", "T", "G", "E", "F", "Y", "C3", "C1", "L")
VARY = {
    "kP": 1, "rN": 6, "dN": 1.2, "rM": 2, "kpol": 1.5, "dM1": 0.6, "dM2": 0.12, "aTP": 120, "aTM": 40, "aTY": 10,
    "kT": 240, "aGP": 60, "aGM": 30, "kG": 120, "aEN": 6, "aEM": 4, "kE": 24, "rF": 0.25, "kFY": 0.4, "kYF": 0.12,
}  # fmt: skip
FIXED = SimpleNamespace(
    dY=0.1, KT=0.3, KG=0.3, KN=0.2, KP=0.3, Fmax=1.25, chi=3, bT=11.561358551222432, bE=2.4, s3=0.020397846346478336,
    k31=0.01, s1=0.01244616458938889, e1=0.02, d1=1 / 365, sL=0.02102848977535308, eL=0.002, dL=1 / 365,
    dF=0.03684075653667295, vU=5, e3=0.05, KC=0.5, KM=0.4,
)  # fmt: skip
REST = (0, 0, 0, 0, 0.04716940512171239, 0, 0.08803835587661411, 1, 0.04386414487775691, 0.2, 1, 1)
SESSIONS = (0.0, 28.0, 56.0, 84.0)
YEAR = 365
DEPTH, DENSITY, EDGE, CLOT, PHI, PSI, TOPICAL = 0.8, 1.0, 0.08, 2.0, 0.10, 0.20, 0.05
LAYERS, THICKNESS = 40, 0.05
CENTRES = (np.arange(LAYERS) + 0.5) * THICKNESS


def react(u: Any, p: Any) -> tuple[Any, ...]:
    """Rates of the twelve species, per day."""
    P, N, M1, M2, T, G, E, F, Y, C3, C1, L = u
    q = FIXED
    a = T / (q.KT + T)
    a2 = T * T / (q.KT * q.KT + T * T)
    pol = p.kpol * M1 * (N / (q.KN + N) + a)
    act = p.kFY * F * a2
    room = 1 - (F + Y) / q.Fmax
    mat = q.k31 * C3
    made = F * a
    return (
        -p.kP * P * (1 + M1 / (q.KM + M1)),
        p.rN * (P * P / (q.KP * q.KP + P * P)) - p.dN * N,
        p.rM * ((P + N) / (q.KM + P + N)) - pol - p.dM1 * M1,
        pol - p.dM2 * M2,
        p.aTP * P + p.aTM * M2 + p.aTY * Y + q.bT * F - p.kT * T - q.vU * made,
        p.aGP * P + p.aGM * M2 - p.kG * G,
        p.aEN * N + p.aEM * M1 + q.bE * F / (1 + a) - p.kE * E,
        p.rF * F * (1 + q.chi * (G / (q.KG + G))) * room - q.dF * F - act + p.kYF * Y,
        act - p.kYF * Y - q.dY * Y,
        q.s3 * (F + 4 * Y) * a - mat - q.e3 * E * (C3 / (q.KC + C3)),
        q.s1 * (F + 3 * Y) * a + mat - q.e1 * E * (C1 / (q.KC + C1)) - q.d1 * C1,
        q.sL * made - q.eL * E * (L / (q.KC + L)) - q.dL * L,
    )


def spread(p: Any) -> Mapping[str, float]:
    """Diffusion, mm2/day."""
    return {"M1": 0.01, "T": 2.0, "G": 1.5, "E": 1.0}


def strike(u: Any, e: Any, p: Any) -> tuple[Any, ...]:
    """A session."""
    P, N, M1, M2, T, G, E, F, Y, C3, C1, L = u
    left = 1 - DENSITY * PHI * e.w
    return (
        P + DENSITY * CLOT * e.w, N, M1, M2, T, G + TOPICAL * e.gel, E, F * (1 - DENSITY * PSI * e.w), Y,
        C3 * left, C1 * left, L * left,
    )  # fmt: skip


def read(u: Any, p: Any) -> list[tuple[str, Any]]:
    """Depth means of all species."""
    return [("mean", x) for x in u]


MODEL = Model("fixed", SPECIES, react, dict.fromkeys(SPECIES, 0.01), spread, strike, read)


def people(n: int, seed: int, sigma: float = 0.25) -> dict[str, np.ndarray]:
    """The parameters that vary, each of shape (n,)."""
    drawn = np.array(list(VARY.values())) * np.exp(sigma * np.random.default_rng(seed).standard_normal((n, len(VARY))))
    return dict(zip(VARY, drawn.T, strict=True))


def nominal() -> dict[str, np.ndarray]:
    """The nominal person."""
    return {name: np.array([float(value)]) for name, value in VARY.items()}


def course(parameters: Mapping[str, np.ndarray], days: tuple[float, ...] | None = None) -> Course:
    """A year with four sessions; a row a day, on a session day the one before it, but on the first the one after."""
    w = 1 / (1 + np.exp((CENTRES - DEPTH) / EDGE))
    daily = [float(np.nextafter(day, 0)) if day in SESSIONS[1:] else float(day) for day in range(YEAR + 1)]
    exchange = np.full((2, LAYERS), 1 / THICKNESS**2)
    exchange[0, 0] = exchange[1, -1] = 0
    return Course(
        parameters=parameters,
        start=np.repeat(np.array(REST)[:, None], LAYERS, axis=1)[:, :, None],
        exchange=exchange,
        weights={"mean": np.full((LAYERS, 1), 1 / LAYERS)},
        sessions=SESSIONS,
        strikes=tuple({"w": w[:, None], "gel": np.exp(-CENTRES / 0.1)[:, None]} for _ in SESSIONS),
        end=float(YEAR),
        days=np.array(daily if days is None else days, dtype=float),
    )
