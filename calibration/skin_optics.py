"""Fit bloodless absorption, vessels, resting blood and saturation to measured skin; prints what the evidence holds.

Run: uv run python calibration/skin_optics.py nist_skin_reflectance_subjects_odd.csv
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from puncta.evidence import nominal
from puncta.skin.colour import ita_degrees, lab_from_reflectance, wavelengths_nm
from puncta.skin.light import OpticsParameters
from puncta.skin.optics import reflectance
from puncta.skin.tone import melanin_from_ita, resting_lab

Array = NDArray[np.float64]
FIT_FROM_NM, STEPS, NUDGE, LEAST = 450.0, 40, 1e-5, 1e-7
START_SHARED, START_PERSON = (0.3, 50.0), (0.04, 0.008, 0.6)


def measured_people(file: Path) -> Array:
    """Reflectance of each person and repeat at the wavelengths of colour, shape (people, repeats, w)."""
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    table = np.array(rows[1:], dtype=np.float64)
    columns = [np.interp(wavelengths_nm(), table[:, 0], table[:, i]) for i in range(1, table.shape[1])]
    repeats = sum(name.startswith(rows[0][1].rsplit("_", 1)[0] + "_") for name in rows[0])
    return np.array(columns).reshape(-1, repeats, wavelengths_nm().shape[0])


def shared(bloodless_fold: float, vessel_um: float) -> OpticsParameters:
    """Parameters with the two figures that all people share."""
    return replace(
        nominal(OpticsParameters), bloodless_fold=np.array([bloodless_fold]), resting_vessel_um=np.array([vessel_um])
    )


def spectrum_of(x: Array, wavelength_nm: Array, p: OpticsParameters, saturation: float | None) -> Array:
    """Model spectra from logarithms of melanin and blood, and the logit of saturation where it is free."""
    share = 1 / (1 + np.exp(-x[:, 2])) if saturation is None else np.full(x.shape[0], saturation)
    return reflectance(wavelength_nm, np.exp(x[:, 0]), np.exp(x[:, 1]), share, p)


def fit_people(
    spectra: Array, wavelength_nm: Array, p: OpticsParameters, saturation: float | None
) -> tuple[Array, Array]:
    """Fit every person by damped Gauss-Newton steps, all at once; returns what was fitted and the errors."""
    melanin, blood, share = START_PERSON
    start = [np.log(melanin), np.log(blood), np.log(share / (1 - share))]
    free = 3 if saturation is None else 2
    x = np.tile(start[:free], (spectra.shape[0], 1))
    error = spectrum_of(x, wavelength_nm, p, saturation) - spectra
    damping = np.full((spectra.shape[0], 1, 1), 1e-3)
    for _ in range(STEPS):
        slopes = np.stack(
            [
                (spectrum_of(x + NUDGE * unit, wavelength_nm, p, saturation) - spectra - error) / NUDGE
                for unit in np.eye(free)
            ],
            axis=-1,
        )
        square = np.einsum("pwi,pwj->pij", slopes, slopes)
        scale = (np.einsum("pii->pi", square)[:, :, None] + LEAST) * np.eye(free)
        pull = np.einsum("pwi,pw->pi", slopes, error)
        step = np.linalg.solve(square + damping * scale, -pull[..., None])[..., 0]
        tried = x + np.clip(step, -1, 1)
        found = spectrum_of(tried, wavelength_nm, p, saturation) - spectra
        better = (found**2).sum(axis=1) < (error**2).sum(axis=1)
        x, error = np.where(better[:, None], tried, x), np.where(better[:, None], found, error)
        damping = np.clip(np.where(better[:, None, None], damping / 3, damping * 5), 1e-9, 1e6)
    return x, error


def say(name: str, error: Array) -> None:
    """Print how far spectra lie from the model."""
    by_person = np.sqrt((error**2).mean(axis=1))
    print(
        f"  {name}: RMS {np.sqrt((error**2).mean()):.4f}, of a person median {np.median(by_person):.4f},"
        f" 95th percentile {np.percentile(by_person, 95):.4f}"
    )


def say_colour(name: str, found: Array, true: Array) -> None:
    """Print how far the model's colour lies from the measured one."""
    apart = np.sqrt(((found - true) ** 2).sum(axis=1))
    mean, sd = (found - true).mean(axis=0), (found - true).std(axis=0, ddof=1)
    parts = ", ".join(f"{c}* {m:+.2f} (SD {s:.2f})" for c, m, s in zip("Lab", mean, sd, strict=True))
    print(f"  {name}: distance median {np.median(apart):.2f}, 95th percentile {np.percentile(apart, 95):.2f}; {parts}")


def halves(people: Array) -> dict[str, Array]:
    """Calibrate on odd-indexed people, validate on the rest."""
    return {"calibration": people[1::2], "validation": people[0::2]}


def fit(people: Array) -> dict[str, float]:
    """Fit the two shared figures, with melanin, blood and saturation of each person free; medians of the latter two."""
    fitted = wavelengths_nm() >= FIT_FROM_NM
    near, spectra = wavelengths_nm()[fitted], people[:, fitted]

    def errors(logs: Array) -> Array:
        return fit_people(spectra, near, shared(*np.exp(logs)), None)[1].ravel()

    fold, vessel_um = np.exp(least_squares(errors, np.log(START_SHARED), diff_step=1e-3).x)
    x, _ = fit_people(spectra, near, shared(fold, vessel_um), None)
    blood, saturation = np.exp(x[:, 1]), 1 / (1 + np.exp(-x[:, 2]))
    print(f"spreads: blood log_sd {np.log(blood).std(ddof=1):.2f}, saturation sd {saturation.std(ddof=1):.2f}")
    print(f"melanin {np.exp(x[:, 0]).min():.3f} to {np.exp(x[:, 0]).max():.3f}")
    return {
        "bloodless_fold": float(fold),
        "resting_vessel_um": float(vessel_um),
        "resting_blood_fraction": float(np.median(blood)),
        "resting_saturation_fraction": float(np.median(saturation)),
    }


def main() -> None:
    """Fit on one half, print how well both are described."""
    parts = halves(measured_people(Path(sys.argv[1])).mean(axis=1))
    found = fit(parts["calibration"])
    print(", ".join(f"{name} {value:.4g}" for name, value in found.items()))
    p = shared(found["bloodless_fold"], found["resting_vessel_um"])
    saturation = found["resting_saturation_fraction"]
    blood = np.array([found["resting_blood_fraction"]])
    middle = replace(p, resting_blood_fraction=blood, resting_saturation_fraction=np.array([saturation]))
    fitted = wavelengths_nm() >= FIT_FROM_NM
    near = wavelengths_nm()[fitted]
    for name, half in parts.items():
        print(f"{name}: {half.shape[0]} people, {near[0]:.0f} to {near[-1]:.0f} nm")
        x, error = fit_people(half[:, fitted], near, p, None)
        say("melanin, blood and saturation of each person", error)
        say("melanin and blood of each person", fit_people(half[:, fitted], near, p, saturation)[1])
        true = lab_from_reflectance(half)
        whole = lab_from_reflectance(spectrum_of(x, wavelengths_nm(), p, None))
        say_colour("colour of the fitted spectra", whole, true)
        say_colour(
            "colour from the angle alone", resting_lab(melanin_from_ita(ita_degrees(true), middle), middle), true
        )


if __name__ == "__main__":
    main()
