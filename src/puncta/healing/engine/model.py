"""The model: what an engine needs to know of the equations, as plain functions of numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any

from puncta.frozen import frozen


def _nothing(*_: Any) -> tuple[Any, ...]:
    return ()


def _no_spread(_: Any) -> dict[str, Any]:
    return {}


def _kept(u: Sequence[Any], *_: Any) -> Sequence[Any]:
    return u


@frozen(eq=False)
class Model:
    """What is simulated, in functions of numbers that use + - * / and the calls of `trace`; all stand at module level.

    Parameters
    ----------
    name : str
        Its name.
    species : tuple of str
        States of every layer.
    react : callable
        (states, parameters) to rates per day.
    scale : mapping of str to float
        Size below which a state counts as small, in the control of the step; 1 where it is not named.
    spread : callable
        (parameters) to {species: diffusion in mm2/day}; all others stay where they are.
    strike : callable
        (states, event, parameters) to states after an event; ``event.name`` is a number of the layer.
    read : callable
        (states, parameters) to [(name of weights, quantity)]: a row is the sum over layers of weight times quantity.
    surface : tuple of str
        States that a lane has once; they follow the rows of ``read`` and feed nothing back.
    surface_react, surface_strike : callable
        (surface states, rows, parameters) to rates; (surface states, event, parameters) to states after an event.
    """

    name: str
    species: tuple[str, ...]
    react: Callable[..., Sequence[Any]]
    scale: Mapping[str, float] = field(default_factory=dict)
    spread: Callable[..., Mapping[str, Any]] = _no_spread
    strike: Callable[..., Sequence[Any]] = _kept
    read: Callable[..., Sequence[tuple[str, Any]]] = _nothing
    surface: tuple[str, ...] = ()
    surface_react: Callable[..., Sequence[Any]] = _nothing
    surface_strike: Callable[..., Sequence[Any]] = _kept

    @property
    def functions(self) -> tuple[Callable[..., Any], ...]:
        """The functions."""
        return self.react, self.spread, self.strike, self.read, self.surface_react, self.surface_strike
