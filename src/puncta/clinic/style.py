"""The style sheet: the tokens of the reports, light and dark, then the clinic's own rules."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from puncta.clinic.library import theme


@cache
def style_sheet() -> str:
    """All styles of the clinic as one text."""
    shown = theme()
    dark = shown.css_variables(dark=True)
    rules = files("puncta.clinic").joinpath("templates", "clinic", "clinic.css").read_text(encoding="utf-8")
    return (
        f":root{{color-scheme:light;{shown.css_variables()}{shown.css_scale()}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{dark}}}}}\n{rules}"
    )


@cache
def style_version() -> str:
    """Changes with every change of the styles."""
    return hashlib.sha256(style_sheet().encode()).hexdigest()[:12]
