"""A small model with all an engine's model can have: a surface that follows two means, a switch, a root, two movers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from puncta.healing.engine import Course, Model, above, root

SPECIES = ("A", "B", "C")


def react(u: Any, p: Any) -> tuple[Any, ...]:
    """Rates."""
    A, B, C = u
    made = A * A / (1 + A * A)
    return -p.k * A + 0.1 * C, made - B * p.loss, above(B - 0.1) - C + 0.2 * root(1 + A)


def spread(p: Any) -> Mapping[str, Any]:
    """Diffusion."""
    return {"B": p.D * p.D, "C": 0.02}


def strike(u: Any, e: Any, p: Any) -> tuple[Any, ...]:
    """An event."""
    A, B, C = u
    return A + p.k * e.hit, B, C * (1 - e.loss)


def read(u: Any, p: Any) -> list[tuple[str, Any]]:
    """Three rows."""
    A, B, C = u
    return [("all", A), ("top", p.k * B * B), ("top", C)]


def surface_react(s: Any, means: Any, p: Any) -> tuple[Any, ...]:
    """Rates of the surface."""
    S, H = s
    return means[1] - p.k * S, above(means[2] - 0.05) / (1 + S) - H + 0.1 * S * H


def surface_strike(s: Any, e: Any, p: Any) -> tuple[Any, ...]:
    """An event at the surface."""
    S, H = s
    return S, H * (1 - e.scraped)


MODEL = Model(
    "follows", SPECIES, react, {"A": 0.1}, spread, strike, read, ("S", "H"), surface_react, surface_strike
)  # fmt: skip


def course(lanes: int, layers: int = 5) -> Course:
    """Uneven layers, other parameters in every lane, two events after a quiet start."""
    rng = np.random.default_rng(5)
    edges = np.append(0.0, np.cumsum(0.1 + 0.05 * np.arange(layers)))
    thick, inner = np.diff(edges), 1 / np.diff(0.5 * (edges[1:] + edges[:-1]))
    parameters = {"k": 0.5 + rng.random(lanes), "loss": 0.3 + rng.random(lanes), "D": 0.2 + 0.1 * rng.random(lanes)}
    strikes = tuple(
        {"hit": rng.random((layers, lanes)), "loss": np.full((layers, 1), 0.1), "scraped": 0.2 * rng.random(lanes)}
        for _ in range(2)
    )
    return Course(
        parameters,
        start=np.full((3, layers, 1), 0.3),
        surface=np.ones((2, 1)),
        exchange=np.stack([np.append(0, inner) / thick, np.append(inner, 0) / thick]),
        weights={"all": thick[:, None] / thick.sum(), "top": np.eye(layers)[:, :1] * np.ones(lanes)},
        sessions=(3.0, 5.0),
        strikes=strikes,
        end=9.0,
        days=np.array([0.0, 1.0, 3.0, 3.3, 4.9, 5.0, 9.0]),
    )
