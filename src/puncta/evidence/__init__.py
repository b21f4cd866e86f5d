"""What is known: sources, parameters with spread and source, studies, guidance, and joint draws from them."""

from puncta.evidence.draw import draw, draw_one, nominal, parameter_keys
from puncta.evidence.fitted import Fitted, JointSpread, fitted, joint_spread
from puncta.evidence.guidance import Guidance, Position, guidance
from puncta.evidence.library import parameter, parameters, records, source, sources
from puncta.evidence.normal import heavy_score, normal_chance, normal_score
from puncta.evidence.parameter import Kind, Parameter
from puncta.evidence.randomness import persons_from, uniforms
from puncta.evidence.record import Record, own_tables, read_record, read_records
from puncta.evidence.source import Source
from puncta.evidence.spread import Spread
from puncta.evidence.study import Arm, arm, arms
from puncta.evidence.trace import Trace, trace
from puncta.evidence.wilson import Z80, wilson

__all__ = [
    "Z80",
    "Arm",
    "Fitted",
    "Guidance",
    "JointSpread",
    "Kind",
    "Parameter",
    "Position",
    "Record",
    "Source",
    "Spread",
    "Trace",
    "arm",
    "arms",
    "draw",
    "draw_one",
    "fitted",
    "guidance",
    "heavy_score",
    "joint_spread",
    "nominal",
    "normal_chance",
    "normal_score",
    "own_tables",
    "parameter",
    "parameter_keys",
    "parameters",
    "persons_from",
    "read_record",
    "read_records",
    "records",
    "source",
    "sources",
    "trace",
    "uniforms",
    "wilson",
]
