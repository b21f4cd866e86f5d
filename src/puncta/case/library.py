"""Library: the devices and products that a case may name, somebody's own before the built-in ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from puncta.evidence import Parameter, Trace, trace
from puncta.frozen import frozen
from puncta.needling.devices import Device, device, devices, read_devices

if TYPE_CHECKING:
    # products stand beside the solver, which a case without any has no need to load
    from puncta.absorption import Product


@frozen
class Library:
    """What lies at hand; a case carries it to everything that works on the case.

    Parameters
    ----------
    own_devices : mapping of str to Device
        Somebody's own devices; they come before built-in ones of the same key.
    own_products : mapping of str to Product
        Somebody's own products, likewise, each with its compounds.

    Examples
    --------
    >>> Library().device("exceed").name
    'Exceed'
    """

    own_devices: Mapping[str, Device] = field(default_factory=lambda: MappingProxyType({}))
    own_products: Mapping[str, Product] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def devices(self) -> Mapping[str, Device]:
        """All devices that may be planned with, by key."""
        return MappingProxyType({**devices(), **self.own_devices})

    @cached_property
    def products(self) -> Mapping[str, Product]:
        """All products, by key."""
        from puncta.absorption import products

        return MappingProxyType({**products(), **self.own_products})

    def device(self, key: str) -> Device:
        """Look up one device; an `InputError` names the nearest where there is none, or why it is refused."""
        return device(key, self.own_devices)

    def product(self, key: str) -> Product:
        """Look up one product; an `InputError` names the nearest where there is none."""
        from puncta.absorption import product

        return product(key, self.own_products)

    def trace(self, keys: Iterable[str], rows: Iterable[str] = ()) -> Trace:
        """Gather what stands behind a figure, in the evidence and in somebody's own records."""
        return trace(keys, rows, self._figures)

    @cached_property
    def _figures(self) -> Mapping[str, Parameter]:
        compounds = (one for entry in self.own_products.values() for one in entry.compounds.values())
        owners = (*self.own_devices.values(), *self.own_products.values(), *compounds)
        return {figure.key: figure for owner in owners for figure in owner.record.figures.values()}


def read_library(devices: str | Path | None = None, products: str | Path | None = None) -> Library:
    """Read somebody's own devices and products through the same checks as the built-in ones.

    Parameters
    ----------
    devices, products : str or Path, optional
        Folders with one TOML file per device or product; own compounds of products in a folder ``compounds`` inside.

    Returns
    -------
    Library
        For ``read_case``.

    Raises
    ------
    InputError
        With everything that is wrong in a folder.

    Examples
    --------
    >>> sorted(read_library(devices="examples/devices").own_devices)
    ['array_36']
    >>> sorted(read_library(products="examples/products").own_products)
    ['house_serum']
    """
    found = Library() if devices is None else Library(read_devices(devices))
    if products is None:
        return found
    from puncta.absorption import read_products

    return replace(found, own_products=read_products(products))
