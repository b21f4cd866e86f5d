"""DICOM: photographs in and out as VL Photographic images; who is on them is neither read nor written."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np

from puncta.errors import PunctaError
from puncta.files import write_atomically
from puncta.imaging.backend import needed
from puncta.imaging.decode import check_colour, check_levels, check_size
from puncta.imaging.photograph import CameraSettings, Declared, Photograph
from puncta.imaging.profile import in_srgb
from puncta.messages import text

#: SOP class of VL Photographic Image Storage.
VL_PHOTOGRAPHIC = "1.2.840.10008.5.1.4.1.1.77.1.4"
_EXPLICIT = "1.2.840.10008.1.2.1"
_BITS = 8  # numerics: of each channel
_LONGEST = 64  # numerics: letters of a name, by the standard


def decode_dicom(data: bytes, subject: str = "picture", declared: Declared | None = None) -> Photograph:
    """Decode a DICOM file with one colour picture.

    Parameters
    ----------
    data : bytes
        The file.
    subject : str
        Name for messages.
    declared : Declared or None
        What was said at capture.

    Returns
    -------
    Photograph
        In sRGB, by the profile that it carries; who it is and where it was taken are not read.

    Raises
    ------
    PunctaError
        Where the file is damaged or holds no single colour picture.

    Examples
    --------
    >>> skin = Photograph("skin", np.full((80, 90, 3), (190, 140, 110), np.uint8))
    >>> decode_dicom(encode_dicom(skin)).rgb.shape
    (80, 90, 3)
    """
    pydicom = needed("pydicom")
    try:
        found = pydicom.dcmread(io.BytesIO(data))
    except Exception as error:  # a damaged file fails in many ways
        raise PunctaError(text("imaging.error.truncated", subject=subject)) from error
    if "Rows" not in found:  # a file of another kind: a plan, a folder's index
        raise PunctaError(text("imaging.error.dicom", subject=subject))
    try:
        rows, columns = int(found.Rows), int(found.Columns)
        shape = int(found.SamplesPerPixel), int(found.BitsAllocated), int(found.get("NumberOfFrames", 1))
    except Exception as error:  # a damaged file fails in many ways
        raise PunctaError(text("imaging.error.truncated", subject=subject)) from error
    if shape != (3, _BITS, 1):
        raise PunctaError(text("imaging.error.dicom", subject=subject))
    check_size(columns, rows, subject)
    try:
        # turns other colour spaces of the standard into red, green, blue
        pixels = needed("pydicom.pixels").pixel_array(found)
    except Exception as error:
        raise PunctaError(text("imaging.error.truncated", subject=subject)) from error
    rgb = np.ascontiguousarray(pixels, dtype=np.uint8)
    if found.get("ICCProfile"):
        image = needed("PIL.Image").fromarray(rgb)
        image.info["icc_profile"] = bytes(found.ICCProfile)
        rgb = np.ascontiguousarray(in_srgb(image))
    check_levels(rgb, subject)
    check_colour(rgb, subject)
    taken = f"{found.get('AcquisitionDate', '') or found.get('ContentDate', '')}"
    made = (found.get(name, "") for name in ("Manufacturer", "ManufacturerModelName"))
    camera = " ".join(str(name) for name in made if isinstance(name, str)).strip()
    date = f"{taken[:4]}-{taken[4:6]}-{taken[6:8]}" if len(taken) == 8 else ""  # numerics: letters of a date
    return Photograph(subject, rgb, CameraSettings(camera=camera, taken=date), declared or Declared())


def encode_dicom(photo: Photograph) -> bytes:
    """Write a photograph as a VL Photographic image.

    Parameters
    ----------
    photo : Photograph
        The picture; in 8 bits.

    Returns
    -------
    bytes
        A DICOM file without name, number or birth date of a patient.

    Examples
    --------
    >>> encode_dicom(Photograph("grey", np.full((80, 90, 3), 120, np.uint8)))[128:132]
    b'DICM'
    """
    dataset_module, uid = needed("pydicom.dataset"), needed("pydicom.uid")
    meta = dataset_module.FileMetaDataset()
    meta.MediaStorageSOPClassUID = VL_PHOTOGRAPHIC
    meta.MediaStorageSOPInstanceUID = uid.generate_uid()
    meta.TransferSyntaxUID = _EXPLICIT
    out = dataset_module.Dataset()
    out.file_meta = meta
    out.SOPClassUID, out.SOPInstanceUID = VL_PHOTOGRAPHIC, meta.MediaStorageSOPInstanceUID
    out.StudyInstanceUID, out.SeriesInstanceUID = uid.generate_uid(), uid.generate_uid()
    out.PatientName, out.PatientID, out.PatientBirthDate, out.PatientSex = "", "", "", ""
    out.SpecificCharacterSet = "ISO_IR 192"
    out.PatientIdentityRemoved, out.DeidentificationMethod = "YES", "No identity was entered"
    out.StudyDate, out.StudyTime, out.AccessionNumber, out.ReferringPhysicianName, out.StudyID = "", "", "", "", ""
    out.Modality, out.SeriesNumber, out.InstanceNumber = "XC", "1", "1"
    out.Manufacturer = ""
    if photo.settings.taken:
        out.AcquisitionDate = photo.settings.taken[:10].replace("-", "")
    if photo.settings.camera:
        # a backslash parts values in the standard, and a name holds 64 letters
        out.ManufacturerModelName = photo.settings.camera.replace("\\", "/")[:_LONGEST].strip()
    out.ImageType, out.Laterality, out.AcquisitionContextSequence = ["ORIGINAL", "PRIMARY"], "", []
    out.PatientOrientation, out.ContentDate, out.ContentTime = "", "", ""
    out.SamplesPerPixel, out.PhotometricInterpretation, out.PlanarConfiguration = 3, "RGB", 0
    shown = photo.shown
    out.Rows, out.Columns = shown.shape[:2]
    out.BitsAllocated, out.BitsStored, out.HighBit, out.PixelRepresentation = _BITS, _BITS, _BITS - 1, 0
    pixels = np.ascontiguousarray(shown).tobytes()
    out.PixelData = pixels + b"\0" * (len(pixels) % 2)
    # whether it was compressed with loss before nobody kept, nor whether words are drawn on it: both are left open
    out.LossyImageCompression = ""
    stream = io.BytesIO()
    needed("pydicom").dcmwrite(stream, out, enforce_file_format=True)
    return stream.getvalue()


def write_dicom(path: str | Path, photo: Photograph) -> None:
    """Write a photograph to a DICOM file.

    Parameters
    ----------
    path : str or Path
        Where.
    photo : Photograph
        The picture.

    Examples
    --------
    >>> import tempfile
    >>> from puncta.imaging.decode import read_photograph
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_dicom(f"{folder}/a.dcm", Photograph("skin", np.full((80, 90, 3), (190, 140, 110), np.uint8)))
    ...     read_photograph(f"{folder}/a.dcm").rgb.shape
    (80, 90, 3)
    """
    write_atomically(path, encode_dicom(photo))
