"""What a tablet meets first, without HTTPS: the authority's certificate, how to take it in, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import qrcode
from django.template.loader import render_to_string
from django.utils.translation import override

from puncta.clinic.authority import authority_file
from puncta.clinic.folder import clinic_folder
from puncta.clinic.style import style_sheet
from puncta.clinic.words import LANGUAGES

Begin = Callable[..., Any]
_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def qr_path(words: str) -> tuple[int, str]:
    """A QR code as one path of squares, and how many squares it is wide.

    Examples
    --------
    >>> size, path = qr_path("https://clinic.local:8765/")
    >>> size, path[:6]
    (33, 'M4,4h7')
    """
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(words)
    rows = code.get_matrix()
    path = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                path.append(f"M{x},{y}h{length}v1h-{length}z")
            x += length or 1
    return len(rows), "".join(path)


def welcome(name: str, port: int) -> Callable[[dict[str, Any], Begin], Iterable[bytes]]:
    """A small server beside the clinic.

    Parameters
    ----------
    name : str
        The clinic's name on the network.
    port : int
        Where the clinic itself answers.
    """

    def application(environ: dict[str, Any], begin: Begin) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD", "")
        head = [
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", _POLICY),
        ]
        if method not in ("GET", "HEAD"):
            begin(
                "405 Method Not Allowed", [*head, ("Allow", "GET, HEAD"), ("Content-Type", "text/plain; charset=utf-8")]
            )
            return [b""]
        if path == "/clinic.crt":
            begin("200 OK", [*head, ("Content-Type", "application/x-x509-ca-cert")])
            return [authority_file(clinic_folder())]
        if path == "/style.css":
            begin("200 OK", [*head, ("Content-Type", "text/css; charset=utf-8")])
            return [style_sheet().encode()]
        status = "200 OK" if path == "/" else "404 Not Found"
        begin(status, [*head, ("Content-Type", "text/html; charset=utf-8")])
        wanted = str(environ.get("HTTP_ACCEPT_LANGUAGE", ""))[:2]
        language = wanted if wanted in LANGUAGES else "en"
        with override(language):
            values = {"address": f"https://{name}:{port}/", "language": language}
            return [render_to_string("clinic/welcome.html", values).encode()]

    return application
