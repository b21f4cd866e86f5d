"""DICOM: out as VL Photographic, in again the same, without a patient."""

import dataclasses
import io

import numpy as np
import pydicom
import pytest
from pydicom import config

from puncta.errors import PunctaError
from puncta.imaging import CameraSettings, Photograph, encode_dicom, read_photograph, write_dicom
from puncta.imaging.dicom import VL_PHOTOGRAPHIC, decode_dicom


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


def test_the_attributes_of_the_standard_are_there() -> None:
    """Those of type 1 and 2 of VL Photographic Image Storage, of every module that it must hold."""
    found = pydicom.dcmread(io.BytesIO(encode_dicom(_photo())))
    filled = (
        "SOPClassUID SOPInstanceUID StudyInstanceUID SeriesInstanceUID Modality ImageType SamplesPerPixel "
        "PhotometricInterpretation Rows Columns BitsAllocated BitsStored HighBit PixelData "
        "DeidentificationMethod SpecificCharacterSet"
    )
    present = (
        "PatientName PatientID PatientBirthDate PatientSex StudyDate StudyTime AccessionNumber StudyID "
        "ReferringPhysicianName SeriesNumber InstanceNumber Manufacturer PatientOrientation LossyImageCompression "
        "AcquisitionContextSequence PixelRepresentation PlanarConfiguration"
    )
    assert [name for name in filled.split() if not found.get(name)] == []
    assert [name for name in present.split() if name not in found] == []
    assert found.Modality == "XC"


@pytest.mark.parametrize("camera", ["Фотоаппарат Ü", "X" * 60 + " " + "Y" * 60, "a\\b", "="])
def test_any_camera_gives_a_file_that_holds(camera: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config.settings, "writing_validation_mode", config.RAISE)
    named = dataclasses.replace(_photo(), settings=CameraSettings(camera=camera))
    assert decode_dicom(encode_dicom(named)).settings.camera == camera.replace("\\", "/")[:64].strip()


def test_a_dicom_file_of_another_kind_is_named_so(tmp_path) -> None:  # type: ignore[no-untyped-def]
    found = pydicom.dcmread(io.BytesIO(encode_dicom(_photo())))
    del found.Rows, found.PixelData
    found.save_as(tmp_path / "plan.dcm")
    with pytest.raises(PunctaError, match="no single colour picture"):
        read_photograph(tmp_path / "plan.dcm")


def test_a_profile_in_the_file_is_followed() -> None:
    from tests.imaging.test_profile import wide_profile

    skin = Photograph("skin", np.full((80, 90, 3), (190, 140, 110), np.uint8))
    found = pydicom.dcmread(io.BytesIO(encode_dicom(skin)))
    found.ICCProfile = wide_profile("Adobe RGB (1998)")
    out = io.BytesIO()
    found.save_as(out)
    assert decode_dicom(out.getvalue()).rgb[40, 40].astype(int) == pytest.approx([207, 141, 109], abs=2)


def test_a_damaged_file_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "a.dcm"
    file.write_bytes(encode_dicom(_photo())[:900])
    with pytest.raises(PunctaError):
        read_photograph(file)
