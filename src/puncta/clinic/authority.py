"""The clinic's own certificate authority: it can vouch for names of private networks and for nothing else."""

from __future__ import annotations

import ipaddress
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from puncta.clinic.folder import ClinicFolder
from puncta.clinic.network import LOOPBACK, PRIVATE
from puncta.clinic.sealing import clinic_key, seal, unseal

_BOUND = "authority of the network"
_AUTHORITY_DAYS, _HOST_DAYS, _RENEW_DAYS = 3650, 397, 30


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    waiting = path.with_suffix(".part")
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    waiting.replace(path)


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _pem(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _builder(subject: str, issuer: x509.Name, key: EllipticCurvePrivateKey, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    # a tablet's clock may be late
    return builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=days))


def authority(place: ClinicFolder) -> tuple[x509.Certificate, EllipticCurvePrivateKey]:
    """The authority, made where there is none; its key lies sealed with the clinic's, outside the data folder."""
    shown, hidden = place.authority / "authority.crt", place.authority / "authority.sealed"
    if shown.exists() and hidden.exists():
        made = x509.load_pem_x509_certificate(shown.read_bytes())
        key = load_pem_private_key(unseal(hidden.read_bytes(), clinic_key(), _BOUND), None)
        if isinstance(key, EllipticCurvePrivateKey) and _lasts(made):
            return made, key
    key = generate_private_key(SECP256R1())
    words = f"Puncta clinic {x509.random_serial_number() % 16**6:06x}"
    allowed = [x509.DNSName("local"), x509.DNSName("localhost")]
    networks = [x509.IPAddress(ipaddress.ip_network(one)) for one in PRIVATE]
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    builder = _builder(words, _name(words), key, _AUTHORITY_DAYS)
    made = (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints([*allowed, *networks], None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    _write(hidden, seal(_pem(key), clinic_key(), _BOUND))
    _write(shown, made.public_bytes(Encoding.PEM))
    return made, key


def _lasts(certificate: x509.Certificate) -> bool:
    return certificate.not_valid_after_utc - datetime.now(UTC) > timedelta(days=_RENEW_DAYS)


def _names(name: str, addresses: tuple[str, ...]) -> list[x509.GeneralName]:
    hosts = [x509.DNSName(name), x509.DNSName("localhost")]
    numbers = [ipaddress.ip_address(one) for one in (*LOOPBACK[1:], *addresses)]
    return [*hosts, *(x509.IPAddress(one) for one in dict.fromkeys(numbers))]


def _fits(file: Path, issuer: x509.Certificate, names: list[x509.GeneralName]) -> bool:
    if not file.exists():
        return False
    held = x509.load_pem_x509_certificate(file.read_bytes())
    known = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    try:
        held.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return _lasts(held) and set(known) == set(names)


def certificate(place: ClinicFolder, name: str, addresses: tuple[str, ...]) -> tuple[Path, Path]:
    """Certificate and key of this computer; made anew where it moved, was renamed, or the old one ends soon.

    Parameters
    ----------
    place : ClinicFolder
        The clinic's folder with its key.
    name : str
        The computer's name on the network, ending in ``.local``.
    addresses : tuple of str
        Its addresses in private networks.
    """
    issuer, signing = authority(place)
    shown, hidden = place.authority / "host.crt", place.authority / "host.key"
    names = _names(name, addresses)
    if hidden.exists() and _fits(shown, issuer, names):
        return shown, hidden
    key = generate_private_key(SECP256R1())
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    made = (
        _builder(name, issuer.subject, key, _HOST_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, SHA256())
    )
    _write(hidden, _pem(key))
    _write(shown, made.public_bytes(Encoding.PEM) + issuer.public_bytes(Encoding.PEM))
    return shown, hidden


def authority_file(place: ClinicFolder) -> bytes:
    """The authority's certificate as tablets take it in."""
    return authority(place)[0].public_bytes(Encoding.DER)


def authority_mark(place: ClinicFolder) -> str:
    """The authority's fingerprint, to be compared by eye: SHA-256 in groups of four."""
    digest = authority(place)[0].fingerprint(SHA256()).hex().upper()
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))
