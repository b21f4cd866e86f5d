"""Photographs that measure: gate, alignment, figures with their error, synthetic skin; an independent witness.

Nothing heavy is loaded here: OpenCV comes when a picture is first worked on.
"""

from puncta.imaging.align import Alignment
from puncta.imaging.blinded import Agreement, Showing, agreement, showings
from puncta.imaging.change import Change
from puncta.imaging.chromophores import ChromophoreMaps, chromophores
from puncta.imaging.compare import Comparison, compare_photographs, measure_photograph
from puncta.imaging.decode import decode, read_photograph
from puncta.imaging.dicom import encode_dicom, write_dicom
from puncta.imaging.errors import Errors, clinic_errors, holm, sdc95, simulated_errors, upper_sem
from puncta.imaging.gate import Check, Verdict
from puncta.imaging.lesions import Contrast, Lesions
from puncta.imaging.measure import Measured, ZoneFigures
from puncta.imaging.metrics import Metric, contrasts, metrics
from puncta.imaging.photograph import CameraSettings, Declared, Photograph
from puncta.imaging.record import comparison_record, measurement_record
from puncta.imaging.render import Dot, Line, RenderParameters, SkinPatch, render
from puncta.imaging.repeats import clinic_repeats, read_errors, write_errors
from puncta.imaging.retake import Retake, retake
from puncta.imaging.scale import Scale, ScaleFrom, chart_scale, face_scale, ruler_scale

__all__ = [
    "Agreement",
    "Alignment",
    "CameraSettings",
    "Change",
    "Check",
    "ChromophoreMaps",
    "Comparison",
    "Contrast",
    "Declared",
    "Dot",
    "Errors",
    "Lesions",
    "Line",
    "Measured",
    "Metric",
    "Photograph",
    "RenderParameters",
    "Retake",
    "Scale",
    "ScaleFrom",
    "Showing",
    "SkinPatch",
    "Verdict",
    "ZoneFigures",
    "agreement",
    "chart_scale",
    "chromophores",
    "clinic_errors",
    "clinic_repeats",
    "compare_photographs",
    "comparison_record",
    "contrasts",
    "decode",
    "encode_dicom",
    "face_scale",
    "holm",
    "measure_photograph",
    "measurement_record",
    "metrics",
    "read_errors",
    "read_photograph",
    "render",
    "retake",
    "ruler_scale",
    "sdc95",
    "showings",
    "simulated_errors",
    "upper_sem",
    "write_dicom",
    "write_errors",
]
