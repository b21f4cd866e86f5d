"""The unit cell: one channel with the skin around it, as far as half way to its neighbours."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]
Value = float | Array


@frozen
class UnitCell:
    """Skin around one channel, axisymmetric; every field a number or one per draw, shape (n,).

    Partition is local concentration over that in water of activity 1; diffusion is that of the local concentration.

    Parameters
    ----------
    radius_um : float or ndarray
        Radius of the mouth, below the pitch; 0 for skin without a channel.
    pitch_um : float or ndarray
        Radius of the cell; pi times its square is the area for each channel.
    depth_um : float or ndarray
        Depth of the channel; one that ends in the stratum corneum opens nothing.
    corneum_um, epidermis_um, dermis_um : float or ndarray
        Thickness of stratum corneum, living epidermis and dermis, above 0.
    corneum_partition, epidermis_partition, dermis_partition, channel_partition : float or ndarray
        Partition of layers and channel, above 0.
    corneum_um2_per_s, epidermis_um2_per_s, dermis_um2_per_s, channel_um2_per_s : float or ndarray
        Diffusion in layers and channel, 0 or more; 0 in a stratum corneum that lets nothing pass.
    clearance_per_s : float or ndarray
        Share of what the dermis holds that blood carries off each second.
    clearance_fold : float or ndarray
        How many times more blood flows; 1 without redness.
    taper : float or ndarray
        Power by which the radius narrows with depth; 0 is a cylinder, 1 a cone.
    filled_fraction : float or ndarray
        Share of the channel filled with the product at the start; what fills it is taken from the film.
    bound_capacity : float or ndarray
        Concentration that living tissue binds at most, on top of its partition, with the film at the start as 1.
    bound_half_activity : float or ndarray
        Activity at which half of that is bound.

    Notes
    -----
    Limits: ``limits.absorption``.

    Examples
    --------
    >>> UnitCell().opened_fraction
    array([0.01])
    """

    # the fixed problem of the benchmark stands as the default
    # numerics: an invented problem, no skin's values
    radius_um: Value = 30.0
    pitch_um: Value = 300.0
    depth_um: Value = 500.0
    corneum_um: Value = 15.0
    epidermis_um: Value = 85.0
    dermis_um: Value = 1400.0
    corneum_partition: Value = 5.0
    epidermis_partition: Value = 1.0
    dermis_partition: Value = 1.0
    channel_partition: Value = 1.0
    corneum_um2_per_s: Value = 0.01
    epidermis_um2_per_s: Value = 50.0
    dermis_um2_per_s: Value = 100.0
    channel_um2_per_s: Value = 400.0
    clearance_per_s: Value = 1e-4
    clearance_fold: Value = 1.0
    taper: Value = 0.0
    filled_fraction: Value = 0.0
    bound_capacity: Value = 0.0
    bound_half_activity: Value = 1.0

    def drawn(self) -> UnitCell:
        """The same with every field of shape (n,)."""
        names = [field.name for field in fields(self)]
        values = np.broadcast_arrays(*(np.atleast_1d(np.asarray(getattr(self, name), dtype=float)) for name in names))
        return UnitCell(**dict(zip(names, values, strict=True)))

    @property
    def opened_fraction(self) -> Array:
        """Share of the surface that the mouth takes up, shape (n,)."""
        return (np.atleast_1d(self.radius_um) / self.pitch_um) ** 2

    def without_channel(self) -> UnitCell:
        """The same skin left whole."""
        return replace(self, radius_um=0.0, filled_fraction=0.0)
