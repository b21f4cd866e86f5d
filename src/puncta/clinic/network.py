"""How browsers come in: from this computer alone, through a proxy, or over the clinic's own network with HTTPS."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from puncta.clinic.folder import ClinicFolder
from puncta.clinic.library import PunctaError, text
from puncta.frozen import frozen

LAN_VARIABLE = "PUNCTA_CLINIC_LAN"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
#: Networks that are nobody's on the internet.
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fd00::/8", "::1/128")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@frozen
class Network:
    """How this clinic is reached.

    Parameters
    ----------
    https : bool
        True where browsers speak HTTPS: to this program, or to a proxy before it.
    lan : bool
        True where other computers of the network are let in.
    proxy : bool
        True where a proxy on this computer speaks HTTPS and says so in ``X-Forwarded-Proto``.
    name : str
        The name under which the network finds this computer; empty without ``lan``.
    addresses : tuple of str
        This computer's private addresses; empty without ``lan``.
    certificate, private_key : Path or None
        Files that the settings name; with neither, the clinic's own authority signs one.
    """

    https: bool
    lan: bool
    proxy: bool
    name: str
    addresses: tuple[str, ...]
    certificate: Path | None
    private_key: Path | None


def network(own: Mapping[str, Any], place: ClinicFolder, *, lan: bool) -> Network:
    """Read the settings, and refuse those under which nobody could log in.

    Raises
    ------
    PunctaError
        Where HTTPS is asked for and nothing speaks it, or a named file is missing.
    """
    proxy = bool(own.get("proxy", False))
    files = [(place.root / str(own[name])) if own.get(name) else None for name in ("certificate", "private_key")]
    certificate, private_key = files
    if (certificate is None) is not (private_key is None):
        raise PunctaError(text("clinic.start.half_certificate", file=place.settings_file))
    for file in files:
        if file is not None and not file.is_file():
            raise PunctaError(text("clinic.start.no_certificate", file=file, settings=place.settings_file))
    if own.get("https", False) and certificate is None and not proxy and not lan:
        raise PunctaError(text("clinic.start.https_without", file=place.settings_file))
    if lan and proxy:
        raise PunctaError(text("clinic.start.lan_and_proxy", file=place.settings_file))
    return Network(
        https=lan or proxy or certificate is not None,
        lan=lan,
        proxy=proxy,
        name=own_name(str(own.get("lan_name", ""))) if lan else "",
        addresses=own_addresses() if lan else (),
        certificate=certificate,
        private_key=private_key,
    )


def asked_for_lan() -> bool:
    """True where the command line let the network in."""
    return os.environ.get(LAN_VARIABLE) == "1"


def own_name(wanted: str = "") -> str:
    """The name of this computer on its network, as every system of today finds it without a server for names.

    Examples
    --------
    >>> own_name("Front Desk")
    'front-desk.local'
    """
    name = (wanted or socket.gethostname()).casefold().removesuffix(".local").split(".")[0]
    return (re.sub(r"[^a-z0-9]+", "-", name).strip("-") or "clinic") + ".local"


def own_addresses() -> tuple[str, ...]:
    """This computer's addresses in private networks; asks the computer alone and sends nothing."""
    found: list[Address] = [ipaddress.ip_address(one) for one in _told_by_name()]
    for family, far in ((socket.AF_INET, "10.255.255.255"), (socket.AF_INET6, "fd00::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as plug:
                # choosing a way to a far address sends no packet
                plug.connect((far, 9))
                found.append(ipaddress.ip_address(plug.getsockname()[0].split("%")[0]))
        except OSError:
            continue
    private = [ipaddress.ip_network(one) for one in PRIVATE]
    kept = [one for one in found if not one.is_loopback and any(one in near for near in private)]
    return tuple(str(one) for one in dict.fromkeys(sorted(kept, key=lambda one: (one.version, int(one)))))


def _told_by_name() -> list[str]:
    try:
        entries = socket.getaddrinfo(socket.gethostname(), None)
    except OSError:
        return []
    return [str(entry[4][0]).split("%")[0] for entry in entries]
