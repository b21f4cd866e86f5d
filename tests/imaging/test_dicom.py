"""DICOM: out as VL Photographic, in again the same, without a patient."""

import io

import numpy as np
import pydicom
import pytest

from puncta.errors import PunctaError
from puncta.imaging import CameraSettings, Photograph, encode_dicom, read_photograph, write_dicom
from puncta.imaging.dicom import VL_PHOTOGRAPHIC


def _photo() -> Photograph:
    rgb = np.random.default_rng(0).integers(0, 255, (81, 91, 3)).astype(np.uint8)
    return Photograph("a", rgb, CameraSettings(camera="Maker Model", taken="2026-11-09 11:04:05"))


def test_a_photograph_comes_back(tmp_path) -> None:  # type: ignore[no-untyped-def]
    write_dicom(tmp_path / "a.dcm", _photo())
    found = read_photograph(tmp_path / "a.dcm")
    assert np.array_equal(found.rgb, _photo().rgb)
    assert found.settings.taken == "2026-11-09"


def test_the_file_names_nobody() -> None:
    found = pydicom.dcmread(io.BytesIO(encode_dicom(_photo())))
    assert found.SOPClassUID == VL_PHOTOGRAPHIC
    assert not found.PatientName
    assert not found.PatientID
    assert found.PatientIdentityRemoved == "YES"


def test_a_damaged_file_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "a.dcm"
    file.write_bytes(encode_dicom(_photo())[:900])
    with pytest.raises(PunctaError):
        read_photograph(file)
